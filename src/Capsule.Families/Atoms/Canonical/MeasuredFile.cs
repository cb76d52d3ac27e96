namespace Capsule.Families.Atoms.Canonical;

/// <summary>One file of an atom as its hash takes it.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Digest">SHA-256.</param>
public sealed record MeasuredFile(long Size, byte[] Digest);
