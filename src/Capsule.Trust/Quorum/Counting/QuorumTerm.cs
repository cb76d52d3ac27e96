namespace Capsule.Trust.Quorum.Counting;

/// <summary>So many signers must speak in a role.</summary>
/// <param name="Role">The role's name.</param>
/// <param name="Count">At least 1; a term with less can never be met.</param>
public sealed record QuorumTerm(string Role, int Count);
