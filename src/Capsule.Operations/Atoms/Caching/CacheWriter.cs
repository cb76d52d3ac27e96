using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Caching;

/// <summary>Puts a folder that was checked into the cache in one step. An entry that appeared meanwhile is kept: two writers at once end with one whole entry.</summary>
internal static class CacheWriter
{
    private const int Tries = 5;

    /// <param name="cache">Where.</param>
    /// <param name="atom">What.</param>
    /// <param name="folder">On the cache's volume; it is gone afterwards, or deleted by the caller.</param>
    /// <param name="record">What is known about it.</param>
    /// <param name="replace">An entry that is there is taken out first.</param>
    /// <returns>False when another writer's entry stands there.</returns>
    public static bool Put(AtomCache cache, AtomReference atom, string folder, CacheRecord record, bool replace)
    {
        var target = cache.FolderOf(atom);
        for (var attempt = 1; ; attempt++)
        {
            if (replace && attempt == 1 && Directory.Exists(target))
            {
                EntryRemoval.Remove(cache, atom);
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            try
            {
                // First what is known about it: an entry that came from a mirror is never seen without that.
                if (!Directory.Exists(target))
                {
                    record.Write(cache.SidecarOf(atom));
                }

                Directory.Move(folder, target);
                return true;
            }
            catch (IOException) when (Directory.Exists(target))
            {
                return false;
            }
            catch (DirectoryNotFoundException) when (attempt < Tries)
            {
                // Somebody removed the last other entry of the class, and its empty folder with it.
            }
        }
    }
}
