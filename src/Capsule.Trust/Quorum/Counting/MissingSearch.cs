namespace Capsule.Trust.Quorum.Counting;

/// <summary>
/// Looks for a smallest set of further signatures. Where signatures name their roles, each role is for itself and taking the cheapest
/// signers is exact. Where one signature speaks in several roles the problem is a set cover: a greedy answer, proven or improved by a
/// search that stops after <see cref="Budget"/> steps.
/// </summary>
internal sealed class MissingSearch
{
    private const int Budget = 1024;

    private readonly (string Role, int Count)[] _needs;
    private readonly QuorumRule _rule;
    private readonly Membership _membership;
    private readonly Tally _tally;
    private readonly List<MissingSignature> _chosen = [];
    private MissingSignature[] _best;
    private int _steps;

    private MissingSearch(QuorumRule rule, Membership membership, Tally tally)
    {
        (_rule, _membership, _tally) = (rule, membership, tally);
        _needs = [.. rule.Terms.GroupBy(t => t.Role, StringComparer.Ordinal).Select(g => (g.Key, g.Max(t => t.Count)))];
        _best = [];
    }

    /// <summary>The set, and whether no smaller one exists. The rule can be met and is not.</summary>
    public static (IReadOnlyList<MissingSignature> Missing, bool IsExact) Find(QuorumRule rule, Membership membership, Tally tally)
    {
        var search = new MissingSearch(rule, membership, tally);
        search.Greedy();
        if (!rule.SignaturesNameRoles && search._best.Length > search.LowerBound())
        {
            search.Improve([]);
        }

        return (search._best, search._steps <= Budget);
    }

    private void Greedy()
    {
        while (Unmet() is [var role, ..] unmet)
        {
            Choose(Options(role).OrderBy(o => o.Signatures.Count).ThenByDescending(o => Gain(o, unmet)).First().Signatures);
        }

        _best = [.. _chosen];
        Undo(0);
    }

    private void Improve(HashSet<(int, KeyBytes)> forbidden)
    {
        if (++_steps > Budget || _chosen.Count + LowerBound() >= _best.Length)
        {
            return;
        }

        if (Unmet() is not [var role, ..] unmet)
        {
            _best = [.. _chosen];
            return;
        }

        var tried = new List<(int, KeyBytes)>();
        foreach (var option in Options(role).OrderByDescending(o => Gain(o, unmet)).ToArray())
        {
            if (forbidden.Add((option.Member, option.Signatures[0].Keys[0])))
            {
                var start = _chosen.Count;
                Choose(option.Signatures);
                Improve(forbidden);
                Undo(start);
                tried.Add((option.Member, option.Signatures[0].Keys[0]));
            }
        }

        forbidden.ExceptWith(tried);
    }

    /// <summary>Signatures that are needed whatever is chosen: one can help at most one signer, though in several roles.</summary>
    private int LowerBound() => _needs.Max(n => Math.Max(0, n.Count - _tally.Counting(n.Role).Length));

    private string[] Unmet() => [.. _needs.Where(n => _tally.Counting(n.Role).Length < n.Count).Select(n => n.Role)];

    /// <summary>In how many unmet roles a signature of the member would count.</summary>
    private int Gain(Option option, string[] unmet) =>
        _rule.SignaturesNameRoles ? 1 : _membership.Members[option.Member].Roles.Intersect(unmet, StringComparer.Ordinal).Count();

    private IEnumerable<Option> Options(string role)
    {
        var counted = _tally.Counting(role).Select(_membership.SignerOf).ToHashSet();
        return _membership.InRole(role).Where(m => !counted.Contains(_membership.SignerOf(m)) && _membership.CouldCount(m))
            .SelectMany(m => Lacking(m, role).Select(signatures => new Option(m, signatures)));
    }

    /// <summary>The ways to make a member count. Which of its keys signs matters only where another member has one of them too.</summary>
    private IEnumerable<IReadOnlyList<MissingSignature>> Lacking(int at, string role)
    {
        var (member, spoken) = (_membership.Members[at], _rule.SignaturesNameRoles ? role : null);
        var keys = member.Keys.Select(k => k.Key).Distinct();
        if (member.RequireAllKeys)
        {
            return [[.. keys.Where(k => !_tally.Spoke(k, role)).Select(k => new MissingSignature(member.Name, spoken, [k]))]];
        }

        KeyBytes[] usable = [.. keys.Where(k => _membership.StandingOf(k) == KeyStanding.Usable)];
        return usable.Any(k => _membership.Having(k).Skip(1).Any())
            ? usable.Select(k => new[] { new MissingSignature(member.Name, spoken, [k]) })
            : [[new MissingSignature(member.Name, spoken, usable)]];
    }

    private void Choose(IReadOnlyList<MissingSignature> signatures)
    {
        foreach (var signature in signatures)
        {
            _tally.Add(signature.Keys[0], signature.Role);
            _chosen.Add(signature);
        }
    }

    private void Undo(int start)
    {
        foreach (var signature in _chosen.Skip(start))
        {
            _tally.Remove(signature.Keys[0], signature.Role);
        }

        _chosen.RemoveRange(start, _chosen.Count - start);
    }

    private sealed record Option(int Member, IReadOnlyList<MissingSignature> Signatures);
}
