using System.Runtime.InteropServices;

namespace Capsule.Init.Linux;

/// <summary><c>struct msghdr</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct MessageHeader
{
    public void* Address;
    public uint AddressLength;
    public Segment* Segments;
    public nuint SegmentCount;
    public void* Control;
    public nuint ControlLength;
    public int Flags;
}

/// <summary><c>struct iovec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Segment
{
    public void* Start;
    public nuint Length;
}

/// <summary><c>struct cmsghdr</c>; the data follows.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ControlHeader
{
    public nuint Length;
    public int Level;
    public int Type;
}

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Wanted;
    public short Happened;
}

/// <summary><c>struct rlimit</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ResourceLimit
{
    public ulong Soft;
    public ulong Hard;
}

/// <summary><c>struct ucred</c>: who sent a message, as the kernel says it in the receiver's own numbers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Credentials
{
    public int Pid;
    public uint Uid;
    public uint Gid;
}
