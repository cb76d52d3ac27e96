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
    private readonly List<LiveCell> _cells = [];
    private readonly TaskCompletionSource<RunEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private PublicListener? _listener;
    private JoinListener? _commands;
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
        var found = from cell in _cells
                    from plan in cell.Stage.Plan.Processes
                    where plan.Id == process
                    from listen in plan.Listen
                    where listener is null || listen.Name == listener
                    select cell.Dial(listen);
        return found.FirstOrDefault();
    }

    /// <summary>The open sandbox of a cell, while it is open.</summary>
    internal Sandbox.ICell? Find(CellStage stage) => _stopped == 0 ? _cells.FirstOrDefault(c => c.Stage == stage)?.Cell : null;

    /// <summary>Stops everything: the listener first, then the cells in reverse order, each with its grace.</summary>
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

    internal async Task StartCellAsync(CellStage stage, CancellationToken cancel)
    {
        var live = new LiveCell(stage);
        _cells.Add(live);
        var processes = stage.Plan.Processes.Where(StageOrder.IsLasting).ToList();
        var instances = processes.Select(p => _prepared.Instance(stage.Plan, p)).ToList();
        var sockets = await _prepared.SocketsAsync(live, instances, cancel);
        live.Opened(await _prepared.OpenAsync(stage, processes, sockets, cancel));
        foreach (var instance in instances)
        {
            var family = _prepared.Request.Hooks?.Variables(instance) ?? new Dictionary<string, string>();
            var process = await _prepared.StartAsync(stage, live.Cell!, instance.Process, family, null, null, cancel);
            live.Started(process);
            Note(process, null);
            Watch(process);
            var problem = await Readiness.WaitAsync(process, instance, name => live.Dial(instance.Process.Listen.First(l => l.Name == name)), _prepared.Log, cancel);
            if (problem is not null)
            {
                throw new RefusedException(problem);
            }

            _prepared.Log.Say($"{process.Plan.Id} is ready");
        }
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
            _commands = JoinListener.Start(folder.Folder(JoinSocket.FolderName), Id, _prepared.JoinAsync, _prepared.Log);
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

        foreach (var cell in Enumerable.Reverse(_cells))
        {
            try
            {
                if (graceful)
                {
                    await Task.WhenAll(cell.Processes.Where(p => !p.Exited.IsCompleted).Select(p => p.StopAsync()));
                }
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
            {
                // The sandbox has ended on its own; what is left of it goes now.
            }

            await cell.DisposeAsync();
            foreach (var process in cell.Processes)
            {
                Note(process, process.Exited.IsCompletedSuccessfully ? process.Exited.Result : null);
            }
        }

        _stopping.Dispose();
    }

    private void Watch(SupervisedProcess process)
    {
        var isTask = process.Plan.Stage is ProcessStage.Task;
        if (isTask)
        {
            Interlocked.Increment(ref _tasks);
        }

        _ = WatchAsync(process, isTask);
    }

    private async Task WatchAsync(SupervisedProcess process, bool isTask)
    {
        var code = await process.EndAsync(CancellationToken.None);
        if (_stopped != 0)
        {
            return;
        }

        Note(process, code);
        if (!isTask)
        {
            _ended.TrySetResult(new RunEnd((int)ExitCode.ProcessFailed, SupervisionDiagnostics.ServiceEnded.Now(process.Plan.Id, code, _prepared.Log.Tail(process.Plan.Id))));
        }
        else if (code != 0 || Interlocked.Decrement(ref _tasks) == 0)
        {
            _ended.TrySetResult(new RunEnd(code, null));
        }
    }

    private void Note(SupervisedProcess process, int? code) => _prepared.Update(r => r with
    {
        Processes = [.. r.Processes.Where(p => p.Id != process.Plan.Id), new ProcessRecord(process.Plan.Id, process.HostPid, code)],
    });
}
