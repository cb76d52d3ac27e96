using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Packaging.Archives;

/// <summary>
/// A folder that appears whole or not at all. Files are only created, never opened, and links are made last, so nothing
/// is ever written through a link.
/// </summary>
internal sealed class FreshFolder : IDisposable
{
    private readonly string _temporary;
    private readonly string _path;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private bool _committed;

    public FreshFolder(string path)
    {
        _path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (FileTypeReader.Read(_path) != FileType.Missing)
        {
            throw new RefusedException(ArchiveDiagnostics.TargetExists.In(_path, _path));
        }

        var parent = Path.GetDirectoryName(_path)!;
        _temporary = Path.Combine(parent, $".{Path.GetFileName(_path)}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        try
        {
            Directory.CreateDirectory(_temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException(DiskWrites.Describe(e, _path));
        }
    }

    /// <summary>Creates a file with the mode its kind has, whatever the umask.</summary>
    public SafeFileHandle Create(string path, bool executable)
    {
        var full = Place(path);
        var file = File.OpenHandle(full, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite;
            const UnixFileMode Run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(file, executable ? Read | Run : Read);
        }

        return file;
    }

    /// <summary>Adds the tree's links and its document, makes all durable, and gives the folder its name.</summary>
    public void Commit(TreeDocument tree)
    {
        foreach (var link in tree.Entries.Where(e => e.IsLink))
        {
            File.CreateSymbolicLink(Place(link.Path), link.Value.Replace('/', Path.DirectorySeparatorChar));
        }

        using (var document = Create(TreeReader.DocumentPath, executable: false))
        {
            RandomAccess.Write(document, tree.Bytes.Span, 0);
            DiskWrites.SyncFileSystem(document);
        }

        try
        {
            Directory.Move(_temporary, _path);
        }
        catch (IOException) when (FileTypeReader.Read(_path) != FileType.Missing)
        {
            throw new RefusedException(ArchiveDiagnostics.TargetExists.In(_path, _path));
        }

        _committed = true;
        DiskWrites.SyncFolder(Path.GetDirectoryName(_path)!);
    }

    public void Dispose()
    {
        if (!_committed && Directory.Exists(_temporary))
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }

    private string Place(string path)
    {
        var folder = path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";
        MakeFolder(folder);
        return Path.Combine(_temporary, path);
    }

    /// <summary>Creates a folder and those above it, searchable for everyone whatever the umask: the user that a package runs as reads it too.</summary>
    private void MakeFolder(string folder)
    {
        if (!_made.Add(folder))
        {
            return;
        }

        if (folder.Length > 0)
        {
            MakeFolder(folder.LastIndexOf('/') is var slash and >= 0 ? folder[..slash] : "");
        }

        var full = Directory.CreateDirectory(Path.Combine(_temporary, folder)).FullName;
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.UserWrite;
            const UnixFileMode Search = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            File.SetUnixFileMode(full, Read | Search);
        }
    }
}
