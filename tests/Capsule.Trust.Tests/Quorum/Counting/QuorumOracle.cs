using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Tests.Quorum.Counting;

/// <summary>
/// The same question answered the slow way, by trying every set of people: is there, for each term, a set of as many members as it
/// asks for, no two of them holding a common key, directly or through others, each with valid signatures of its own?
/// </summary>
internal static class QuorumOracle
{
    public static bool Accepts(QuorumRule rule, IReadOnlyList<QuorumMember> members, IEnumerable<QuorumSignature> signatures)
    {
        var linked = Linked(members);
        var bad = members.SelectMany(m => m.Keys).ToLookup(k => Name(k.Key), k => k.Standing);
        var said = signatures.Select(s => (Key: Name(s.Key), s.Role)).ToHashSet();
        return rule.Terms.Count > 0 && rule.Terms.All(term => term.Count > 0 && Enumerable.Range(0, 1 << members.Count).Any(set => IsQuorum(set, term)));

        bool IsQuorum(int set, QuorumTerm term)
        {
            if (int.PopCount(set) != term.Count)
            {
                return false;
            }

            int[] chosen = [.. Enumerable.Range(0, members.Count).Where(m => (set & (1 << m)) != 0)];
            return chosen.All(a => chosen.All(b => a == b || !linked[a, b]))
                && chosen.All(m => members[m].Roles.Contains(term.Role) && Speaks(members[m], term.Role));
        }

        bool Speaks(QuorumMember member, string role)
        {
            int[] keys = [.. member.Keys.Select(k => Name(k.Key)).Distinct()];
            int[] signed = [.. keys.Where(k => said.Contains((k, null)) || said.Contains((k, role)))];
            int[] sound = [.. signed.Where(k => bad[k].All(s => s == KeyStanding.Usable))];
            return sound.Length > 0
                && (!member.RequireAllKeys || (signed.Length == keys.Length && keys.All(k => bad[k].All(s => s is KeyStanding.Usable or KeyStanding.NotAccepted))));
        }
    }

    /// <summary>Every signature that registered keys could add.</summary>
    public static QuorumSignature[] Possible(QuorumRule rule, IReadOnlyList<QuorumMember> members) =>
        [.. members.SelectMany(m => m.Keys).Select(k => k.Key).DistinctBy(Name).SelectMany(
            k => rule.SignaturesNameRoles ? rule.Terms.Select(t => new QuorumSignature(k, t.Role)) : [new QuorumSignature(k)])];

    /// <summary>True when some set of that many further signatures satisfies the rule.</summary>
    public static bool AcceptsWith(int further, RandomQuorum quorum)
    {
        var possible = Possible(quorum.Rule, quorum.Members);
        return Choose(0, further, []);

        bool Choose(int from, int left, QuorumSignature[] chosen) => left == 0
            ? Accepts(quorum.Rule, quorum.Members, [.. quorum.Signatures, .. chosen])
            : Enumerable.Range(from, possible.Length - from).Any(at => Choose(at + 1, left - 1, [.. chosen, possible[at]]));
    }

    private static int Name(KeyBytes key) => key.Bytes[0];

    private static bool[,] Linked(IReadOnlyList<QuorumMember> members)
    {
        var linked = new bool[members.Count, members.Count];
        for (var round = 0; round <= members.Count; round++)
        {
            for (var a = 0; a < members.Count; a++)
            {
                for (var b = 0; b < members.Count; b++)
                {
                    linked[a, b] |= members[a].Keys.Any(k => members[b].Keys.Any(o => Name(o.Key) == Name(k.Key)))
                        || Enumerable.Range(0, members.Count).Any(c => linked[a, c] && linked[c, b]);
                }
            }
        }

        return linked;
    }
}
