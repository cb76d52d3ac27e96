namespace Capsule.Trust.Quorum.Counting;

/// <summary>What must be reached: every term. A rule without terms can never be met.</summary>
/// <param name="Terms">Each is judged for itself; two terms of one role do not add up.</param>
/// <param name="SignaturesNameRoles">
/// True when each signature speaks in the one role it names (release lines); false when it speaks in every role its member has (atoms).
/// Only what is still missing depends on it.
/// </param>
public sealed record QuorumRule(IReadOnlyList<QuorumTerm> Terms, bool SignaturesNameRoles = true);
