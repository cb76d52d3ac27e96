using System.Runtime.InteropServices;

namespace Capsule.Core.Identity;

/// <summary>
/// Asks the system what a path names. The platform's attributes do not tell a pipe from a file, and opening a pipe
/// waits for a writer: a folder could make us hang.
/// </summary>
public static partial class FileTypeReader
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint TypeOnly = 1;
    private const int ModeOffset = 28;

    public static FileType Read(string path) => OperatingSystem.IsLinux() ? OnLinux(path) : FromAttributes(path);

    // The layout of struct statx is the same on every architecture, unlike that of struct stat.
    private static FileType OnLinux(string path)
    {
        Span<byte> status = stackalloc byte[256];
        if (StatX(CurrentFolder, path, NoFollow, TypeOnly, ref MemoryMarshal.GetReference(status)) != 0)
        {
            return FileType.Missing;
        }

        return (MemoryMarshal.Read<ushort>(status[ModeOffset..]) & 0xF000) switch
        {
            0x8000 => FileType.Regular,
            0x4000 => FileType.Folder,
            0xA000 => FileType.Link,
            _ => FileType.Special,
        };
    }

    private static FileType FromAttributes(string path)
    {
        var info = new FileInfo(path);
        var attributes = info.Attributes;
        return (int)attributes == -1 ? FileType.Missing
            : attributes.HasFlag(FileAttributes.ReparsePoint) ? FileType.Link
            : attributes.HasFlag(FileAttributes.Directory) ? FileType.Folder
            : attributes.HasFlag(FileAttributes.Device) ? FileType.Special
            : FileType.Regular;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, ref byte status);
}
