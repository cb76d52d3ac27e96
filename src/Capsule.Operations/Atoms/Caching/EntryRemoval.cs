using Capsule.Core.Identity;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>Removes folders of the cache. A link is removed itself; what it leads to is never touched.</summary>
internal static class EntryRemoval
{
    /// <summary>Takes an entry out in one step, then deletes it; empty folders above it go too.</summary>
    public static void Remove(AtomCache cache, Capsule.Families.Atoms.AtomReference atom)
    {
        var folder = cache.FolderOf(atom);
        Directory.CreateDirectory(cache.TemporaryRoot);
        var aside = Path.Combine(cache.TemporaryRoot, Guid.NewGuid().ToString("N"));
        try
        {
            Directory.Move(folder, aside);
            TryDelete(aside);
        }
        catch (DirectoryNotFoundException)
        {
            // Another program was faster.
        }

        if (File.Exists(cache.SidecarOf(atom)))
        {
            File.Delete(cache.SidecarOf(atom));
        }

        Prune(Path.GetDirectoryName(folder)!, cache.Root);
        Prune(Path.GetDirectoryName(cache.SidecarOf(atom))!, cache.Root);
        Prune(cache.TemporaryRoot, cache.Root);
    }

    /// <summary>What cannot be deleted stays under its temporary name and is nobody's entry.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            Delete(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
        }
    }

    public static void Delete(string path)
    {
        switch (FileTypeReader.Read(path))
        {
            case FileType.Folder:
                // The platform's recursion does not follow links either; a folder that became one meanwhile is a file here.
                foreach (var child in Directory.EnumerateFileSystemEntries(path))
                {
                    Delete(child);
                }

                Directory.Delete(path);
                break;
            case FileType.Missing:
                break;
            default:
                File.Delete(path);
                break;
        }
    }

    private static void Prune(string folder, string root)
    {
        try
        {
            for (; folder.Length > root.Length && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            {
                Directory.Delete(folder);
            }
        }
        catch (IOException)
        {
            // Somebody put something there.
        }
    }
}
