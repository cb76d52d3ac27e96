using System.IO.Enumeration;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Families.Packing;

/// <summary>
/// Chooses the files of a package: one walk of the project folder that follows no link and enters no folder it leaves
/// out. The result is sorted by UTF-8 bytes and depends on names only, never on the order or times of a file system.
/// </summary>
public static class PackSelection
{
    /// <summary>Selects; all problems come back together.</summary>
    public static Result<IReadOnlyList<PackEntry>> Select(SelectionRequest request, CancellationToken cancel = default)
    {
        if (!Directory.Exists(request.ProjectDirectory))
        {
            return SelectionDiagnostics.NoFolder.Now(request.ProjectDirectory);
        }

        var walk = new Walk(request);
        walk.Run(cancel);
        ExtraFiles.Add(request, walk.Entries, walk.Problems);
        walk.Problems.AddRange(SelectedLinks.Check(walk.Entries));
        IReadOnlyList<PackEntry> sorted = [.. walk.Entries.Values.OrderBy(e => e.Path, TreePathOrder.Instance)];
        return new Result<IReadOnlyList<PackEntry>>(
            walk.Problems.Any(p => p.IsError) ? null : sorted,
            [.. walk.Problems.OrderBy(p => p.Message, StringComparer.Ordinal)]);
    }

    private sealed class Walk(SelectionRequest request)
    {
        private readonly Stack<(string Path, bool LeftOut)> _open = new([("", false)]);
        private readonly HashSet<string> _output = [.. request.OutputFolders.Select(f => Path.GetRelativePath(request.ProjectDirectory, f).Replace(Path.DirectorySeparatorChar, '/'))];

        public Dictionary<string, PackEntry> Entries { get; } = new(StringComparer.Ordinal);

        public List<Diagnostic> Problems { get; } = [];

        public void Run(CancellationToken cancel)
        {
            while (_open.TryPop(out var folder) && Entries.Count <= request.MaxFiles)
            {
                cancel.ThrowIfCancellationRequested();
                Visit(folder.Path, folder.LeftOut);
            }
        }

        private void Visit(string folder, bool leftOut)
        {
            try
            {
                var children = Children(Path.Combine(request.ProjectDirectory, folder));
                var names = children.Select(c => c.Name).ToArray();
                foreach (var child in children)
                {
                    var path = folder.Length == 0 ? child.Name : $"{folder}/{child.Name}";
                    if (child.IsFolder)
                    {
                        Enter(path, child.Name, names, leftOut);
                    }
                    else
                    {
                        Take(path, child, names, leftOut);
                    }
                }
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                Problems.Add(SelectionDiagnostics.Unreadable.Now(folder.Length == 0 ? "." : folder, problem.Message));
            }
        }

        private void Enter(string path, string name, string[] siblings, bool leftOut)
        {
            if (path == ".capsule" || (request.Only.Count > 0 && !request.Only.Concat(request.Include).Any(p => p.Covers(path) || p.ReachesInto(path))))
            {
                return;
            }

            var isLeftOut = leftOut || LeftOut.Folder(path, name, siblings) || _output.Contains(path) || request.Exclude.Any(p => p.Matches(path));
            if (!isLeftOut || request.Include.Any(p => p.Covers(path) || p.Names(path)))
            {
                _open.Push((path, isLeftOut));
            }
        }

        private void Take(string path, Child child, string[] siblings, bool leftOut)
        {
            var secret = LeftOut.Secret(child.Name);
            var isIncluded = request.Include.Any(p => secret ? p.NamesFiles && p.Matches(path) : p.Covers(path));
            if (!isIncluded && request.Only.Count > 0 && !request.Only.Any(p => p.Covers(path)))
            {
                return;
            }

            if (!isIncluded && secret && !leftOut)
            {
                Problems.Add(SelectionDiagnostics.SecretLeftOut.Now(path));
            }

            var file = Path.Combine(request.ProjectDirectory, path);
            if (!isIncluded && (leftOut || secret || IsLeftOut(path, child, siblings, file)))
            {
                return;
            }

            if (child.LinkTarget is null && child.Length == 0 && FileTypeReader.Read(file) != FileType.Regular)
            {
                Problems.Add(SelectionDiagnostics.SpecialFile.Now(path));
                return;
            }

            Entries.Add(path, child.LinkTarget is null
                ? new PackEntry(path, path, request.Executables.Contains(path))
                : new PackEntry(path, null, LinkTarget: child.LinkTarget));
            if (Entries.Count > request.MaxFiles)
            {
                Problems.Add(SelectionDiagnostics.TooManyFiles.Now(request.MaxFiles, path));
            }
        }

        private bool IsLeftOut(string path, Child child, string[] siblings, string file) =>
            LeftOut.File(child.Name)
            || request.Exclude.Any(p => p.Matches(path))
            || (child.LinkTarget is null ? LeftOut.OwnProject(file, path) : LeftOut.Folder(path, child.Name, siblings));

        private static List<Child> Children(string folder) =>
            [.. new FileSystemEnumerable<Child>(folder, Child.From, new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = false })
                .OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    private sealed record Child(string Name, bool IsFolder, long Length, string? LinkTarget)
    {
        public static Child From(ref FileSystemEntry entry)
        {
            var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            var target = isLink ? entry.ToFileSystemInfo().LinkTarget?.Replace(Path.DirectorySeparatorChar, '/') ?? "" : null;
            return new Child(entry.FileName.ToString(), !isLink && entry.IsDirectory, isLink || entry.IsDirectory ? 0 : entry.Length, target);
        }
    }
}
