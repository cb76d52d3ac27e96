using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// A private copy of a part of the package tree (specs: sandbox 1.2, 2). The copy shares storage where the file system can.
/// Version control data never comes along, nor a link that points out of the part; nothing is followed.
/// </summary>
internal static class WorkFolder
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Program = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Copies a part of a tree into a fresh folder.</summary>
    /// <param name="tree">Absolute path of the tree.</param>
    /// <param name="part">Folder below it, empty for all.</param>
    /// <param name="selection">The files that make the package; null when the tree is an installed one, which holds nothing else.</param>
    /// <param name="target">A folder that does not exist yet.</param>
    /// <exception cref="DirectoryNotFoundException">The tree has no such folder.</exception>
    public static WorkCopy Copy(string tree, string part, PackPlan? selection, string target)
    {
        using var root = HeldFolder.Open(tree);
        if (!root.HasFolder(part))
        {
            throw new DirectoryNotFoundException(part);
        }

        Directory.CreateDirectory(target);
        var prefix = part.Length == 0 ? "" : part.TrimEnd('/') + "/";
        var dropped = new List<string>();
        var copied = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in selection?.Entries ?? Entries(tree, part))
        {
            if (!entry.Path.StartsWith(prefix, StringComparison.Ordinal) || entry.Path.Split('/').Contains(".git"))
            {
                continue;
            }

            var inside = entry.Path[prefix.Length..];
            var destination = Path.Combine(target, inside);
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            if (entry.LinkTarget is { } link)
            {
                if (StaysInside(inside, link))
                {
                    File.CreateSymbolicLink(destination, link);
                }
                else
                {
                    dropped.Add(entry.Path);
                }
            }
            else if (!CopyFile(tree, root, entry, destination))
            {
                dropped.Add(entry.Path);
            }
            else
            {
                copied[inside] = entry.Source ?? entry.Path;
            }
        }

        return new WorkCopy(dropped, copied);
    }

    private static bool CopyFile(string tree, HeldFolder root, PackEntry entry, string destination)
    {
        var source = entry.Source ?? entry.Path;
        if ((source.StartsWith("../", StringComparison.Ordinal) ? OpenOutside(tree, source) : root.OpenFile(source)) is not { } file)
        {
            return false;
        }

        using (file.Handle)
        {
            // Through the descriptor that was checked; the platform clones the blocks where it can.
            var opened = $"/proc/self/fd/{file.Handle.DangerousGetHandle()}";
            File.Copy(opened, destination);
            if (!OperatingSystem.IsWindows())
            {
                var executable = entry.Executable || (File.GetUnixFileMode(file.Handle) & AnyExecute) != 0;
                File.SetUnixFileMode(destination, executable ? Program : Plain);
            }
        }

        return true;
    }

    /// <summary>Files that the author added to the package by name may lie outside of the project.</summary>
    private static HeldFile? OpenOutside(string tree, string source)
    {
        var full = Path.GetFullPath(Path.Combine(tree, source));
        using var folder = HeldFolder.Open(Path.GetDirectoryName(full)!);
        return folder.OpenFile(Path.GetFileName(full));
    }

    private static bool StaysInside(string path, string link)
    {
        if (link.StartsWith('/') || link.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        var depth = path.Count(c => c == '/');
        foreach (var step in link.Split('/'))
        {
            depth += step switch { "" or "." => 0, ".." => -1, _ => 1 };
            if (depth < 0)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<PackEntry> Entries(string tree, string part)
    {
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(Path.Combine(tree, part))]);
        while (pending.TryPop(out var folder))
        {
            foreach (var item in folder.EnumerateFileSystemInfos())
            {
                var path = Path.GetRelativePath(tree, item.FullName);
                if (item.LinkTarget is { } link)
                {
                    yield return new PackEntry(path, null, LinkTarget: link);
                }
                else if (item is DirectoryInfo below)
                {
                    pending.Push(below);
                }
                else
                {
                    yield return new PackEntry(path, path);
                }
            }
        }
    }
}
