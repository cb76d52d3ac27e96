using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Capsule.Runtime.Network;

/// <summary>
/// Files of a package tree for the static file middleware. Links are not followed, dot files do not exist, folders are
/// not listed.
/// </summary>
internal sealed class TreeFiles(HeldFolder root) : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath) =>
        Relative(subpath) is { Length: > 0 } path && root.OpenFile(path) is { } file ? new OpenFile(Path.GetFileName(path), file, root, path) : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) =>
        Relative(subpath) is { } path && root.HasFolder(path) ? new Unlisted() : NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;

    private static string? Relative(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Any(p => p.StartsWith('.') || p.Contains('\\', StringComparison.Ordinal) || p.Contains('\0', StringComparison.Ordinal)) ? null : string.Join('/', parts);
    }

    private sealed class OpenFile : IFileInfo
    {
        private readonly HeldFolder _root;
        private readonly string _path;

        public OpenFile(string name, HeldFile file, HeldFolder root, string path)
        {
            (Name, Length, LastModified, _root, _path) = (name, file.Length, file.Changed, root, path);
            file.Handle.Dispose();
        }

        public bool Exists => true;

        public bool IsDirectory => false;

        public DateTimeOffset LastModified { get; }

        public long Length { get; }

        public string Name { get; }

        public string? PhysicalPath => null;

        public Stream CreateReadStream() => _root.OpenFile(_path) is { } file
            ? new FileStream(file.Handle, FileAccess.Read, 1 << 14, isAsync: false)
            : throw new FileNotFoundException("The file has just gone.", _path);
    }

    private sealed class Unlisted : IDirectoryContents
    {
        public bool Exists => true;

        public IEnumerator<IFileInfo> GetEnumerator() => Enumerable.Empty<IFileInfo>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
