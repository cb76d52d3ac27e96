using System.Runtime.InteropServices;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Exec;

/// <summary>Installs the system-call filter on this thread (seccomp(2)).</summary>
internal static unsafe class Seccomp
{
    private const int SetModeFilter = 1;

    public static bool Apply(SocketRule sockets)
    {
        var filter = new SystemCallFilter(sockets).Build();
        fixed (ulong* instructions = filter)
        {
            FilterProgram program;
            program.Length = (ushort)filter.Length;
            program.Instructions = instructions;
            return Libc.SystemCall(CallNumbers.Seccomp, SetModeFilter, 0, (nint)(&program), 0, 0) == 0;
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
