using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Core.Identity;

/// <summary>
/// What the system says of a file without reading it. Two equal stamps, one taken by path and one of the open file, mean
/// that the path named this very file, not a link to it, and that nobody wrote to it in between.
/// </summary>
/// <param name="Type">What it is; a link is not followed.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">When its content changed last, in the finest unit that the system has; for comparing only.</param>
/// <param name="Inode">Its number on its device; 0 where the system has none.</param>
/// <param name="Device">The device it lies on; 0 where the system has none.</param>
public readonly partial record struct FileStamp(FileType Type, long Size, long Modified, ulong Inode, ulong Device)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint Basic = 0x7FF;

    private static readonly FileStamp Missing = default;

    /// <summary>Of what a path leads to, links followed; elsewhere than on Linux like <see cref="Of(string)"/>.</summary>
    public static FileStamp OfTarget(string path) =>
        !OperatingSystem.IsLinux() ? Of(path)
        : StatX(CurrentFolder, path, 0, Basic, out var status) == 0 ? From(status)
        : Missing;

    /// <summary>Of whatever lies at the path; <see cref="FileType.Missing"/> when nothing does, or a folder above it may not be entered.</summary>
    public static FileStamp Of(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            var info = new FileInfo(path);
            var type = FromAttributes((int)info.Attributes);
            return type == FileType.Regular ? new FileStamp(type, info.Length, info.LastWriteTimeUtc.Ticks, 0, 0) : Missing with { Type = type };
        }

        return StatX(CurrentFolder, path, NoFollow, Basic, out var status) == 0 ? From(status) : Missing;
    }

    /// <summary>Of an open file.</summary>
    public static FileStamp Of(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new FileStamp(FileType.Regular, RandomAccess.GetLength(file), File.GetLastWriteTimeUtc(file).Ticks, 0, 0);
        }

        return StatX(file, "", EmptyPath, Basic, out var status) == 0 ? From(status) : Missing;
    }

    private static FileStamp From(in StatXFields status) => new(
        (status.Mode & 0xF000) switch
        {
            0x8000 => FileType.Regular,
            0x4000 => FileType.Folder,
            0xA000 => FileType.Link,
            _ => FileType.Special,
        },
        (long)status.Size,
        unchecked((status.ModifiedSeconds * 1_000_000_000) + status.ModifiedNanoseconds),
        status.Inode,
        ((ulong)status.DeviceMajor << 32) | status.DeviceMinor);

    private static FileType FromAttributes(int attributes) =>
        attributes == -1 ? FileType.Missing
        : ((FileAttributes)attributes).HasFlag(FileAttributes.ReparsePoint) ? FileType.Link
        : ((FileAttributes)attributes).HasFlag(FileAttributes.Directory) ? FileType.Folder
        : ((FileAttributes)attributes).HasFlag(FileAttributes.Device) ? FileType.Special
        : FileType.Regular;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint mask, out StatXFields status);

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(SafeFileHandle file, string path, int flags, uint mask, out StatXFields status);

    /// <summary>The layout of struct statx is the same on every architecture, unlike that of struct stat.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct StatXFields
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
