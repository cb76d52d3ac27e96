using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>How a run came to its end by itself: the exit code for the caller, and the problem if it was one.</summary>
public sealed record RunEnd(int ExitCode, Diagnostic? Problem);

/// <summary>A package that runs. Disposing it stops everything in reverse order and leaves nothing but record and logs.</summary>
public sealed class RunningPackage : IAsyncDisposable
{
    private readonly PreparedRun _prepared;
    private readonly Lock _gate = new();
    private readonly List<LiveCell> _cells = [];
    private readonly List<SupervisedProcess> _started = [];

    // A start is a talk with the kernel that keeps a thread; more at a time than there are processors make each one slower.
    private readonly SemaphoreSlim _starts = new(Math.Max(2, Environment.ProcessorCount));
    private readonly TaskCompletionSource<RunEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private PublicListener? _listener;
    private JoinListener? _commands;
    private PeerSockets? _peers;
    private StartSchedule? _schedule;
    private int _stopped;
    private int _tasks;

    internal RunningPackage(PreparedRun prepared) => _prepared = prepared;

    public string Id => _prepared.Id;

    public RunRecord Record => _prepared.Record;

    /// <summary>The public address, for example <c>http://127.0.0.1:40123/</c>; null for a package without public routes.</summary>
    public Uri? Address => _listener?.Address;

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
        return found.FirstOrDefault();
    }

    /// <summary>The way from one process to another, if that runs by then.</summary>
    private Dial DialPeer(string process) => cancel =>
    {
        SupervisedProcess? started;
        lock (_gate)
        {
            started = _started.LastOrDefault(p => p.Plan.Id == process);
        }

        return started is null ? throw new IOException("it is not started")
            : started.Exited.IsCompleted ? throw new IOException("it has ended")
            : Dial(process) is { } dial ? dial(cancel)
            : throw new IOException("it listens nowhere");
    };

    /// <summary>The open sandbox of a cell, while it is open.</summary>
    internal Sandbox.ICell? Find(CellStage stage) => _stopped == 0 ? Cells().FirstOrDefault(c => c.Stage == stage)?.Cell : null;

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
        _peers = await _prepared.ServePeersAsync(DialPeer, cancel);
        _tasks = ordered.Count(p => p.Stage is ProcessStage.Task);
        var cells = stages.Values.SelectMany(s => s.Plan.Processes.Select(p => (p.Id, Stage: s))).ToDictionary(e => e.Id, e => e.Stage, StringComparer.Ordinal);
        var open = stages.Values.ToDictionary(s => s, s => new Lazy<Task<LiveCell>>(() => OpenAsync(s, cancel)));
        using var schedule = new StartSchedule(async (process, stop) => await StartAsync(await open[cells[process.Id]].Value, process, stop), cancel);
        _schedule = schedule;
        try
        {
            await schedule.RunAsync(ordered);
        }
        finally
        {
            lock (_gate)
            {
                _schedule = null;
            }
        }
    }

    private async Task<LiveCell> OpenAsync(CellStage stage, CancellationToken cancel)
    {
        var live = new LiveCell(stage);
        lock (_gate)
        {
            _cells.Add(live);
        }

        var processes = stage.Plan.Processes.Where(StageOrder.IsLasting).ToList();
        foreach (var process in processes)
        {
            live.Instances[process.Id] = _prepared.Instance(stage.Plan, process);
        }

        var sockets = await _prepared.SocketsAsync(live, live.Instances.Values, cancel);
        live.Opened(await _prepared.OpenAsync(stage, processes, [.. sockets, .. _peers!.Mounts(stage.Plan.Id)], cancel));
        return live;
    }

    private async Task StartAsync(LiveCell live, ProcessPlan plan, CancellationToken cancel)
    {
        var instance = live.Instances[plan.Id];
        var family = _prepared.Request.Hooks?.Variables(instance) ?? new Dictionary<string, string>();
        SupervisedProcess process;
        await _starts.WaitAsync(cancel);
        try
        {
            process = await _prepared.StartAsync(live.Stage, live.Cell!, plan, family, null, null, cancel);
        }
        finally
        {
            _starts.Release();
        }

        live.Started(process);
        lock (_gate)
        {
            _started.Add(process);
        }

        Note(process, null);
        var problem = await Readiness.WaitAsync(process, instance, name => live.Dial(plan.Listen.First(l => l.Name == name)), _prepared.Log, cancel);
        if (problem is not null)
        {
            throw new RefusedException(problem);
        }

        _prepared.Log.Say($"{plan.Id} is ready");
        _ = WatchAsync(process);
    }

    /// <summary>From now on <c>capsule exec</c> may start commands beside the processes.</summary>
    internal void TakeCommands(RunFolder folder)
    {
        if (_cells.Count == 0)
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

    internal async Task ListenAsync(CancellationToken cancel)
    {
        var request = _prepared.Request;
        if (request.Plan.Public.Count == 0)
        {
            return;
        }

        var started = await PublicListener.StartAsync(
            new PublicListenerRequest
            {
                Routes = request.Plan.Public,
                Port = request.Port ?? request.Plan.PublicPort ?? 0,
                Tree = request.TreeDirectory,
                Dial = (process, listener) => Dial(process, listener) ?? throw new InvalidOperationException($"{process} has no listener {listener}"),
            },
            cancel);
        _listener = started.Succeeded ? started.Value : throw new RefusedException(Named(started.Diagnostics.First(d => d.IsError), request));
        _prepared.Log.Say($"listening on {_listener.Address}");
    }

    private static Diagnostic Named(Diagnostic problem, RunRequest request)
    {
        var port = request.Port ?? request.Plan.PublicPort ?? 0;
        return problem.Kind == NetworkDiagnostics.PortTaken && PortHolder.Of(port) is { } holder
            ? NetworkDiagnostics.PortTaken.Now(port, holder.Describe(request.Home, port))
            : problem;
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

        if (graceful)
        {
            await StopSchedule.RunAsync(_started);
        }

        foreach (var cell in Enumerable.Reverse(Cells()))
        {
            await cell.DisposeAsync();
            foreach (var process in cell.Processes)
            {
                Note(process, process.Exited.IsCompletedSuccessfully ? process.Exited.Result : null);
            }
        }

        // The last words of a process may be a call to another.
        if (_peers is not null)
        {
            await _peers.DisposeAsync();
        }

        _starts.Dispose();
        _stopping.Dispose();
    }

    private async Task WatchAsync(SupervisedProcess process)
    {
        var code = await process.EndAsync(CancellationToken.None);
        if (_stopped != 0)
        {
            return;
        }

        Note(process, code);
        if (process.Plan.Stage is not ProcessStage.Task)
        {
            var problem = SupervisionDiagnostics.ServiceEnded.Now(process.Plan.Id, code, _prepared.Log.Tail(process.Plan.Id));
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

    private void Note(SupervisedProcess process, int? code) => _prepared.Update(r => r with
    {
        Processes = [.. r.Processes.Where(p => p.Id != process.Plan.Id), new ProcessRecord(process.Plan.Id, process.HostPid, code)],
    });
}
