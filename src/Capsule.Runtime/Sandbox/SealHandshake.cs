using System.Globalization;
using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// The talk with an exec copy before its exec: it says what is sealed, we check that against /proc, and only then it may go
/// on (specs: sandbox 2, fail-closed handshake). The sender's process id is the kernel's word.
/// </summary>
internal sealed class SealHandshake(SafeFileHandle status, CellProcessRequest request, bool hostNetwork, int uid, int initPid, TimeSpan timeout) : IDisposable
{
    private const string ListenerName = "anon_inode:seccomp notify";
    private SafeFileHandle? _listener;

    public int HostPid { get; private set; }

    /// <summary>For the run record.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Null when the program has been executed.</summary>
    public async Task<Diagnostic?> RunAsync(CancellationToken cancel)
    {
        // Blocking reads on a descriptor of ours; cancelling shuts it down.
        await using var stop = cancel.Register(() => Libc.Shutdown(status.Number(), Constants.ShutdownBoth));
        var problem = await Task.Run(Talk, CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        return problem;
    }

    /// <summary>What tells of refused calls, now the caller's; null where the kernel gave none.</summary>
    public SafeFileHandle? TakeListener() => Interlocked.Exchange(ref _listener, null);

    public void Dispose()
    {
        status.Dispose();
        _listener?.Dispose();
    }

    private Diagnostic? Talk()
    {
        if (!Receive(out var packet, out var sender))
        {
            return SandboxDiagnostics.SealFailed.Now(request.Name, InitStep.Spawn, "no answer from inside");
        }

        if (packet.Kind == PacketKind.Failed)
        {
            return Explain(packet);
        }

        HostPid = sender.Pid;
        var seen = ProcessStatus.Read(sender.Pid);
        var problem = packet.Kind != PacketKind.Sealed || seen is null ? "it did not say that it is sealed"
            : _listener is not null && Link(_listener) != ListenerName ? $"it handed out {Link(_listener)}"
            : seen.OpenSeal(uid, hostNetwork) ?? (seen.Namespace("pid") == ProcessStatus.Read(initPid)?.Namespace("pid") ? null : "it is not in its cell");
        if (problem is not null)
        {
            return SandboxDiagnostics.SealBroken.Now(request.Name, problem);
        }

        Summary = string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Name}: seccomp={(SocketRule)packet.Second} landlock={packet.First} no_new_privs=1 capabilities=0 uid={uid} {seen!.Namespace("net")}");
        PacketSocket.Send(status.Number(), new Packet(PacketKind.Go, 0));
        return Receive(out packet, out _) ? Explain(packet) : null;
    }

    private bool Receive(out Packet packet, out Credentials sender)
    {
        packet = default;
        sender = default;
        Span<int> shown = stackalloc int[1];
        if (!ReadablePoll.Wait(status.Number(), timeout) || !PacketSocket.Receive(status.Number(), out packet, shown, out var count, out sender))
        {
            return false;
        }

        if (count > 0)
        {
            _listener?.Dispose();
            _listener = Descriptors.Own(shown[0]);
        }

        return true;
    }

    private static string Link(SafeFileHandle descriptor) => new FileInfo($"/proc/self/fd/{descriptor.Number()}").LinkTarget ?? "";

    private Diagnostic Explain(Packet packet)
    {
        var why = Marshal.GetPInvokeErrorMessage(packet.Second);
        return (InitStep)packet.First switch
        {
            InitStep.Execute => SandboxDiagnostics.ProgramNotStarted.Now(request.Name, request.Argv[0], why),
            InitStep.WorkingDirectory => SandboxDiagnostics.WorkingDirectoryAbsent.Now(request.Name, request.Cwd, why),
            var step => SandboxDiagnostics.SealFailed.Now(request.Name, step, why),
        };
    }
}
