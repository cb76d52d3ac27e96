using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>The runner's end of <c>capsule-init outer</c>: the one process that starts and kills sandboxes (specs: sandbox 2, one spawner).</summary>
internal sealed class OuterInit : IAsyncDisposable
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<int, Watch> _cells = [];
    private readonly Process _process;
    private readonly PacketReader _connection;
    private int _lastId;
    private volatile bool _ended;

    private OuterInit(Process process, SafeFileHandle socket)
    {
        _process = process;
        _connection = new PacketReader(socket, "capsule outer init", Received, Ended);
        _connection.Start();
    }

    public int Pid => _process.Id;

    public bool IsAlive => !_ended;

    public static async Task<Result<OuterInit>> StartAsync(string initPath, string bubblewrap, CancellationToken cancel)
    {
        // A name without a file: a runner that is killed at any moment leaves nothing. Both ends check who the other one is.
        var name = string.Create(CultureInfo.InvariantCulture, $"capsule-{Environment.ProcessId}-{Guid.NewGuid():N}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Seqpacket, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint("\0" + name));
        listener.Listen();
        var start = new ProcessStartInfo(initPath, [Protocol.OuterMode, name, bubblewrap])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            return SandboxDiagnostics.SpawnerEnded.Now(problem.Message);
        }

        try
        {
            return await AcceptAsync(listener, process, cancel);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }
    }

    /// <summary>Has a sandbox started; the result completes with the process id of bubblewrap, or minus a step of the init.</summary>
    public Watch Open(int uid, int gid, params ReadOnlySpan<SafeFileHandle> descriptors)
    {
        var watch = new Watch(Interlocked.Increment(ref _lastId));
        _cells[watch.Id] = watch;
        if (_ended || !_connection.Send(new Packet(PacketKind.OpenCell, watch.Id, uid, gid), descriptors))
        {
            _ended = true;
            Finish(watch, -(int)InitStep.Connect);
        }

        return watch;
    }

    public void Kill(Watch watch) => _connection.Send(new Packet(PacketKind.KillCell, watch.Id));

    public async ValueTask DisposeAsync()
    {
        // The end of the connection makes the init kill its cells and leave.
        _connection.Dispose();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(ConnectTimeout);
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<Result<OuterInit>> AcceptAsync(Socket listener, Process process, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(ConnectTimeout);
        var accepting = AcceptAsync(listener, process.Id, limit.Token);
        var exiting = process.WaitForExitAsync(limit.Token);
        await Task.WhenAny(accepting, exiting);
        cancel.ThrowIfCancellationRequested();
        if (!accepting.IsCompletedSuccessfully)
        {
            await limit.CancelAsync();
            var why = process.HasExited ? $"{(InitStep)process.ExitCode}, {await process.StandardError.ReadToEndAsync(cancel)}" : "no connection in time";
            process.Kill();
            process.Dispose();
            return SandboxDiagnostics.SpawnerEnded.Now(why.Trim());
        }

        using var socket = await accepting;

        // A blocking descriptor of our own: the framework's socket goes with its object.
        var own = Libc.Fcntl((int)socket.Handle, Constants.DuplicateCloseOnExec, 0);
        Libc.Fcntl(own, Constants.SetStatusFlags, 0);
        return new OuterInit(process, Descriptors.Own(own));
    }

    /// <summary>The connection of the process that was started; others may know the name too, and get nothing.</summary>
    private static async Task<Socket> AcceptAsync(Socket listener, int pid, CancellationToken cancel)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync(cancel);
            var credentials = new byte[12];
            socket.GetRawSocketOption(Constants.SocketLevel, Constants.PeerCredentials, credentials);
            if (BitConverter.ToInt32(credentials) == pid)
            {
                return socket;
            }

            socket.Dispose();
        }
    }

    private void Received(Packet packet, SafeFileHandle? descriptor, Credentials sender)
    {
        descriptor?.Dispose();
        if (!_cells.TryGetValue(packet.Id, out var watch))
        {
            return;
        }

        switch (packet.Kind)
        {
            case PacketKind.Started:
                watch.Started.TrySetResult(packet.First);
                break;
            case PacketKind.Failed:
                Finish(watch, -packet.First);
                break;
            case PacketKind.Ended:
                Finish(watch, packet.First);
                break;
        }
    }

    private void Ended()
    {
        _ended = true;
        foreach (var watch in _cells.Values)
        {
            Finish(watch, -(int)InitStep.Connect);
        }
    }

    private void Finish(Watch watch, int status)
    {
        _cells.TryRemove(watch.Id, out _);
        watch.Started.TrySetResult(status);
        watch.Ended.TrySetResult(status);
    }

    /// <summary>One sandbox as the outer init sees it.</summary>
    public sealed class Watch(int id)
    {
        public int Id => id;

        /// <summary>The process id of bubblewrap, or minus an <see cref="InitStep"/>.</summary>
        public TaskCompletionSource<int> Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>bubblewrap's wait status, or minus an <see cref="InitStep"/>.</summary>
        public TaskCompletionSource<int> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
