namespace Capsule.Trust.Quorum.Counting;

/// <summary>A signature that verifies over what is judged. Signatures that do not verify have no place in a count.</summary>
/// <param name="Key">The key that made it.</param>
/// <param name="Role">The role it speaks in; null for every role that the key's member has.</param>
public sealed record QuorumSignature(KeyBytes Key, string? Role = null);
