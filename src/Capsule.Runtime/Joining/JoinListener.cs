using System.Collections.Concurrent;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Joining;

/// <summary>
/// The runner's door for <c>capsule exec</c>: a socket in the run's private folder, which answers to the runner's own user only, and to nothing in a cell.
/// The runner alone talks to the cell's init; a command ends with its caller, and with the run.
/// </summary>
internal sealed class JoinListener : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Func<JoinRequest, CellStreams, CancellationToken, Task<Result<SupervisedProcess>>> _start;
    private readonly HeldFolder _folder;
    private readonly Socket _socket;
    private readonly RunLog _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _sessions = [];
    private readonly Task _accepting;

    /// <summary>Listens at once.</summary>
    /// <param name="folder">The run's private folder for the socket.</param>
    /// <param name="start">Starts what is asked for.</param>
    /// <param name="log">Names each command.</param>
    public JoinListener(string folder, Func<JoinRequest, CellStreams, CancellationToken, Task<Result<SupervisedProcess>>> start, RunLog log)
    {
        (_start, _log) = (start, log);

        // Held for as long as the socket: a long CAPSULE_HOME must not make its name too long for the kernel (108 bytes).
        _folder = HeldFolder.Open(folder);
        _socket = JoinSocket.Make();
        _socket.Bind(new UnixDomainSocketEndPoint($"{_folder.StablePath}/{JoinSocket.FileName}"));
        _socket.Listen();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        await Task.WhenAll(_sessions.Keys);
        _socket.Dispose();
        _folder.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                using var caller = await _socket.AcceptAsync(_stop.Token);
                if (MayAsk(JoinSocket.Peer(caller)))
                {
                    var session = ServeAsync(JoinSocket.Take(caller));
                    _sessions[session] = true;
                    _ = session.ContinueWith(s => _sessions.TryRemove(s, out _), TaskScheduler.Default);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception problem) when (problem is SocketException or IOException)
            {
                // Out of descriptors, or a caller that hung up at once.
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    /// <summary>The runner's own user, from outside of every cell: a workload of the same user's may be given a folder in which the socket lies.</summary>
    private static bool MayAsk((int Pid, int Uid) caller) =>
        caller.Uid == (int)Libc.GetEffectiveUid() && ProcessStatus.Read(caller.Pid)?.Namespace("pid") is { } inside && inside == ProcessStatus.Read(Environment.ProcessId)?.Namespace("pid");

    private async Task ServeAsync(JoinSocket caller)
    {
        await Task.Yield();
        var ended = _stop.Token.Register(caller.End);
        try
        {
            using var asked = await caller.ReceiveAsync();
            if (asked is null)
            {
                return;
            }

            var started = await StartAsync(asked);
            if (started.Succeeded)
            {
                await using var process = started.Value;
                caller.Send(new Packet(PacketKind.Started, 0, process.HostPid));
                await AttendAsync(caller, process);
            }
            else
            {
                using var refusal = Descriptors.Memory(JoinRefusal.Write(started.Diagnostics.First(d => d.IsError)));
                caller.Send(new Packet(PacketKind.Failed, 0), refusal);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The run ends; the caller sees the end of the connection.
        }
        finally
        {
            await ended.DisposeAsync();
            caller.Dispose();
        }
    }

    private async Task<Result<SupervisedProcess>> StartAsync(JoinSocket.Received asked)
    {
        const int Wanted = 4;
        if (asked.Packet.Kind != PacketKind.StartProcess || asked.Descriptors.Length != Wanted)
        {
            return JoinDiagnostics.BadRequest.Now("it is no start of a program");
        }

        var streams = new CellStreams(asked.Descriptors[0], asked.Descriptors[1], asked.Descriptors[2]);
        if (streams.Foreign() is { } foreign)
        {
            return JoinDiagnostics.BadRequest.Now($"{foreign} is no pipe");
        }

        if (JoinRequest.Read(asked.Text()) is not { } request)
        {
            return JoinDiagnostics.BadRequest.Now("its text is damaged");
        }

        // With secrets about, the command gets pipes of ours, and the caller what is left of them behind the mask.
        var masked = MaskedStreams.Of(streams, _log.Mask);
        var started = await _start(request, masked, _stop.Token);
        if (!started.Succeeded)
        {
            masked.Dispose();
        }

        return started;
    }

    /// <summary>Until the command ends, or its caller does.</summary>
    private async Task AttendAsync(JoinSocket caller, SupervisedProcess process)
    {
        _log.Say($"{process} was started by 'capsule exec'");
        var orders = ObeyAsync(caller, process);
        try
        {
            await Task.WhenAny(orders, process.Exited);
        }
        finally
        {
            // What it started beside itself goes with it.
            process.Kill();
        }

        try
        {
            var code = await process.EndAsync(_stop.Token);
            _log.Say($"{process} ended with exit code {code}");
            caller.Send(new Packet(PacketKind.Ended, 0, code));
        }
        finally
        {
            caller.End();
            await orders;
        }
    }

    private static async Task ObeyAsync(JoinSocket caller, SupervisedProcess process)
    {
        while (await caller.ReceiveAsync() is { } order)
        {
            using (order)
            {
                if (order.Packet.Kind == PacketKind.Signal)
                {
                    await process.SignalAsync(order.Packet.First);
                }
            }
        }
    }
}
