using System.Text;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>Where the symbolic links of a tree lead (specs: trust 1).</summary>
internal sealed class TreeLinks(IReadOnlyDictionary<string, TreeEntry> entries, IReadOnlySet<string> folders)
{
    private const int MaxHops = 8;

    /// <summary>The target by itself: relative, single slashes, valid names.</summary>
    public static Diagnostic? CheckForm(TreeEntry link)
    {
        var bytes = Encoding.UTF8.GetByteCount(link.Value);
        if (bytes is 0 or > TreePath.MaxBytes || bytes != link.Size || link.Value[0] == '/')
        {
            return TreeDiagnostics.LinkForm.Now(link.Path, TreePath.Show(link.Value));
        }

        foreach (var component in link.Value.Split('/'))
        {
            if (component is not ("." or "..") && TreePath.CheckComponent(link.Value, component) is not null)
            {
                return TreeDiagnostics.LinkForm.Now(link.Path, TreePath.Show(link.Value));
            }
        }

        return null;
    }

    /// <summary>Follows the link as a file system would: at most 8 links, never above the root, to something that is there.</summary>
    public Diagnostic? CheckTarget(TreeEntry link)
    {
        var place = Parent(link.Path);
        var ahead = new Stack<string>(link.Value.Split('/').Reverse());
        var hops = 1;
        while (ahead.TryPop(out var component))
        {
            if (component == ".")
            {
                continue;
            }

            if (component == "..")
            {
                if (place.Length == 0)
                {
                    return TreeDiagnostics.LinkLeaves.Now(link.Path, link.Value);
                }

                place = Parent(place);
                continue;
            }

            var next = place.Length == 0 ? component : $"{place}/{component}";
            if (entries.TryGetValue(next, out var entry))
            {
                if (entry.IsLink)
                {
                    if (++hops > MaxHops)
                    {
                        return TreeDiagnostics.LinkHops.Now(link.Path);
                    }

                    foreach (var part in entry.Value.Split('/').Reverse())
                    {
                        ahead.Push(part);
                    }

                    continue;
                }

                if (ahead.Count > 0)
                {
                    return TreeDiagnostics.LinkDangles.Now(link.Path, link.Value);
                }
            }
            else if (!folders.Contains(next))
            {
                return TreeDiagnostics.LinkDangles.Now(link.Path, link.Value);
            }

            place = next;
        }

        // A link to the root itself would make every walk over the tree endless, and the root is no entry.
        return place.Length == 0 ? TreeDiagnostics.LinkDangles.Now(link.Path, link.Value) : null;
    }

    private static string Parent(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
}
