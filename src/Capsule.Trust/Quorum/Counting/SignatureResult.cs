namespace Capsule.Trust.Quorum.Counting;

/// <summary>One given signature and what became of it.</summary>
/// <param name="Signature">As given.</param>
/// <param name="Member">Name of the member that has the key; null for an unknown key.</param>
/// <param name="Outcome">Whether it counts, or the first reason why not.</param>
public sealed record SignatureResult(QuorumSignature Signature, string? Member, SignatureOutcome Outcome);
