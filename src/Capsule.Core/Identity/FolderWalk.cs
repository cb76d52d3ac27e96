using System.IO.Enumeration;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Identity;

/// <summary>Lists what lies below a folder without following a link.</summary>
internal static class FolderWalk
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = false,
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Relative paths of all files, with the target for links, in path order. Special files are refused.</summary>
    public static IReadOnlyList<(string Path, string? Target)> List(string folder, CancellationToken cancel)
    {
        var found = new List<(string Path, string? Target)>();
        var ahead = new Stack<string>([""]);
        try
        {
            while (ahead.TryPop(out var place))
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var (name, attributes) in Children(Path.Combine(folder, place)))
                {
                    var path = place.Length == 0 ? name : $"{place}/{name}";
                    if (path == TreePath.ReservedFolder)
                    {
                        continue;
                    }

                    if (attributes.HasFlag(FileAttributes.ReparsePoint))
                    {
                        found.Add((path, Target(Path.Combine(folder, path)).Replace(Path.DirectorySeparatorChar, '/')));
                    }
                    else if (attributes.HasFlag(FileAttributes.Directory))
                    {
                        ahead.Push(path);
                    }
                    else
                    {
                        found.Add((path, null));
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(TreeDiagnostics.Unreadable.In(folder, folder, e.Message));
        }

        found.Sort((x, y) => TreePathOrder.Instance.Compare(x.Path, y.Path));
        return found;
    }

    private static IEnumerable<(string Name, FileAttributes Attributes)> Children(string folder) =>
        new FileSystemEnumerable<(string, FileAttributes)>(
            folder, (ref FileSystemEntry entry) => (entry.FileName.ToString(), entry.Attributes), Everything);

    private static string Target(string path) => new FileInfo(path).LinkTarget ?? "";
}
