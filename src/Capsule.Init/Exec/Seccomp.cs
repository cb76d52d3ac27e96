using System.Runtime.InteropServices;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Exec;

/// <summary>
/// Installs the system-call filter on this thread (seccomp(2)), where the kernel allows it with a listener: refused calls then wait
/// for the runner, which always answers with the same error. Where an outer sandbox listens already (EBUSY), or the kernel is
/// old, the kernel answers them itself: the same walls, unseen.
/// </summary>
internal static unsafe class Seccomp
{
    private const int SetModeFilter = 1;
    private const int NewListener = (int)SystemCallTable.NewListener;

    /// <summary>From Linux 5.19: a call that waits for its answer is disturbed by no signal but a deadly one.</summary>
    private const int WaitKillable = 32;

    /// <param name="sockets">Which sockets may be made.</param>
    /// <param name="listener">The descriptor (close-on-exec) that refused calls are read from; -1 where there is none.</param>
    public static bool Apply(SocketRule sockets, out int listener)
    {
        var seen = new SystemCallFilter(sockets, seen: true).Build();
        listener = (int)Install(seen, NewListener | WaitKillable);
        if (listener < 0 && Marshal.GetLastPInvokeError() == Constants.InvalidArgument)
        {
            listener = (int)Install(seen, NewListener);
        }

        return listener >= 0 || Install(new SystemCallFilter(sockets, seen: false).Build(), 0) == 0;
    }

    private static nint Install(ulong[] filter, int flags)
    {
        fixed (ulong* instructions = filter)
        {
            FilterProgram program;
            program.Length = (ushort)filter.Length;
            program.Instructions = instructions;
            return Libc.SystemCall(CallNumbers.Seccomp, SetModeFilter, flags, (nint)(&program), 0, 0);
        }
    }

    /// <summary><c>struct sock_fprog</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public ulong* Instructions;
    }
}
