using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Archives;

namespace Capsule.Packaging.Containers;

/// <summary>Copies an unpacked package, comparing every file with its tree document.</summary>
internal static class FolderCopy
{
    public static void Run(string source, TreeDocument tree, FreshFolder target, CancellationToken cancel)
    {
        using var archive = new FolderAsArchive(source, tree);
        new TreeUnpacker(tree, "", target).Run(archive, cancel);
    }

    private sealed class FolderAsArchive(string folder, TreeDocument tree) : IArchiveReader
    {
        private int _next;

        public Stream Content { get; private set; } = Stream.Null;

        public ArchiveMember? Next()
        {
            Content.Dispose();
            Content = Stream.Null;
            if (_next == tree.Entries.Count)
            {
                return null;
            }

            var entry = tree.Entries[_next++];
            var path = Path.Combine(folder, entry.Path);
            if (entry.IsLink)
            {
                return new ArchiveMember(ArchiveMemberKind.Link, entry.Path, 0, false, new FileInfo(path).LinkTarget);
            }

            if (FileTypeReader.Read(path) != FileType.Regular)
            {
                throw new RefusedException(PackingDiagnostics.SourceMissing.In(path, entry.Path));
            }

            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan);
            Content = file;
            return new ArchiveMember(ArchiveMemberKind.File, entry.Path, file.Length, false);
        }

        public void Dispose() => Content.Dispose();
    }
}
