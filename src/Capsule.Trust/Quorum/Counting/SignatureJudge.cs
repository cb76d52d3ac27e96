namespace Capsule.Trust.Quorum.Counting;

/// <summary>Says of each signature whether it counts, or why not: the reason that explains most comes first.</summary>
internal static class SignatureJudge
{
    public static IReadOnlyList<SignatureResult> Judge(
        QuorumRule rule, Membership membership, Tally tally, IReadOnlyList<QuorumSignature> signatures, bool[] isNew)
    {
        var asked = rule.Terms.Select(t => t.Role).ToHashSet(StringComparer.Ordinal);
        var spoken = new HashSet<(int Signer, string Role)>();
        var results = new List<SignatureResult>();
        for (var at = 0; at < signatures.Count; at++)
        {
            var signature = signatures[at];
            int[] having = [.. membership.Having(signature.Key)];
            var outcome = Standing(membership.StandingOf(signature.Key))
                ?? (isNew[at] ? InRoles(signature, having) : SignatureOutcome.Repeated);
            results.Add(new SignatureResult(signature, having.Length == 0 ? null : membership.Members[having[0]].Name, outcome));
        }

        return results;

        SignatureOutcome InRoles(QuorumSignature signature, int[] having)
        {
            var roles = having.SelectMany(m => membership.Members[m].Roles.Select(r => (Member: m, Role: r)))
                .Where(r => signature.Role is null || r.Role == signature.Role).ToArray();
            var wanted = roles.Where(r => asked.Contains(r.Role)).ToArray();
            var counting = wanted.Where(r => tally.Counts(r.Member, r.Role) && IsPart(signature.Key, r.Member)).ToArray();
            var first = counting.Where(r => membership.Members[r.Member].RequireAllKeys | spoken.Add((membership.SignerOf(r.Member), r.Role))).ToArray();
            return (roles.Length, wanted.Length, counting.Length, first.Length) switch
            {
                (0, _, _, _) => SignatureOutcome.WrongRole,
                (_, 0, _, _) => SignatureOutcome.RoleNotAsked,
                (_, _, 0, _) when wanted.Any(r => membership.Members[r.Member].RequireAllKeys) => SignatureOutcome.Incomplete,
                (_, _, 0, _) => SignatureOutcome.NotAccepted,
                (_, _, _, 0) => SignatureOutcome.SameSigner,
                _ => SignatureOutcome.Counts,
            };
        }

        bool IsPart(KeyBytes key, int member) => membership.Members[member].RequireAllKeys || membership.StandingOf(key) == KeyStanding.Usable;
    }

    private static SignatureOutcome? Standing(KeyStanding? standing) => standing switch
    {
        null => SignatureOutcome.UnknownKey,
        KeyStanding.Revoked => SignatureOutcome.Revoked,
        KeyStanding.Expired => SignatureOutcome.Expired,
        _ => null,
    };
}
