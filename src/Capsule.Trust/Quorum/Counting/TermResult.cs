namespace Capsule.Trust.Quorum.Counting;

/// <summary>How far one term has come.</summary>
/// <param name="Term">The term.</param>
/// <param name="Signed">Names of the signers that count, in the members' order.</param>
/// <param name="CouldSign">Names of the signers that do not count yet and still could.</param>
/// <param name="Unable">Members of the role that can never count.</param>
public sealed record TermResult(
    QuorumTerm Term, IReadOnlyList<string> Signed, IReadOnlyList<string> CouldSign, IReadOnlyList<UnableMember> Unable)
{
    /// <summary>A count below 1 is no rule.</summary>
    public bool IsValid => Term.Count >= 1;

    public bool IsSatisfied => IsValid && Signed.Count >= Term.Count;

    /// <summary>Signers still missing.</summary>
    public int Missing => Math.Max(0, Term.Count - Signed.Count);

    /// <summary>False when not even all who could still sign are enough.</summary>
    public bool CanBeMet => IsValid && Signed.Count + CouldSign.Count >= Term.Count;
}
