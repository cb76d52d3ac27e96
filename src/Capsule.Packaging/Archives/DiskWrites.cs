using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Packaging.Archives;

/// <summary>Making writes last, and naming what went wrong with them.</summary>
internal static partial class DiskWrites
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>The diagnostic for a failed write: CAP2117 for a full disk, else CAP2118.</summary>
    public static Diagnostic Describe(Exception problem, string path) =>
        IsFull(problem) ? ArchiveDiagnostics.DiskFull.In(path, path) : ArchiveDiagnostics.WriteFailed.In(path, path, problem.Message);

    /// <summary>Makes everything written to the file system of an open file durable, in one call where the system has one.</summary>
    public static void SyncFileSystem(SafeFileHandle file)
    {
        if (OperatingSystem.IsLinux() && SyncFs(file) == 0)
        {
            return;
        }

        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Makes a rename in a folder durable.</summary>
    public static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = Open(folder, 0);
        if (handle >= 0)
        {
            _ = FSync(handle);
            _ = Close(handle);
        }
    }

    private static bool IsFull(Exception problem) =>
        problem is IOException && ((problem.HResult & 0xFFFF) is NoSpace or QuotaExceeded or 0x70 || problem.Message.Contains("No space left", StringComparison.Ordinal));

    [LibraryImport("libc", EntryPoint = "syncfs")]
    private static partial int SyncFs(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FSync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
