using System.Buffers.Binary;
using System.Text;
using Capsule.Init.Linux;

namespace Capsule.Runtime.Sandbox;

/// <summary>Owner, kind and identity of a file (statx(2)); links are not followed.</summary>
internal readonly unsafe record struct FileStatus(int Uid, int Gid, int Mode, ulong Inode, ulong Device)
{
    private const int TypeMask = 0xF000;
    private const int FolderType = 0x4000;
    private const int LinkType = 0xA000;
    private const int SocketType = 0xC000;
    private const int WritableByOthers = 0x12; // 022
    private const int ReadableByOthers = 0x4; // 004
    private const int FolderReadableByOthers = 0x5; // 005

    public bool IsFolder => (Mode & TypeMask) == FolderType;

    public bool IsLink => (Mode & TypeMask) == LinkType;

    public bool IsSocket => (Mode & TypeMask) == SocketType;

    public bool OnlyRootMayChange => Uid == 0 && (IsLink || (Mode & WritableByOthers) == 0);

    public bool OthersMayRead => IsFolder ? (Mode & FolderReadableByOthers) == FolderReadableByOthers : (Mode & ReadableByOthers) != 0;

    public static FileStatus? Of(string path) => Read(Constants.CurrentFolder, path, Constants.AtNoFollow);

    public static FileStatus? Of(int descriptor) => Read(descriptor, "", Constants.AtEmptyPath);

    private static FileStatus? Read(int folder, string path, int flags)
    {
        const int BufferSize = 256;
        const int BasicStatistics = 0x7FF;
        var buffer = stackalloc byte[BufferSize];
        fixed (byte* text = Encoding.UTF8.GetBytes(path + "\0"))
        {
            if (Libc.SystemCall(CallNumbers.ExtendedStatus, folder, (nint)text, flags, BasicStatistics, (nint)buffer) != 0)
            {
                return null;
            }
        }

        // Offsets in struct statx: uid 20, gid 24, mode 28, inode 32, device 136 and 140.
        var status = new ReadOnlySpan<byte>(buffer, BufferSize);
        return new FileStatus(
            BinaryPrimitives.ReadInt32LittleEndian(status[20..]),
            BinaryPrimitives.ReadInt32LittleEndian(status[24..]),
            BinaryPrimitives.ReadUInt16LittleEndian(status[28..]),
            BinaryPrimitives.ReadUInt64LittleEndian(status[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(status[136..]));
    }
}
