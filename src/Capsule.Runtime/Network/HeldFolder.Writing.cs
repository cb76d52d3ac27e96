using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Network;

/// <summary>What a name in a folder stands for; links are not followed.</summary>
internal enum EntryKind
{
    None,
    File,
    Folder,
    Link,
    Socket,
    Pipe,
    Device,
}

/// <summary>What the folder holds, and changes in it: always of one entry, by its bare name, so that no path is walked.</summary>
public sealed partial class HeldFolder
{
    private const int WriteOnly = 1;
    private const int CreateNew = 0x40 | 0x80; // O_CREAT, O_EXCL
    private const int AtNoFollow = 0x100;
    private const int AtRemoveFolder = 0x200;
    private const int KeepTarget = 1; // RENAME_NOREPLACE
    private const int AnyMode = 0b111_111_111;
    private const int Exists = 17;
    private const int NotPermitted = 1;
    private const int AccessDenied = 13;

    /// <summary>The names in the folder, sorted by code unit. A name that is no UTF-8 has U+FFFD in it.</summary>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    internal IReadOnlyList<string> Names() =>
        [.. Directory.EnumerateFileSystemEntries(StablePath).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    internal EntryKind KindOf(string name) => Native.Statx(_folder, name, AtNoFollow, 0x7FF, out var stat) != 0 ? EntryKind.None : (stat.Mode & TypeMask) switch
    {
        RegularKind => EntryKind.File,
        FolderKind => EntryKind.Folder,
        LinkKind => EntryKind.Link,
        SocketKind => EntryKind.Socket,
        PipeKind => EntryKind.Pipe,
        _ => EntryKind.Device,
    };

    /// <summary>Bytes that an entry takes on the disk; a file with holes takes less than its length.</summary>
    internal long DiskBytes(string name)
    {
        const int Block = 512;
        return Native.Statx(_folder, name, AtNoFollow, 0x7FF, out var stat) == 0 ? (long)stat.Blocks * Block : 0;
    }

    /// <summary>What a link says; null when the name is none.</summary>
    internal string? LinkTarget(string name) => new FileInfo($"{StablePath}/{name}").LinkTarget;

    /// <summary>Makes a folder, where there is none, and holds it; null when the name means something else than a folder.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    internal HeldFolder? MakeFolder(string name, out bool made)
    {
        made = Native.MakeDirectory(_folder, name, AnyMode) == 0;
        return made || Marshal.GetLastPInvokeError() == Exists ? OpenFolder(name) : throw Failure();
    }

    /// <summary>A new file, open for writing; the process's umask applies to the mode.</summary>
    /// <exception cref="IOException">The name is taken, or it cannot be made.</exception>
    internal SafeFileHandle CreateFile(string name, UnixFileMode mode)
    {
        var handle = Native.OpenNew(_folder, name, WriteOnly | CreateNew | NoFollow | CloseOnExec, (int)mode);
        return handle.IsInvalid ? throw Failure() : handle;
    }

    /// <summary>Gives a file another name at once; whoever looks sees the old or the new one whole. False when the name is taken and not to be replaced.</summary>
    /// <exception cref="IOException">The name means a folder, or the folder may not be changed.</exception>
    internal bool Rename(string from, string to, bool replace) =>
        Native.Rename(_folder, from, _folder, to, replace ? 0 : KeepTarget) == 0 || (Marshal.GetLastPInvokeError() == Exists && !replace ? false : throw Failure());

    /// <exception cref="IOException">It is a folder, or may not be removed.</exception>
    internal void RemoveFile(string name)
    {
        if (Native.Unlink(_folder, name, 0) != 0)
        {
            throw Failure();
        }
    }

    /// <summary>Removes an empty folder; false when it is not empty, or not to be removed.</summary>
    internal bool RemoveFolder(string name) => Native.Unlink(_folder, name, AtRemoveFolder) == 0;

    private static Exception Failure()
    {
        var error = Marshal.GetLastPInvokeError();
        var message = Marshal.GetPInvokeErrorMessage(error);
        return error is NotPermitted or AccessDenied ? new UnauthorizedAccessException(message) : new IOException(message);
    }

    private static partial class Native
    {
        [LibraryImport("libc", EntryPoint = "mkdirat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial int MakeDirectory(SafeFileHandle folder, string name, int mode);

        [LibraryImport("libc", EntryPoint = "openat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial SafeFileHandle OpenNew(SafeFileHandle folder, string name, int flags, int mode);

        [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial int Rename(SafeFileHandle folder, string from, SafeFileHandle target, string to, int flags);

        [LibraryImport("libc", EntryPoint = "unlinkat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        public static partial int Unlink(SafeFileHandle folder, string name, int flags);
    }
}
