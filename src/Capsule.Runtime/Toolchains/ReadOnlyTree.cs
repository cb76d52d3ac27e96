using System.Diagnostics;

namespace Capsule.Runtime.Toolchains;

/// <summary>Folders whose every file and folder is read-only: made so, and taken away again.</summary>
internal static class ReadOnlyTree
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void Seal(string root, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(root, "*", SearchOption.AllDirectories).ToList())
        {
            File.SetUnixFileMode(entry, mode);
        }

        File.SetUnixFileMode(root, mode);
    }

    /// <summary>Removes a tree; links in it are removed, never followed.</summary>
    public static void Remove(string root)
    {
        if (!Directory.Exists(root))
        {
            return;
        }

        try
        {
            if (!OperatingSystem.IsWindows())
            {
                Unlock(new DirectoryInfo(root));
            }

            Directory.Delete(root, recursive: true);
        }
        catch (IOException) when (!OperatingSystem.IsWindows())
        {
            // A workload can nest folders deeper than any path may be long; rm walks by descriptor and minds no depth.
            RemoveDeep(root);
        }
    }

    private static void RemoveDeep(string root)
    {
        using var remove = Process.Start(new ProcessStartInfo("/bin/rm", ["-rf", "--", root]) { RedirectStandardError = true })
            ?? throw new IOException($"'{root}' could not be removed");
        var complaint = remove.StandardError.ReadToEnd();
        remove.WaitForExit();
        if (remove.ExitCode != 0)
        {
            throw new IOException($"'{root}' could not be removed: {complaint.Trim()}");
        }
    }

    private static void Unlock(DirectoryInfo folder)
    {
        if (OperatingSystem.IsWindows() || folder.LinkTarget is not null)
        {
            return;
        }

        if ((folder.UnixFileMode & Owner) != Owner)
        {
            folder.UnixFileMode |= Owner;
        }

        foreach (var inner in folder.EnumerateDirectories())
        {
            try
            {
                Unlock(inner);
            }
            catch (IOException)
            {
                // Too deep for a path; its neighbours need unlocking all the same.
            }
        }
    }
}
