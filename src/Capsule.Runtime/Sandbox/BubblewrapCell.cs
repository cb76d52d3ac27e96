using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox.Refusals;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>One sandbox of bubblewrap's: speaks with the init inside it and checks from outside what that says.</summary>
internal sealed class BubblewrapCell : ICell
{
    private readonly CellRequest _request;
    private readonly OuterInit _outer;
    private readonly OuterInit.Watch _watch;
    private readonly UidLease _lease;
    private readonly TimeSpan _timeout;
    private readonly PacketReader _control;
    private readonly CellSockets _sockets;
    private readonly ConcurrentDictionary<int, CellProcess> _processes = [];
    private readonly Lock _gate = new();
    private readonly CallWatch _calls;
    private MemoryWatchdog? _watchdog;
    private CellCgroup? _cgroup;
    private CgroupWatch? _cgroupWatch;
    private LimitWatch? _limits;
    private int _lastId;
    private bool _ended;
    private bool _disposed;

    public BubblewrapCell(
        CellRequest request, OuterInit outer, OuterInit.Watch watch, UidLease lease, SafeFileHandle control, int initPid, Enforcement enforcement, CallWatch calls, TimeSpan timeout)
    {
        _request = request;
        _outer = outer;
        _watch = watch;
        _lease = lease;
        _timeout = timeout;
        _calls = calls;
        _sockets = new CellSockets(request.Name, (id, type) => !_ended && _control!.Send(new Packet(PacketKind.MakeSocket, id, (int)type)), timeout);
        InitPid = initPid;
        Enforcement = enforcement;
        _control = new PacketReader(control, $"capsule cell {request.Name}", Received, Ended);
        _control.Start();

        // bubblewrap has ended, or nobody watches it any more: the init inside ends with its connection, if it has not.
        watch.Ended.Task.ContinueWith(_ => _control.Dispose(), TaskScheduler.Default);
    }

    public Enforcement Enforcement { get; private set; }

    /// <summary>The host's number of process 1 inside.</summary>
    public int InitPid { get; }

    public IReadOnlyList<ExceededLimit> Exceeded => _limits?.Look() ?? [];

    /// <summary>Begins to hold and to watch the limits. The control groups are removed with the cell, which ends when they go before it.</summary>
    public void HoldBy(CellCgroup? cgroup)
    {
        _cgroup = cgroup;
        var limits = _limits = new LimitWatch(_request, InitPid, cgroup);
        _cgroupWatch = cgroup is null ? null : new CgroupWatch(cgroup, InitPid, () => limits.NotHeld(KillEverything));
        if (_request.Limits.Memory is { } memory && Enforcement.Limits["memory"] == CellLimits.Watchdog)
        {
            _watchdog = new MemoryWatchdog(InitPid, memory, () => limits.OutOfMemory(KillEverything));
        }
    }

    public async Task<Result<ICellProcess>> StartAsync(CellProcessRequest request, CancellationToken cancel)
    {
        if (request.Network != NetworkMode.None && (request.Network == NetworkMode.Host) != _request.HostNetwork)
        {
            return SandboxDiagnostics.NetworkNotOffered.Now(request.Name);
        }

        if (ProcessSpecificationWriter.HasNul(request))
        {
            return SandboxDiagnostics.TextHasNul.Now(request.Name);
        }

        var limits = CellLimits.Merge(_request.Limits, request.Limits);
        _request.Policy?.Invoke(SandboxPolicy.Of(_request, request, limits));
        using var specification = Descriptors.Memory(ProcessSpecificationWriter.Write(_request, request, CellLimits.OfProcess(_request.Limits, limits, Enforcement)));
        var (status, theirStatus) = Descriptors.PacketPair();
        using var handshake = new SealHandshake(status, request, _request.HostNetwork, _lease.Uid, InitPid, _timeout);
        var process = new CellProcess(Interlocked.Increment(ref _lastId), SendSignal, request, limits);
        lock (_gate)
        {
            if (_ended || _disposed)
            {
                theirStatus.Dispose();
                process.Abandon();
                return SandboxDiagnostics.CellEnded.Now(_request.Name);
            }

            _processes[process.Id] = process;
        }

        using (theirStatus)
        using (var ends = process.TakeChildEnds())
        {
            _control.Send(new Packet(PacketKind.StartProcess, process.Id), ends.Input, ends.Output, ends.Error, specification, theirStatus);
        }

        var problem = await handshake.RunAsync(cancel);
        if (problem is not null)
        {
            SendSignal(process.Id, Constants.SignalKill);
            process.Abandon();
            _processes.TryRemove(process.Id, out _);
            return _ended ? SandboxDiagnostics.CellEnded.Now(_request.Name) : problem;
        }

        process.HostPid = handshake.HostPid;
        var seen = handshake.TakeListener() is { } listener && _calls.Add(listener, request.Refused);
        lock (_gate)
        {
            Enforcement = Enforcement with { Sealed = [.. Enforcement.Sealed, handshake.Summary], RefusedCalls = seen ? "seen" : "not seen here" };
        }

        return process;
    }

    public Task<Socket> ListenAsync(IPEndPoint at, CancellationToken cancel) => _sockets.ListenAsync(Interlocked.Increment(ref _lastId), at, cancel);

    public Task<Socket> BindAsync(IPEndPoint at, CancellationToken cancel) => _sockets.BindAsync(Interlocked.Increment(ref _lastId), at, cancel);

    public Task<bool> AnswersAsync(int port, CancellationToken cancel) => _sockets.AnswersAsync(Interlocked.Increment(ref _lastId), port, cancel);

    public Task<Socket> ConnectAsync(int port, CancellationToken cancel) => _sockets.ConnectAsync(Interlocked.Increment(ref _lastId), port, cancel);

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _watchdog?.Dispose();
        _cgroupWatch?.Dispose();
        _limits?.Dispose();
        using var alive = ProcessHandle.Open(InitPid);
        KillEverything();
        _control.Dispose();
        await Task.WhenAny(_watch.Ended.Task, Task.Delay(_timeout));

        // The namespace's first process is gone only after everything in it is.
        await alive.WaitForEndAsync(_timeout);
        _cgroup?.Dispose();
        _lease.Dispose();
    }

    private void KillEverything() => _outer.Kill(_watch);

    private void SendSignal(int id, int signal) => _control.Send(new Packet(PacketKind.Signal, id, signal));

    private void Received(Packet packet, SafeFileHandle? descriptor, Credentials sender)
    {
        if (packet.Kind is PacketKind.MakeSocket or PacketKind.Failed && _sockets.Answer(packet.Id, descriptor, packet.Second))
        {
            return;
        }

        descriptor?.Dispose();
        if (packet.Kind == PacketKind.Ended && _processes.TryRemove(packet.Id, out var process))
        {
            process.EndWith(packet.First);
        }
    }

    private void Ended()
    {
        lock (_gate)
        {
            _ended = true;
        }

        foreach (var process in _processes.Values)
        {
            process.End(CellProcess.Killed);
        }

        _sockets.End();
    }
}
