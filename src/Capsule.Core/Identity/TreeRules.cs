using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>What must hold between the entries of one tree (specs: trust 1).</summary>
internal static class TreeRules
{
    private const int MaxProblems = 100;

    /// <summary>Every broken rule, up to a hundred. The entries are sorted by path.</summary>
    public static IReadOnlyList<Diagnostic> Check(IReadOnlyList<TreeEntry> sorted)
    {
        if (sorted.Count == 0)
        {
            return [TreeDiagnostics.Empty.Now()];
        }

        var each = sorted.Select(CheckEntry).OfType<Diagnostic>().Take(MaxProblems).ToArray();
        return each.Length > 0 ? each : [.. CheckTogether(sorted).Take(MaxProblems)];
    }

    private static Diagnostic? CheckEntry(TreeEntry entry)
    {
        if (TreePath.Check(entry.Path) is { } problem)
        {
            return problem;
        }

        if (entry.IsLink)
        {
            return TreeLinks.CheckForm(entry);
        }

        if (entry.Size is < 0 or > TreeDocument.MaxSize)
        {
            return TreeDiagnostics.Size.Now(entry.Path);
        }

        return TreeIdentity.IsDigest(entry.Value) ? null : TreeDiagnostics.Digest.Now(entry.Path);
    }

    private static IEnumerable<Diagnostic> CheckTogether(IReadOnlyList<TreeEntry> sorted)
    {
        var entries = new Dictionary<string, TreeEntry>(sorted.Count, StringComparer.Ordinal);
        foreach (var entry in sorted)
        {
            if (!entries.TryAdd(entry.Path, entry))
            {
                yield return TreeDiagnostics.Duplicate.Now(entry.Path);
            }
        }

        var folders = new HashSet<string>(StringComparer.Ordinal);
        var keys = new Dictionary<string, string>(sorted.Count, StringComparer.Ordinal);
        foreach (var entry in entries.Values)
        {
            foreach (var path in TreePath.Folders(entry.Path).Append(entry.Path))
            {
                var isFolder = path.Length < entry.Path.Length;
                if (isFolder && !folders.Add(path))
                {
                    continue;
                }

                if (isFolder && entries.TryGetValue(path, out var above))
                {
                    var kind = above.IsLink ? TreeDiagnostics.BelowLink : TreeDiagnostics.FileIsFolder;
                    yield return kind.Now(path, entry.Path);
                }
                else if (!keys.TryAdd(TreePath.CollisionKey(path), path) && keys[TreePath.CollisionKey(path)] is var other && other != path)
                {
                    yield return TreeDiagnostics.Collision.Now(other, path);
                }
            }
        }

        var links = new TreeLinks(entries, folders);
        foreach (var entry in sorted)
        {
            if (entry.IsLink && links.CheckTarget(entry) is { } problem)
            {
                yield return problem;
            }
        }
    }
}
