namespace Capsule.Trust.Quorum.Counting;

/// <summary>
/// Counts signers, not keys and not signatures, by the rules of TUF (specs: anchors 2.3): one key is one signature, however often and
/// under whatever name; unknown, revoked and expired keys and other roles count for nothing, and spoil nothing. Every quorum in this
/// product, of trust files and of atom catalogs, is counted here and nowhere else.
/// </summary>
public static class QuorumCounter
{
    public static QuorumResult Count(QuorumRule rule, IReadOnlyList<QuorumMember> members, IReadOnlyList<QuorumSignature> signatures)
    {
        var membership = new Membership(members);
        var tally = new Tally(membership);
        var isNew = signatures.Select(s => tally.Add(s.Key, s.Role)).ToArray();
        TermResult[] terms = [.. rule.Terms.Select(term => ResultOf(term, membership, tally))];
        var result = new QuorumResult(terms, SignatureJudge.Judge(rule, membership, tally, signatures, isNew), [], IsMissingExact: true);
        if (result.IsSatisfied || !result.CanBeMet)
        {
            return result;
        }

        var (missing, isExact) = MissingSearch.Find(rule, membership, tally);
        return result with { Missing = missing, IsMissingExact = isExact };
    }

    private static TermResult ResultOf(QuorumTerm term, Membership membership, Tally tally)
    {
        var signed = tally.Counting(term.Role);
        var counted = signed.Select(membership.SignerOf).ToHashSet();
        var others = membership.InRole(term.Role).Where(m => !counted.Contains(membership.SignerOf(m))).ToArray();
        int[] could = [.. others.Where(membership.CouldCount).DistinctBy(membership.SignerOf)];
        var able = could.Select(membership.SignerOf).ToHashSet();
        return new TermResult(
            term,
            [.. signed.Select(m => membership.Members[m].Name)],
            [.. could.Select(m => membership.Members[m].Name)],
            [.. others.Where(m => !able.Contains(membership.SignerOf(m))).Select(membership.Unable)]);
    }
}
