using Capsule.Runtime.Network;

namespace Capsule.Runtime.Preparing;

/// <summary>Copies a folder that a workload has made, with its links as they are. No link is followed on either side.</summary>
internal static class PreparedTree
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Copies everything into a folder that only we write to.</summary>
    /// <returns>False when it holds something that is neither file, folder nor link, and cannot be kept.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static bool Copy(HeldFolder from, string to, CancellationToken cancel)
    {
        Directory.CreateDirectory(to);
        foreach (var name in from.Names())
        {
            cancel.ThrowIfCancellationRequested();
            var target = Path.Combine(to, name);
            var kept = from.KindOf(name) switch
            {
                EntryKind.Folder => CopyFolder(from, name, target, cancel),
                EntryKind.File => CopyFile(from, name, target),
                EntryKind.Link when from.LinkTarget(name) is { } link => File.CreateSymbolicLink(target, link) is not null,
                _ => false,
            };
            if (!kept)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Empties a folder, which itself stays: whoever holds it holds the same one.</summary>
    public static void Clear(string folder)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry is DirectoryInfo { LinkTarget: null } below)
            {
                below.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }

    private static bool CopyFolder(HeldFolder from, string name, string target, CancellationToken cancel)
    {
        using var below = from.OpenFolder(name);
        return below is not null && Copy(below, target, cancel);
    }

    private static bool CopyFile(HeldFolder from, string name, string target)
    {
        if (from.OpenFile(name) is not { } file)
        {
            return false;
        }

        using (file.Handle)
        {
            // Through the descriptor that was checked; the platform clones the blocks where it can.
            File.Copy($"/proc/self/fd/{file.Handle.DangerousGetHandle()}", target);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, (File.GetUnixFileMode(file.Handle) & AnyExecute) != 0 ? Plain | AnyExecute : Plain);
            }
        }

        return true;
    }
}
