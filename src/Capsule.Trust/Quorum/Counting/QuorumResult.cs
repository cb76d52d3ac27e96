namespace Capsule.Trust.Quorum.Counting;

/// <summary>What a count gives.</summary>
/// <param name="Terms">One for each term of the rule, in its order.</param>
/// <param name="Signatures">One for each given signature, in the given order.</param>
/// <param name="Missing">A smallest set of further signatures that would satisfy the rule; empty when it is satisfied or can never be met.</param>
/// <param name="IsMissingExact">True when no smaller set exists; false when the search was cut short.</param>
public sealed record QuorumResult(
    IReadOnlyList<TermResult> Terms, IReadOnlyList<SignatureResult> Signatures, IReadOnlyList<MissingSignature> Missing, bool IsMissingExact)
{
    public bool IsSatisfied => Terms.Count > 0 && Terms.All(t => t.IsSatisfied);

    /// <summary>False when no further signatures of registered, usable keys could satisfy the rule.</summary>
    public bool CanBeMet => Terms.Count > 0 && Terms.All(t => t.CanBeMet);

    /// <summary>Names of all signers that count in some term, each once, sorted.</summary>
    public IReadOnlyList<string> Signers => [.. Terms.SelectMany(t => t.Signed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
