using Capsule.Families.Atoms.Rules;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Operations.Atoms.Registry;

/// <summary>An atom that met its quorum before the keys of its catalog changed and does not now.</summary>
/// <param name="Id">The full reference.</param>
/// <param name="Path">Of <c>atom.toml</c>: relative to the catalog, with <c>/</c>.</param>
/// <param name="Rule">The quorum rule, as a line.</param>
/// <param name="Missing">The ids of keys that would complete it, the smallest set; empty when no registered keys can.</param>
public sealed record AtomQuorumLoss(string Id, string Path, string Rule, IReadOnlyList<string> Missing)
{
    /// <summary>Compares the catalog as it was with the catalog as it is. Atoms that no changed key signed are not looked at, and no host is asked.</summary>
    /// <param name="before">The session of before the change.</param>
    /// <param name="call">The same call now.</param>
    /// <param name="cancel">Stops between atoms.</param>
    public static IReadOnlyList<AtomQuorumLoss> Find(AtomSession before, AtomCall call, CancellationToken cancel)
    {
        var opened = AtomSession.Open(call);
        if (!opened.Succeeded)
        {
            return [];
        }

        var after = opened.Value;
        var changed = before.Catalog.Keys.Where(k => after.Catalog.FindKey(k.Id) is not { } now || now with { Place = k.Place } != k).Select(k => k.Id).ToHashSet(StringComparer.Ordinal);
        var lost = new List<AtomQuorumLoss>();
        foreach (var folder in changed.Count == 0 ? [] : AtomTree.Find(after.Catalog.Root))
        {
            cancel.ThrowIfCancellationRequested();
            var report = AtomValidator.Validate(after.Catalog, folder, after.Alone, cancel);
            if (report.Manifest is { Reference: { } id } atom && atom.Signatures.Any(s => changed.Contains(s.KeyId))
                && IsMet(before, report, cancel) && AtomQuorum.Evaluate(after, report, cancel).Value is { Count.IsSatisfied: false } quorum)
            {
                lost.Add(new AtomQuorumLoss(id.ToString(), after.Relative(report.ManifestPath), quorum.Rule.Text, [.. quorum.Count.Missing.Select(m => m.Member)]));
            }
        }

        return lost;
    }

    private static bool IsMet(AtomSession session, AtomReport report, CancellationToken cancel) =>
        AtomQuorum.Evaluate(session, report, cancel).Value is { Count.IsSatisfied: true };
}
