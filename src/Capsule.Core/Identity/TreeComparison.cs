using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>Says in which paths two trees differ.</summary>
public static class TreeComparison
{
    private const int MaxDifferences = 20;

    /// <summary>One diagnostic per path that differs (CAP2023), up to twenty.</summary>
    public static IReadOnlyList<Diagnostic> Differences(TreeDocument expected, TreeDocument actual)
    {
        var missing = expected.Entries.Where(e => actual.Find(e.Path) is null).Select(e => (e.Path, What: "is missing"));
        var added = actual.Entries.Where(e => expected.Find(e.Path) is null).Select(e => (e.Path, What: "does not belong to the package"));
        var changed = from entry in actual.Entries
                      let known = expected.Find(entry.Path)
                      where known is not null && known != entry
                      select (entry.Path, What: entry.Kind != known.Kind ? "is of another kind than the tree document says" : "has another content than the tree document says");
        return [.. missing.Concat(added).Concat(changed).OrderBy(d => d.Path, TreePathOrder.Instance).Take(MaxDifferences)
            .Select(d => TreeDiagnostics.Differs.Now(d.Path, d.What))];
    }
}
