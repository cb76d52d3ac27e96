namespace Capsule.Trust.Quorum.Counting;

/// <summary>One key of a member.</summary>
public sealed record QuorumKey(KeyBytes Key, KeyStanding Standing = KeyStanding.Usable);
