using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Operations.Atoms.Caching;

namespace Capsule.Operations.Atoms.Importing;

/// <summary>Makes the folder of a new atom in one step: its files are written beside it under a hidden name, which is then renamed. No half of an atom is ever seen.</summary>
internal static class ImportTarget
{
    /// <summary>Null when the atom is there; CAP0817 when one was there already.</summary>
    public static async Task<Diagnostic?> WriteAsync(AtomReference atom, string folder, IReadOnlyDictionary<string, byte[]> files, bool replace, CancellationToken cancel)
    {
        var parent = Path.GetDirectoryName(folder)!;
        var made = Made(parent);
        Directory.CreateDirectory(parent);
        var temporary = Path.Combine(parent, $".import-{Guid.NewGuid():N}");
        var old = Path.Combine(parent, $".replaced-{Guid.NewGuid():N}");
        var done = false;
        try
        {
            Directory.CreateDirectory(temporary);
            foreach (var (name, content) in files)
            {
                await using var file = new FileStream(Path.Combine(temporary, name), FileMode.CreateNew, FileAccess.Write, FileShare.None);
                await file.WriteAsync(content, cancel);
                file.Flush(flushToDisk: true);
            }

            cancel.ThrowIfCancellationRequested();
            if (replace && Directory.Exists(folder))
            {
                Directory.Move(folder, old);
            }

            Directory.Move(temporary, folder);
            done = true;
            return null;
        }
        catch (IOException) when (!done && (Directory.Exists(folder) || File.Exists(folder)))
        {
            return AtomImportDiagnostics.Exists.In(folder, atom);
        }
        finally
        {
            if (!done && Directory.Exists(old) && !Directory.Exists(folder))
            {
                Directory.Move(old, folder);
            }

            EntryRemoval.TryDelete(temporary);
            EntryRemoval.TryDelete(old);
            if (!done)
            {
                Undo(parent, made);
            }
        }
    }

    /// <summary>How many folders on the way do not exist yet.</summary>
    private static int Made(string parent)
    {
        var count = 0;
        for (var folder = parent; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            count++;
        }

        return count;
    }

    private static void Undo(string folder, int count)
    {
        for (; count > 0 && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any(); count--)
        {
            Directory.Delete(folder);
            folder = Path.GetDirectoryName(folder)!;
        }
    }
}
