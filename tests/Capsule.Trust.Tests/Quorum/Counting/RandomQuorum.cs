using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Tests.Quorum.Counting;

/// <summary>One random rule with members and signatures, the same for the same seed: small, and full of the cases that tempt to miscount.</summary>
internal sealed record RandomQuorum(QuorumRule Rule, IReadOnlyList<QuorumMember> Members, IReadOnlyList<QuorumSignature> Signatures)
{
    private static readonly string[] Roles = ["release", "security", "root"];
    private static readonly KeyStanding[] Standings =
        [KeyStanding.Usable, KeyStanding.Usable, KeyStanding.Usable, KeyStanding.Usable, KeyStanding.NotAccepted, KeyStanding.Expired, KeyStanding.Revoked];

    public static KeyBytes Key(int number) => new([(byte)number, 0x30]);

    public static RandomQuorum From(int seed)
    {
        var random = new SplitMix((ulong)seed);
        var named = random.Below(2) == 0;
        var next = 0;
        QuorumMember[] members = [.. Enumerable.Range(0, random.Below(6)).Select(m => new QuorumMember(
            $"m{m}",
            [.. Roles.Where(_ => random.Below(2) == 0)],
            [.. Enumerable.Range(0, 1 + (random.Below(2) * random.Below(3)))
                .Select(_ => new QuorumKey(Key(random.Below(6) == 0 && next > 0 ? random.Below(next) : next++), Standings[random.Below(Standings.Length)]))],
            random.Below(3) == 0))];
        QuorumTerm[] terms = [.. Roles.Where(_ => random.Below(2) == 0).Select(r => new QuorumTerm(r, random.Below(24) == 0 ? -random.Below(2) : 1 + random.Below(3)))];
        QuorumSignature[] signatures = [.. Enumerable.Range(0, random.Below(9)).Select(_ => new QuorumSignature(
            Key(random.Below(next + 2)), named || random.Below(4) == 0 ? Roles[random.Below(3)] : null))];
        return new RandomQuorum(new QuorumRule(terms, named), members, signatures);
    }

    public override string ToString() =>
        $"{string.Join(" + ", Rule.Terms.Select(t => $"{t.Count} of {t.Role}"))} named={Rule.SignaturesNameRoles}\n"
        + string.Concat(Members.Select(m => $"  {m.Name} all={m.RequireAllKeys} [{string.Join(",", m.Roles)}] {string.Join(" ", m.Keys.Select(k => $"{k.Key.Bytes[0]}:{k.Standing}"))}\n"))
        + string.Join(", ", Signatures.Select(s => $"{s.Key.Bytes[0]}/{s.Role ?? "*"}"));

    /// <summary>The generator of Steele, Lea and Flood; the platform's may change between versions.</summary>
    private sealed class SplitMix(ulong state)
    {
        public int Below(int bound)
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return bound == 0 ? 0 : (int)((z ^ (z >> 31)) % (ulong)bound);
        }
    }
}
