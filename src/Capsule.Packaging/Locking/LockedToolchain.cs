namespace Capsule.Packaging.Locking;

/// <summary>A toolchain, pinned for every platform. The registry's address is npm's own setting and never stands here.</summary>
/// <param name="Name">For example <c>bun</c>.</param>
/// <param name="Wanted">The version or range that the manifest asks for; null for any.</param>
/// <param name="Version">The exact version.</param>
/// <param name="Packages">npm platform package to its integrity: <c>sha512-</c> and base64, 88 characters.</param>
public sealed record LockedToolchain(string Name, string? Wanted, string Version, IReadOnlyDictionary<string, string> Packages);
