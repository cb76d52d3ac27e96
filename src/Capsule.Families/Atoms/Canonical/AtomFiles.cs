using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>
/// The files that an atom's canonical bytes are made of (specs: atoms 5.3): every regular file below its folder without
/// <c>atom.toml</c> and without what starts with a dot, by relative path in the order of UTF-8 bytes.
/// </summary>
/// <param name="Folder">Absolute.</param>
/// <param name="Paths">With <c>/</c>.</param>
/// <param name="Problems">Links, nested atoms, clashing names and the like (CAP0816).</param>
public sealed record AtomFiles(string Folder, IReadOnlyList<string> Paths, IReadOnlyList<Diagnostic> Problems)
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    public static AtomFiles List(string folder, CancellationToken cancel = default)
    {
        var walk = new Walk(folder);
        walk.Run(cancel);
        return new AtomFiles(folder, [.. walk.Files.Order(TreePathOrder.Instance)], [.. walk.Problems.OrderBy(p => p.Message, StringComparer.Ordinal)]);
    }

    private sealed class Walk(string root)
    {
        private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);
        private readonly Stack<(string Path, int Depth)> _ahead = new([("", 0)]);

        public List<string> Files { get; } = [];

        public List<Diagnostic> Problems { get; } = [];

        public void Run(CancellationToken cancel)
        {
            while (_ahead.TryPop(out var folder) && Files.Count <= AtomLimits.Files)
            {
                cancel.ThrowIfCancellationRequested();
                try
                {
                    foreach (var child in Directory.EnumerateFileSystemEntries(Path.Combine(root, folder.Path), "*", Everything))
                    {
                        Take(folder.Path.Length == 0 ? Path.GetFileName(child) : $"{folder.Path}/{Path.GetFileName(child)}", Path.GetFileName(child), folder.Depth);
                    }
                }
                catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
                {
                    Refuse(folder.Path, $"it cannot be read ({problem.Message.TrimEnd('.')})");
                }
            }

            if (Files.Count > AtomLimits.Files)
            {
                Refuse(Files[^1], $"there are more than {AtomLimits.Files} files");
            }
        }

        private void Take(string path, string name, int depth)
        {
            if (name.StartsWith('.'))
            {
                return;
            }

            // The platform shows a byte that is no UTF-8 as U+FFFD.
            if (name.Contains('\uFFFD', StringComparison.Ordinal) || name.Any(char.IsSurrogate) && name.EnumerateRunes().Any(r => r.Value == 0xFFFD))
            {
                Refuse(path, "its name is not Unicode");
                return;
            }

            if (!_keys.TryAdd(TreePath.CollisionKey(path), path))
            {
                Refuse(path, $"some systems take it for '{_keys[TreePath.CollisionKey(path)]}'");
                return;
            }

            switch (FileTypeReader.Read(Path.Combine(root, path)))
            {
                case FileType.Folder when depth < AtomLimits.Depth:
                    _ahead.Push((path, depth + 1));
                    break;
                case FileType.Folder:
                    Refuse(path, $"folders lie more than {AtomLimits.Depth} deep");
                    break;
                case FileType.Regular when path == AtomNames.ManifestName:
                    break;
                case FileType.Regular when name == AtomNames.ManifestName:
                    Refuse(path, "an atom cannot hold another atom");
                    break;
                case FileType.Regular:
                    Files.Add(path);
                    break;
                case FileType.Link:
                    Refuse(path, "it is a link");
                    break;
                case FileType.Special:
                    Refuse(path, "it is a pipe, a socket or a device");
                    break;
            }
        }

        private void Refuse(string path, string why) => Problems.Add(AtomDiagnostics.IllegalFile.In(Path.Combine(root, AtomNames.ManifestName), TreePath.Show(path), why));
    }
}
