namespace Capsule.Trust.Quorum.Counting;

/// <summary>A count in words, the same for every kind of quorum.</summary>
public static class QuorumText
{
    /// <summary>The whole count: each term, then what is still missing.</summary>
    public static IEnumerable<string> Lines(QuorumResult result)
    {
        foreach (var term in result.Terms)
        {
            yield return $"{term.Term.Role}: {term.Signed.Count} of {term.Term.Count}, {(term.IsSatisfied ? "reached" : "not reached")}";
            yield return $"  signed: {Names(term.Signed)}";
            yield return $"  could sign: {Names(term.CouldSign)}";
            foreach (var member in term.Unable)
            {
                yield return $"  cannot count: {member.Name} ({Why(member.Why)})";
            }
        }

        if (!result.CanBeMet)
        {
            yield return result.Terms.Count == 0
                ? "can never be met: it asks for nothing"
                : $"can never be met: {string.Join("; ", result.Terms.Where(t => !t.CanBeMet).Select(t => $"'{t.Term.Role}' needs {t.Term.Count}, and at most {t.Signed.Count + t.CouldSign.Count} can count"))}";
        }
        else if (result.Missing.Count > 0)
        {
            yield return $"still missing, {(result.IsMissingExact ? "the smallest set" : "a set that is enough, perhaps not the smallest")}: "
                + string.Join(", ", result.Missing.Select(m => m.Role is null ? m.Member : $"{m.Member} as '{m.Role}'"));
        }
    }

    /// <summary>Why a signature counts or not, as the end of a sentence.</summary>
    public static string Why(SignatureResult result) => result.Outcome switch
    {
        SignatureOutcome.Counts => $"{result.Member} counts",
        SignatureOutcome.Repeated => $"the same key of {result.Member} has signed in this role already, and one key is one signature",
        SignatureOutcome.SameSigner => $"{result.Member} counts already by another key, and a signer counts once",
        SignatureOutcome.Incomplete => $"{result.Member} counts only when all its keys have signed",
        SignatureOutcome.WrongRole => $"{result.Member} has no such role",
        SignatureOutcome.RoleNotAsked => "the role is not required",
        SignatureOutcome.NotAccepted => $"the algorithm of {result.Member}'s key is not accepted",
        SignatureOutcome.Expired => $"the key of {result.Member} is outside its time",
        SignatureOutcome.Revoked => $"the key of {result.Member} is revoked",
        _ => "its key belongs to no signer",
    };

    /// <summary>What can still be hoped for, as the end of a sentence.</summary>
    public static string Hope(TermResult term) => term.CanBeMet
        ? $"still to sign: {term.Missing} of {Names(term.CouldSign)}"
        : $"it can never be met, since at most {term.Signed.Count + term.CouldSign.Count} can count";

    private static string Why(KeyStanding? standing) => standing switch
    {
        null => "no key is registered",
        KeyStanding.Revoked => "a key is revoked",
        KeyStanding.Expired => "a key is outside its time",
        KeyStanding.NotAccepted => "the algorithm is not accepted",
        _ => "its keys cannot all sign",
    };

    private static string Names(IReadOnlyList<string> names) => names.Count == 0 ? "nobody" : string.Join(", ", names);
}
