using System.Runtime.InteropServices;

namespace Capsule.Runtime.Sandbox.Refusals;

/// <summary><c>struct seccomp_notif</c>: a call that waits for its answer.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallNotice
{
    /// <summary>SECCOMP_IOCTL_NOTIF_RECV.</summary>
    public const uint Receive = 0xC0502100;

    public ulong Id;

    /// <summary>The calling thread, in the numbers of whoever reads the notice.</summary>
    public int Thread;
    public uint Flags;
    public uint Call;
    public uint Architecture;
    public ulong InstructionPointer;
    public fixed ulong Arguments[6];
}

/// <summary><c>struct seccomp_notif_resp</c>. Its flags stay 0: with SECCOMP_USER_NOTIF_FLAG_CONTINUE a call would pass.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CallAnswer
{
    /// <summary>SECCOMP_IOCTL_NOTIF_SEND.</summary>
    public const uint Send = 0xC0182101;

    public ulong Id;
    public long Value;
    public int Error;
    public uint Flags;
}

/// <summary><c>struct epoll_event</c>, which is packed on x86_64.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PollNews
{
    public const uint Readable = 1;

    public uint What;
    public long Id;
}

/// <summary>The few calls that only the watch over refused calls needs.</summary>
internal static unsafe partial class CallWatchLibc
{
    public const int CloseOnExec = 0x80000;
    public const int AddEntry = 1;
    public const int RemoveEntry = 2;

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int descriptor, nuint request, void* argument);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int CreatePoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int ChangePoll(int poll, int operation, int descriptor, PollNews* wanted);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int WaitPoll(int poll, PollNews* news, int most, int milliseconds);
}
