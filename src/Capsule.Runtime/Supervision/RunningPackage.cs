using System.Collections.Concurrent;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Network;
using Capsule.Runtime.Relays;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Testing.Stubs;

namespace Capsule.Runtime.Supervision;

/// <summary>How a run came to its end by itself: the exit code for the caller, and the problem if it was one.</summary>
public sealed record RunEnd(int ExitCode, Diagnostic? Problem);

/// <summary>A package that runs. Disposing it stops everything in reverse order and leaves nothing but record and logs.</summary>
public sealed class RunningPackage : IAsyncDisposable
{
    private readonly PreparedRun _prepared;
    private readonly Lock _gate = new();
    private readonly List<LiveCell> _cells = [];
    private readonly List<KeptProcess> _started = [];
    private readonly HashSet<Task> _restarts = [];

    // A start is a talk with the kernel that keeps a thread; more at a time than there are processors make each one slower.
    private readonly SemaphoreSlim _starts = new(Math.Max(2, Environment.ProcessorCount));
    private readonly TaskCompletionSource<RunEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private PublicListener? _listener;
    private JoinListener? _commands;
    private PeerSockets? _peers;
    private RelayListener? _relays;
    private StubListener? _stubs;
    private StartSchedule? _schedule;
    private readonly Dictionary<string, OnCallProcess> _onCall = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<CellStage, Lazy<Task<LiveCell>>> _open = new();
    private int _stopped;
    private int _tasks;

    internal RunningPackage(PreparedRun prepared) => (_prepared, _stop) = (prepared, _stopping.Token);

    public string Id => _prepared.Id;

    public RunRecord Record => _prepared.Record;

    /// <summary>The public address, for example <c>http://127.0.0.1:40123/</c>; null for a package without public routes.</summary>
    public Uri? Address => _listener?.Address;

    /// <summary>What the declared outputs held, once the package has stopped.</summary>
    public IReadOnlyList<CollectedOutput> Collected => _prepared.Collected;

    public IReadOnlyList<PublicRoute> Routes => _prepared.Request.Plan.Public;

    /// <summary>Completes when a service ends by itself, or every task has; never because of a stop.</summary>
    public Task<RunEnd> Ended => _ended.Task;

    /// <summary>The way to a listener of a process, past the public listener; null when there is none of that name.</summary>
    public Dial? Dial(string process, string? listener = null)
    {
        var found = from cell in Cells()
                    from plan in cell.Stage.Plan.Processes
                    where plan.Id == process
                    from listen in plan.Listen
                    where listener is null || listen.Name == listener
                    select cell.Dial(listen);
        return found.FirstOrDefault() ?? DialExit(process);
    }

    /// <summary>The way to what the runner itself answers for; null when that is not it.</summary>
    private Dial? DialExit(string id) => _relays?.Dial(id) ?? _stubs?.Dial(id);

    /// <summary>The way from one process to another, if that runs by then.</summary>
    private Dial DialPeer(string process) => DialExit(process) ?? (cancel =>
    {
        SupervisedProcess? started;
        lock (_gate)
        {
            started = _started.LastOrDefault(p => p.Plan.Id == process)?.Current;
        }

        return started is null ? throw new IOException("it is not started")
            : started.Exited.IsCompleted ? throw new IOException("it has ended")
            : Dial(process) is { } dial ? dial(cancel)
            : throw new IOException("it listens nowhere");
    });

    /// <summary>The open sandbox of a cell, while it is open.</summary>
    internal ICell? Find(CellStage stage) => _stopped == 0 ? Cells().FirstOrDefault(c => c.Stage == stage)?.Cell : null;

    /// <summary>Stops everything: the listener first, then the processes, each after those that depend on it.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
        {
            return;
        }

        _prepared.Update(r => r with { State = RunState.Stopping });
        await CloseAsync(graceful: true);
        await _prepared.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    /// <summary>Starts all lasting processes, each as soon as those it depends on are ready. Throws <see cref="RefusedException"/>.</summary>
    internal async Task StartProcessesAsync(IReadOnlyList<ProcessPlan> ordered, IReadOnlyDictionary<string, CellStage> stages, CancellationToken cancel)
    {
        _relays = await _prepared.ServeRelaysAsync(cancel);
        _stubs = await _prepared.ServeStubsAsync(cancel);
        _peers = await _prepared.ServePeersAsync(DialPeer, ReadyAsync, cancel);
        _tasks = ordered.Count(p => p.Stage is ProcessStage.Task);
        var cells = stages.Values.SelectMany(s => s.Plan.Processes.Select(p => (p.Id, Stage: s))).ToDictionary(e => e.Id, e => e.Stage, StringComparer.Ordinal);
        foreach (var process in _prepared.Request.OnCall ? OnCallProcess.Among(ordered, _prepared.Request.Plan) : [])
        {
            _onCall[process.Id] = new OnCallProcess(process, stop => MakeAsync(cells[process.Id], process, stop), _prepared.Log, e => _ = WatchAsync(e));
            _prepared.Update(r => r with { Processes = [.. r.Processes, new ProcessRecord(process.Id, 0, null) { State = ProcessState.Waiting }] });
        }

        using var schedule = new StartSchedule((process, stop) => StartAsync(cells[process.Id], process, stop), cancel);
        _schedule = schedule;
        try
        {
            await schedule.RunAsync([.. ordered.Where(p => !_onCall.ContainsKey(p.Id))]);
        }
        finally
        {
            lock (_gate)
            {
                _schedule = null;
            }
        }
    }

    /// <summary>The cell, opened by whoever needs it first; one that could not be opened is tried again by the next.</summary>
    private async Task<LiveCell> CellAsync(CellStage stage, CancellationToken cancel)
    {
        var opening = _open.GetOrAdd(stage, s => new Lazy<Task<LiveCell>>(() => OpenAsync(s, cancel)));
        try
        {
            return await opening.Value;
        }
        catch
        {
            _open.TryRemove(KeyValuePair.Create(stage, opening));
            throw;
        }
    }

    private async Task<LiveCell> OpenAsync(CellStage stage, CancellationToken cancel)
    {
        var live = new LiveCell(stage);
        try
        {
            await OpenAsync(live, stage, cancel);
            return live;
        }
        catch
        {
            lock (_gate)
            {
                _cells.Remove(live);
            }

            await live.DisposeAsync();
            throw;
        }
    }

    private async Task OpenAsync(LiveCell live, CellStage stage, CancellationToken cancel)
    {
        foreach (var process in live.Lasting)
        {
            live.Instances[process.Id] = _prepared.Instance(stage, process);
        }

        foreach (var hydrate in stage.Plan.Processes.Where(p => p.Stage is ProcessStage.Hydrate))
        {
            await _prepared.RunStageAsync(stage, hydrate, live.Instances.Values.First().PresenceId, cancel);
        }

        lock (_gate)
        {
            _cells.Add(live);
        }

        IReadOnlyList<CellMount> mounts = [.. await _prepared.SocketsAsync(live, live.Instances.Values, cancel), .. _peers!.Mounts(stage.Plan.Id)];
        live.Opened(await _prepared.OpenAsync(stage, live.Lasting, mounts, cancel), mounts);
    }

    private async Task StartAsync(CellStage stage, ProcessPlan plan, CancellationToken cancel)
    {
        var process = await MakeAsync(stage, plan, cancel);
        await process.StartAsync(cancel);
        _ = WatchAsync(process);
    }

    private async Task<KeptProcess> MakeAsync(CellStage stage, ProcessPlan plan, CancellationToken cancel)
    {
        var live = await CellAsync(stage, cancel);
        MachineNetwork.CheckPorts(plan, _prepared.Request.Home);
        var process = new KeptProcess(_prepared, live, plan, _starts, Note, _stop);
        lock (_gate)
        {
            _started.Add(process);
        }

        return process;
    }

    /// <summary>Null once the process can be called, or why it cannot; one that starts at a call, and does not run, is started.</summary>
    internal async Task<Diagnostic?> ReadyAsync(string process, CancellationToken cancel)
    {
        if (!_onCall.TryGetValue(process, out var waiting) || waiting.IsUp)
        {
            return null;
        }

        Task<Diagnostic?> start;
        lock (_gate)
        {
            if (_stopped != 0)
            {
                return NetworkDiagnostics.PeerNotReady.Now(process, "the run is stopping");
            }

            _restarts.RemoveWhere(r => r.IsCompleted);
            _restarts.Add(start = waiting.StartAsync(_stop));
        }

        return await start.WaitAsync(cancel);
    }

    /// <summary>From now on <c>capsule exec</c> may start commands beside the processes.</summary>
    internal void TakeCommands(RunFolder folder)
    {
        if (_cells.Count == 0 && _onCall.Count == 0)
        {
            return;
        }

        try
        {
            _commands = new JoinListener(folder.Folder(JoinSocket.FolderName), _prepared.JoinAsync, _prepared.Log);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            throw new RefusedException(SupervisionDiagnostics.NotKept.Now(folder.Path, problem.Message));
        }
    }

    /// <summary>Everything answers: requests at the public port, which the run has held from its first moment, may come in. Throws <see cref="RefusedException"/>.</summary>
    internal void Open(PublicListener? listener)
    {
        var request = _prepared.Request;
        _listener = listener;
        if (listener is null)
        {
            return;
        }

        var problem = listener.Serve(new PublicListenerRequest
        {
            Routes = request.Plan.Public,
            Tree = request.TreeDirectory,
            Dial = (process, name) => _onCall.ContainsKey(process)
                ? cancel => Dial(process, name) is { } dial ? dial(cancel) : throw new IOException("it is not started")
                : Dial(process, name) ?? throw new InvalidOperationException($"{process} has no listener {name}"),
            Ready = _onCall.Count == 0 ? null : ReadyAsync,
        });
        if (problem is not null)
        {
            throw new RefusedException(problem);
        }

        _prepared.Log.Say($"listening on {listener.Address}");
    }

    /// <summary>The start failed: everything ends, without waiting for anyone's good manners.</summary>
    internal async Task AbandonAsync()
    {
        _stopped = 1;
        await CloseAsync(graceful: false);
    }

    private async Task CloseAsync(bool graceful)
    {
        await _stopping.CancelAsync();
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        if (_commands is not null)
        {
            await _commands.DisposeAsync();
        }

        await RestartsEndAsync();
        if (graceful)
        {
            await StopSchedule.RunAsync([.. _started.Select(p => p.Current).OfType<SupervisedProcess>()]);
        }

        foreach (var cell in Enumerable.Reverse(Cells()))
        {
            await cell.DisposeAsync();
            foreach (var process in cell.Processes)
            {
                Note(process, ProcessState.Ended, process.Exited.IsCompletedSuccessfully ? process.Exited.Result : null, null);
            }
        }

        // The last words of a process may be a call to another.
        if (_peers is not null)
        {
            await _peers.DisposeAsync();
        }

        if (_relays is not null)
        {
            await _relays.DisposeAsync();
        }

        if (_stubs is not null)
        {
            await _stubs.DisposeAsync();
        }

        _starts.Dispose();
        _stopping.Dispose();
    }

    private async Task WatchAsync(KeptProcess kept)
    {
        while (true)
        {
            var code = await kept.Current!.EndAsync(CancellationToken.None);
            if (_stopped != 0)
            {
                return;
            }

            if (_onCall.ContainsKey(kept.Plan.Id))
            {
                Note(kept.Current, ProcessState.Waiting, code, null);
                _prepared.Log.Say($"{kept.Plan.Id} ended by itself with exit code {code}; the next call starts it again", code == 0 ? LogLevel.Info : LogLevel.Warn);
                return;
            }

            Note(kept.Current, ProcessState.Ended, code, null);
            var problem = kept.Plan.Stage is ProcessStage.Task ? null : SupervisionDiagnostics.ServiceEnded.Now(kept.Plan.Id, code, _prepared.Log.Tail(kept.Plan.Id));
            var (runs, refusal) = await StartAgainAsync(kept, code);
            if (!runs)
            {
                Finish(code, refusal ?? problem);
                return;
            }
        }
    }

    /// <summary>A process has come to its end by itself: with a problem the run has too; without, it was a task.</summary>
    private void Finish(int code, Diagnostic? problem)
    {
        if (_stopped != 0)
        {
            return;
        }

        if (problem is not null)
        {
            _ended.TrySetResult(new RunEnd((int)ExitCode.ProcessFailed, problem));
            lock (_gate)
            {
                _schedule?.Fail(problem);
            }
        }
        else if (code != 0 || Interlocked.Decrement(ref _tasks) == 0)
        {
            _ended.TrySetResult(new RunEnd(code, null));
        }
    }

    private LiveCell[] Cells()
    {
        lock (_gate)
        {
            return [.. _cells];
        }
    }

    /// <summary>Whether it runs and is ready again, or why it did not come back. A stop waits for the answer.</summary>
    private async Task<(bool Runs, Diagnostic? Refusal)> StartAgainAsync(KeptProcess process, int code)
    {
        Task<bool> restart;
        lock (_gate)
        {
            if (_stopped != 0)
            {
                return (false, null);
            }

            restart = process.StartAgainAsync(code, _stop);
            _restarts.Add(restart);
        }

        try
        {
            return (await restart, null);
        }
        catch (RefusedException refused)
        {
            return (false, refused.Diagnostic);
        }
        catch (OperationCanceledException)
        {
            return (false, null);
        }
        finally
        {
            lock (_gate)
            {
                _restarts.Remove(restart);
            }
        }
    }

    private async Task RestartsEndAsync()
    {
        Task[] pending;
        lock (_gate)
        {
            pending = [.. _restarts];
        }

        await Task.WhenAll(pending).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private void Note(SupervisedProcess process, ProcessState state, int? code, int? restarts) => _prepared.Update(r => r with
    {
        Processes =
        [
            .. r.Processes.Where(p => p.Id != process.Plan.Id),
            new ProcessRecord(process.Plan.Id, process.HostPid, code, restarts ?? r.Processes.FirstOrDefault(p => p.Id == process.Plan.Id)?.Restarts ?? 0) { State = state },
        ],
    });
}
