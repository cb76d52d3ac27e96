using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Families.Packing;

/// <summary>A link of a package is relative and ends at an entry or folder of the same package (specs: trust 1).</summary>
internal static class SelectedLinks
{
    private const int MaxHops = 8;

    public static IEnumerable<Diagnostic> Check(IReadOnlyDictionary<string, PackEntry> entries)
    {
        var links = entries.Values.Where(e => e.LinkTarget is not null).OrderBy(e => e.Path, StringComparer.Ordinal).ToArray();
        if (links.Length == 0)
        {
            return [];
        }

        var folders = new HashSet<string>(entries.Keys.SelectMany(Parents), StringComparer.Ordinal) { "" };
        return links.Select(link => Check(link, entries, folders)).OfType<Diagnostic>();
    }

    private static Diagnostic? Check(PackEntry link, IReadOnlyDictionary<string, PackEntry> entries, HashSet<string> folders)
    {
        var current = link;
        for (var hop = 1; hop <= MaxHops; hop++)
        {
            if (Resolve(current) is not { } target)
            {
                return SelectionDiagnostics.AbsoluteLink.Now(link.Path, current.LinkTarget);
            }

            if (folders.Contains(target))
            {
                return null;
            }

            if (!entries.TryGetValue(target, out var next))
            {
                return SelectionDiagnostics.DanglingLink.Now(link.Path, link.LinkTarget);
            }

            if (next.LinkTarget is null)
            {
                return null;
            }

            current = next;
        }

        return SelectionDiagnostics.LinkChain.Now(link.Path, MaxHops);
    }

    /// <summary>Where a link leads, from the package's root; null when it is absolute or leaves it.</summary>
    private static string? Resolve(PackEntry link)
    {
        var target = link.LinkTarget!;
        if (target.Length == 0 || target.StartsWith('/') || target.Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new List<string>(link.Path.Split('/')[..^1]);
        foreach (var part in target.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    private static IEnumerable<string> Parents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }
}
