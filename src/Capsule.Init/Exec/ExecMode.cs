using System.Runtime.InteropServices;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Exec;

/// <summary>
/// Becomes one workload process: own session, limits, descriptors closed, no_new_privs, Landlock, seccomp; then says what is
/// sealed, waits for the runner's word, and executes. The status socket closes with the exec, which tells the runner that it
/// worked; otherwise the socket carries the step and errno (specs: platform 1, trap 5).
/// </summary>
internal static unsafe class ExecMode
{
    private const int FirstInherited = 3;
    private const int KernelSignalSetSize = 8;
    private const int FileMask = 0x12; // 022

    public static int Run()
    {
        var specification = ProcessSpecification.Read(Protocol.SpecificationDescriptor);
        if (specification is null)
        {
            return Fail(InitStep.Specification, Constants.InvalidArgument);
        }

        Libc.ProcessControl(Constants.SetDumpable, 0, 0, 0, 0);
        Libc.Umask(FileMask);
        if (Libc.SetSession() < 0)
        {
            return Fail(InitStep.Session, Marshal.GetLastPInvokeError());
        }

        if (Libc.ChangeDirectory(specification.WorkingDirectory) != 0)
        {
            return Fail(InitStep.WorkingDirectory, Marshal.GetLastPInvokeError());
        }

        if (!ResourceLimits.Apply(specification.Limits))
        {
            return Fail(InitStep.Limits, Marshal.GetLastPInvokeError());
        }

        if (Libc.SystemCall(CallNumbers.CloseRange, FirstInherited, int.MaxValue, Constants.CloseRangeCloseOnExec, 0, 0) != 0)
        {
            return Fail(InitStep.Descriptors, Marshal.GetLastPInvokeError());
        }

        if (Libc.ProcessControl(Constants.SetNoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return Fail(InitStep.NoNewPrivileges, Marshal.GetLastPInvokeError());
        }

        var abi = Landlock.Restrict(specification.Rules);
        if (abi < 0)
        {
            return Fail(InitStep.Landlock, -abi);
        }

        if (!Seccomp.Apply(specification.Sockets, out var listener))
        {
            return Fail(InitStep.Seccomp, Marshal.GetLastPInvokeError());
        }

        ReadOnlySpan<int> shown = listener < 0 ? [] : [listener];
        var told = PacketSocket.Send(Protocol.StatusDescriptor, new Packet(PacketKind.Sealed, 0, abi, (int)specification.Sockets), shown);
        Libc.Close(listener);
        if (!told
            || !PacketSocket.Receive(Protocol.StatusDescriptor, out var answer, [], out _, out _)
            || answer.Kind != PacketKind.Go)
        {
            return (int)InitStep.Status;
        }

        ResetSignals();
        return Fail(InitStep.Execute, ProgramSearch.Execute(specification.Arguments, specification.Environment));
    }

    /// <summary>Ignored and blocked signals survive an exec; the runtime's own must not reach the workload.</summary>
    private static void ResetSignals()
    {
        // All zero: the default action (struct sigaction of the kernel), no signal blocked.
        var none = stackalloc byte[128];
        new Span<byte>(none, 128).Clear();
        for (var signal = 1; signal <= Constants.SignalLast; signal++)
        {
            Libc.SystemCall(CallNumbers.SignalAction, signal, (nint)none, 0, KernelSignalSetSize, 0);
        }

        Libc.SignalMask(Constants.SetMask, none, null);
    }

    private static int Fail(InitStep step, int error)
    {
        PacketSocket.Send(Protocol.StatusDescriptor, new Packet(PacketKind.Failed, 0, (int)step, error));
        return (int)step;
    }
}
