using System.Globalization;
using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Shadows;

/// <summary>
/// Looks at a folder that a workload has filled. It walks by descriptor and follows nothing; folders that never leave the sandbox are not
/// entered. Throws <see cref="RefusedException"/> (CAP5496) for more entries than <see cref="WriteBackRules.MostEntries"/>.
/// </summary>
internal sealed class FolderScan
{
    private readonly WriteBackRules _rules;
    private readonly IReadOnlySet<string>? _sources;
    private readonly Dictionary<string, FileState> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _left = new(StringComparer.Ordinal);
    private int _entries;

    private FolderScan(WriteBackRules rules, IReadOnlySet<string>? sources) => (_rules, _sources) = (rules, sources);

    /// <param name="root">The folder.</param>
    /// <param name="rules">Limits.</param>
    /// <param name="sources">Folders that hold files of the package; null for a declared output, where nothing counts as a build's by-product.</param>
    /// <param name="cancel">Stops the walk.</param>
    public static FolderState Read(HeldFolder root, WriteBackRules rules, IReadOnlySet<string>? sources, CancellationToken cancel)
    {
        var scan = new FolderScan(rules, sources);
        scan.Visit(root, "", 0, cancel);
        return new FolderState(scan._files, scan._links, scan._folders, scan._left);
    }

    /// <summary>The state of an open file.</summary>
    public static FileState StateOf(HeldFile file, WriteBackRules rules)
    {
        var executable = !OperatingSystem.IsWindows() && File.GetUnixFileMode(file.Handle).HasFlag(UnixFileMode.UserExecute);
        if (file.Length > rules.MostBytes)
        {
            return new FileState(file.Length, null, executable);
        }

        using var content = new FileStream(file.Handle, FileAccess.Read, bufferSize: 0);
        return new FileState(file.Length, Convert.ToHexStringLower(SHA256.HashData(content)), executable);
    }

    private void Visit(HeldFolder folder, string prefix, int depth, CancellationToken cancel)
    {
        foreach (var name in folder.Names())
        {
            cancel.ThrowIfCancellationRequested();
            if (++_entries > _rules.MostEntries)
            {
                throw new RefusedException(WriteBackDiagnostics.TooMuch.Now(string.Create(CultureInfo.InvariantCulture, $"the folder has more than {_rules.MostEntries} entries")));
            }

            var path = prefix + name;
            if (IsUnsafe(name))
            {
                _left[path] = "its name has characters that other programs misread";
                continue;
            }

            switch (folder.KindOf(name))
            {
                case EntryKind.File:
                    Take(folder, name, path);
                    break;
                case EntryKind.Folder:
                    Enter(folder, name, path, depth, cancel);
                    break;
                case EntryKind.Link:
                    _links[path] = folder.LinkTarget(name) ?? "";
                    break;
                case EntryKind.None:
                    break;
                case var kind:
                    _left[path] = $"it is a {kind.ToString().ToLowerInvariant()}";
                    break;
            }
        }
    }

    private void Enter(HeldFolder parent, string name, string path, int depth, CancellationToken cancel)
    {
        var reason = ProtectedNames.OfFolder(name)
            ?? (_sources is null ? null : InsideOnly.Reason(path, name, _sources))
            ?? (depth >= _rules.MostDepth ? "it lies too deep" : null);
        if (reason is null)
        {
            using var folder = parent.OpenFolder(name);
            try
            {
                if (folder is not null)
                {
                    _folders.Add(path);
                    Visit(folder, path + "/", depth + 1, cancel);
                    return;
                }
            }
            catch (UnauthorizedAccessException)
            {
                // A workload can forbid its own folders to the user who runs it.
            }

            _folders.Remove(path);
            reason = "it cannot be read";
        }

        _left[path + "/"] = reason;
    }

    private void Take(HeldFolder folder, string name, string path)
    {
        if (folder.OpenFile(name) is not { } file)
        {
            _left[path] = "it cannot be read";
            return;
        }

        using (file.Handle)
        {
            _files[path] = StateOf(file, _rules);
        }
    }

    /// <summary>Control, invisible and direction characters, what is no UTF-8, and what is a separator elsewhere.</summary>
    private static bool IsUnsafe(string name) => name.Any(c =>
        c is '\\' or '\uFFFD' || char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
