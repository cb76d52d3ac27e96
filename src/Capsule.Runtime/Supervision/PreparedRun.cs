using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Network;
using Capsule.Runtime.Planning;
using Capsule.Runtime.Preparing;
using Capsule.Runtime.Relays;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.StandIns;
using Capsule.Runtime.Testing.Stubs;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Supervision;

/// <summary>What a command that ran in a cell returned and printed.</summary>
public sealed record ExecOutcome(int ExitCode, string Output, string Error);

/// <summary>A package whose cells are prepared and not started. Disposing it leaves the record and the logs.</summary>
public sealed class PreparedRun : IAsyncDisposable
{
    private const int MostOutput = 1 << 20;
    private readonly RunFolder _folder;
    private readonly GrantedFolders _granted;
    private readonly Dictionary<string, CellStage> _stages = new(StringComparer.Ordinal);
    private IReadOnlyList<ProcessPlan> _order = [];
    private readonly NpmQuestion _npm;
    private readonly StandInOffers _offers;
    private PublicListener? _listener;
    private RunningPackage? _running;
    private bool _disposed;

    internal PreparedRun(RunRequest request, RunFolder folder, GrantedFolders granted)
    {
        Request = request;
        (_folder, _granted) = (folder, granted);
        Log = new RunLog(folder.Logs, request.Log) { Mask = request.Secrets.Mask };
        _npm = new NpmQuestion(request.Toolchains.Settings);
        _offers = new StandInOffers(request.Hooks?.StandIns ?? [], _npm.AnswerAsync, Log);
    }

    public string Id => _folder.Record.Id;

    public RunRecord Record => _folder.Record;

    /// <summary>What the declared outputs held, once the run has ended.</summary>
    public IReadOnlyList<CollectedOutput> Collected { get; private set; } = [];

    internal RunRequest Request { get; }

    internal RunLog Log { get; }

    /// <summary>Starts every cell in order and then the public listener. On failure everything is stopped and cleared away.</summary>
    public async Task<Result<RunningPackage>> StartAsync(CancellationToken cancel)
    {
        _folder.Update(r => r with { State = RunState.Starting });
        var running = _running = new RunningPackage(this);
        try
        {
            await running.StartProcessesAsync(_order, _stages, cancel);
            running.TakeCommands(_folder);
            running.Open(_listener);
            _folder.Update(r => r with { State = RunState.Running, Public = Request.Plan.Public });
            return running;
        }
        catch (RefusedException refused) when (!cancel.IsCancellationRequested)
        {
            await running.AbandonAsync();
            await FailAsync(refused.Diagnostic);
            return refused.Diagnostic;
        }
        catch
        {
            await running.DisposeAsync();

            // What a stop tears down in the middle of a start looks like a failure, and is none.
            cancel.ThrowIfCancellationRequested();
            throw;
        }
    }

    /// <summary>
    /// Runs a command of a test to its end: in the cell's sandbox while the package runs, else in a fresh one. Network: <see cref="TestReach"/>.
    /// </summary>
    /// <param name="cell">The cell's id, or the id of one of its processes.</param>
    /// <param name="argv">Program and arguments; excludes <paramref name="shell"/>.</param>
    /// <param name="shell">A line for the shell.</param>
    /// <param name="cancel">Ends the wait and the command.</param>
    public async Task<Result<ExecOutcome>> ExecAsync(string cell, IReadOnlyList<string>? argv, string? shell, CancellationToken cancel)
    {
        var id = cell.Split('/')[0];
        if (!_stages.TryGetValue(id, out var stage))
        {
            return SupervisionDiagnostics.NoSuchCell.Now(cell, string.Join(", ", _stages.Keys));
        }

        var process = ExecOf(stage, argv, shell) with { Network = TestReach.Of(stage.Plan) };
        try
        {
            var (output, error) = (new StringBuilder(), new StringBuilder());
            var code = await RunToEndAsync(stage, process, (stream, line) => Keep(stream == "out" ? output : error, line), cancel);
            return new ExecOutcome(code, output.ToString(), error.ToString());
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    /// <summary>
    /// Runs a command of the user's in a fresh sandbox of one cell, with the caller's streams; then what it changed goes back into the project,
    /// as far as <see cref="RunRequest.WriteBack"/> lets it. Not while the package runs.
    /// </summary>
    public Task<Result<CommandEnd>> ExecAsync(CommandRequest command, CancellationToken cancel) =>
        _stages.TryGetValue(command.Cell, out var stage)
            ? CommandRun.RunAsync(this, stage, ExecOf(stage, command.Argv, null), command, cancel)
            : Task.FromResult<Result<CommandEnd>>(SupervisionDiagnostics.NoSuchCell.Now(command.Cell, string.Join(", ", _stages.Keys)));

    /// <summary>A text that the package had a part in, without the values of its secrets.</summary>
    public string Masked(string text) => Request.Secrets.Masked(text);

    public async ValueTask DisposeAsync() => await CloseAsync(RunState.Stopped, null);

    private static ProcessPlan ExecOf(CellStage stage, IReadOnlyList<string>? argv, string? shell)
    {
        var model = stage.Plan.Processes.FirstOrDefault(StageOrder.IsLasting) ?? stage.Plan.Processes[0];
        return new ProcessPlan
        {
            Id = $"{stage.Plan.Id}/exec",
            Stage = ProcessStage.Exec,
            Toolchain = model.Toolchain,
            Argv = argv,
            Shell = shell,
            Cwd = model.Cwd,
            Env = model.Env,
            Bridge = model.Bridge,
            Secrets = model.Secrets,
            Limits = model.Limits,
            Network = new NetworkPlan { Mode = model.Network.Mode is NetworkMode.Host ? NetworkMode.Host : NetworkMode.Full },
        };
    }

    /// <summary>Starts a command of the user's beside a process of the running package, with that process's walls.</summary>
    internal async Task<Result<SupervisedProcess>> JoinAsync(JoinRequest request, CellStreams streams, CancellationToken cancel)
    {
        var place = JoinPlace.Choose(Request.Plan, request.Process);
        if (!place.Succeeded)
        {
            return Result.Failed<SupervisedProcess>(place.Diagnostics);
        }

        var (cell, model) = place.Value;
        if (_running is not null && await _running.ReadyAsync(model.Id, cancel) is { } unready)
        {
            return unready;
        }

        if (_running?.Find(_stages[cell.Id]) is not { } open)
        {
            return JoinDiagnostics.RunEnded.Now(Id);
        }

        try
        {
            var command = model with { Id = $"{cell.Id}/exec", Stage = ProcessStage.Exec, Argv = request.Argv, Shell = null };
            return await StartAsync(_stages[cell.Id], open, command, new Dictionary<string, string>(), null, streams, cancel);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    internal async Task PrepareAsync(IReadOnlyList<ProcessPlan> order, CancellationToken cancel)
    {
        _order = order;
        var cells = Request.Plan.Cells;
        if (cells.SelectMany(c => c.Processes).Any(p => p.Network.ReachesRegistry))
        {
            // npm takes a while to answer; until it is needed there is other work.
            _npm.Ask();
        }

        _folder.Update(r => r with { IsCommand = Request.IsCommand });
        foreach (var given in GrantSummary.Of(Record.Grants))
        {
            Log.Say(given);
        }

        await HoldPortAsync(cancel);
        if (Request.Plan.Requires.GpuWish is { } wish)
        {
            Log.Say($"it would use a GPU by '{wish}', which Linux does not have; it runs without{(Request.Grants.Gpu ? ", and may use this machine's render nodes" : "")}");
        }

        await CheckSandboxAsync(cancel);
        var toolchains = await RunEngine.ResolveAsync(Request, cancel);
        _folder.Update(r => r with { Toolchains = [.. toolchains.Values.Distinct()] });
        foreach (var tool in toolchains.Values.Distinct())
        {
            Log.Say($"{tool.Name} {tool.Version} ({tool.Choice switch { ToolchainChoice.Locked => "locked", ToolchainChoice.Held => "newest held", ToolchainChoice.System => "of this machine", _ => "newest served" }})");
        }

        foreach (var cell in cells)
        {
            var own = cell.Processes.Select(p => p.Toolchain).OfType<ToolchainPlan>().Distinct().ToDictionary(t => t.Name, t => toolchains[RunEngine.Key(t)]);
            var stage = _stages[cell.Id] = CellStage.Create(Request, _folder, _granted, cell, own, Log);
            await PrepareAsync(stage, [.. cell.Processes.Where(p => p.Stage is ProcessStage.Prepare)], cancel);
        }
    }

    /// <summary>Runs the prepare commands of a cell, or takes what they left the last time, when nothing has changed since.</summary>
    private async Task PrepareAsync(CellStage stage, IReadOnlyList<ProcessPlan> commands, CancellationToken cancel)
    {
        if (commands.Count == 0)
        {
            return;
        }

        var preparation = new CellPreparation(stage, commands, Log);
        var key = preparation.Key(p => ProcessEnvironment.Build(p, stage.ToolchainPath(p), stage.ToolchainVariables(p), Request.Env, new Dictionary<string, string>()), _offers.Hashes(stage.Copies.Values), cancel);
        if (preparation.Restore(key, cancel))
        {
            return;
        }

        foreach (var command in commands)
        {
            await RunStageAsync(stage, command, null, cancel);
        }

        preparation.Keep(key, cancel);
    }

    /// <summary>A port that another holds is found before anything is fetched, copied or started.</summary>
    private async Task HoldPortAsync(CancellationToken cancel)
    {
        if (Request.Plan.Public.Count == 0)
        {
            return;
        }

        var port = Request.Port ?? Request.Plan.PublicPort ?? 0;
        var held = await PublicListener.HoldAsync(Request.Plan.Package.Name, port, cancel);
        if (!held.Succeeded)
        {
            var problem = held.Diagnostics.First(d => d.IsError);
            throw new RefusedException((problem.Kind == NetworkDiagnostics.PortTaken ? PortHolder.Problem(Request.Home, port) : null) ?? problem);
        }

        _listener = held.Value;
        _folder.Update(r => r with { Address = _listener.Address });
    }

    /// <summary>Runs a command that must succeed before what comes after it. Throws <see cref="RefusedException"/>.</summary>
    /// <param name="stage">Its cell, of which it gets a sandbox of its own.</param>
    /// <param name="process">Prepare or hydrate.</param>
    /// <param name="presence">For which instance it runs; null for none in particular.</param>
    /// <param name="cancel">Ends it.</param>
    internal async Task RunStageAsync(CellStage stage, ProcessPlan process, string? presence, CancellationToken cancel)
    {
        Log.Say($"{process.Id}: {process.Shell ?? string.Join(' ', process.Argv ?? [])}");
        var code = await RunToEndAsync(stage, process, null, cancel, presence);
        if (code != 0)
        {
            throw new RefusedException(SupervisionDiagnostics.StageFailed.Now(process.Id, code, Log.Tail(process.Id)));
        }
    }

    /// <summary>A machine that cannot confine is told so before anything is fetched or copied.</summary>
    private async Task CheckSandboxAsync(CancellationToken cancel)
    {
        if (Request.Plan.Cells.Count == 0)
        {
            return;
        }

        var empty = await Request.Sandbox.OpenAsync(new CellRequest { Name = Request.Plan.Package.Name, Mounts = [], Gpu = Request.Grants.Gpu, Requires = Request.Plan.Requires, Limits = LimitRules.Any(Request.Plan) }, cancel);
        if (!empty.Succeeded)
        {
            throw new RefusedException(empty.Diagnostics.First(d => d.IsError));
        }

        await empty.Value.DisposeAsync();
        foreach (var weakness in empty.Diagnostics)
        {
            Log.Say($"{weakness.Code}: {weakness.Message}", LogLevel.Warn);
        }
    }

    internal async Task FailAsync(Diagnostic problem) => await CloseAsync(RunState.Failed, $"{problem.Code}: {problem.Message}");

    internal void Update(Func<RunRecord, RunRecord> change) => _folder.Update(change);

    internal async Task<ICell> OpenAsync(CellStage stage, IReadOnlyList<ProcessPlan> processes, IEnumerable<CellMount> mounts, CancellationToken cancel)
    {
        var request = stage.Request(processes, mounts);
        if (processes.Count > 0)
        {
            request = request with { Exceeded = new DenialReport(processes[0], Log).Exceeded };
        }

        var opened = await Request.Sandbox.OpenAsync(request, cancel);
        if (!opened.Succeeded)
        {
            throw new RefusedException(opened.Diagnostics.First(d => d.IsError));
        }

        return opened.Value;
    }

    internal async Task<SupervisedProcess> StartAsync(
        CellStage stage, ICell cell, ProcessPlan process, IReadOnlyDictionary<string, string> family, Action<string, string>? line, CellStreams? streams, CancellationToken cancel)
    {
        var env = ProcessEnvironment.Build(process, stage.ToolchainPath(process), stage.ToolchainVariables(process), Request.Env, family);
        var offered = await _offers.ForAsync(process, stage.KeptFolder(env["HOME"]), [.. stage.Copies.Values], cancel);
        Result<SupervisedProcess> started;
        try
        {
            started = await SupervisedProcess.StartAsync(cell, process, env, new WayOutRequest(stage.Neighbours, stage.Hosts, Request.Policy, () => RegistryAsync(cancel), offered), Log, line, streams, cancel);
        }
        catch (Exception problem) when (problem is IOException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new RefusedException(SandboxDiagnostics.CellEnded.Now(process.Id));
        }

        _folder.Update(r => r with { Enforcement = new SortedDictionary<string, Enforcement>(r.Enforcement.ToDictionary(), StringComparer.Ordinal) { [process.Id] = OfProcess(cell.Enforcement, process) } });
        return started.Succeeded ? started.Value : throw new RefusedException(started.Diagnostics.First(d => d.IsError));
    }

    /// <summary>A cell tells of all its processes; each has its own entry in the record.</summary>
    private static Enforcement OfProcess(Enforcement cell, ProcessPlan process) =>
        cell with { Sealed = [.. cell.Sealed.Where(s => s.StartsWith(process.Id + ":", StringComparison.Ordinal))] };

    internal Task<IReadOnlyList<CellMount>> SocketsAsync(LiveCell live, IEnumerable<ProcessInstance> instances, CancellationToken cancel) =>
        live.PrepareSocketsAsync(instances, _folder, Request.Hooks, cancel);

    internal Task<RelayListener?> ServeRelaysAsync(CancellationToken cancel)
    {
        foreach (var relay in Request.Plan.Relays ?? [])
        {
            if (Request.RelayAddresses.TryGetValue(relay.Kind, out var instead))
            {
                Log.Say($"{relay.Id}: calls of {relay.Kind} go to {instead.GetLeftPart(UriPartial.Path)}, as this machine's settings say");
            }
        }

        return RelayListener.ServeAsync(
            Request.Plan, _folder.Folder("relays"), relay => Request.Exits(RelayAddress.Of(relay, Request.RelayAddresses.GetValueOrDefault(relay.Kind))), Request.Secrets, Log, cancel);
    }

    internal Task<StubListener?> ServeStubsAsync(CancellationToken cancel) => StubListener.ServeAsync(Request.Plan, () => _folder.Folder("stubs"), Log, cancel);

    internal Task<PeerSockets> ServePeersAsync(Func<string, Dial> dial, Func<string, CancellationToken, Task<Diagnostic?>> ready, CancellationToken cancel) =>
        PeerSockets.ServeAsync(Request.Plan, _folder, dial, Request.OnCall ? ready : null, Request.Hooks, Log, cancel);

    internal ProcessInstance Instance(CellStage stage, ProcessPlan process, string? presence = null) => new()
    {
        Launch = Request.Plan,
        Cell = stage.Plan,
        Folders = [.. stage.Copies.Values],
        Process = process,
        PresenceId = presence ?? Guid.NewGuid().ToString("N"),
        Secrets = Request.Secrets,
        Log = (text, level) => Log.Add(new LogLine(DateTimeOffset.UtcNow, process.Id, "runner", level, text)),
    };

    private static void Keep(StringBuilder text, string line)
    {
        lock (text)
        {
            if (text.Length < MostOutput)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private async Task<int> RunToEndAsync(CellStage stage, ProcessPlan process, Action<string, string>? line, CancellationToken cancel, string? presence = null)
    {
        var instance = Instance(stage, process, presence);
        if (_running?.Find(stage) is { } shared)
        {
            return await RunBesideAsync(stage, shared, process, line, cancel);
        }

        await using var live = new LiveCell(stage);
        var sockets = await SocketsAsync(live, [instance], cancel);
        live.Opened(await OpenAsync(stage, [process], sockets, cancel), sockets);
        var family = Request.Hooks?.Variables(instance) ?? new Dictionary<string, string>();
        var started = await StartAsync(stage, live.Cell!, process, family, line, null, cancel);
        live.Started(started);
        instance.ReportSealed();
        return await started.EndAsync(cancel);
    }

    /// <summary>Under root a second sandbox would take the folders away from the user of the first.</summary>
    private async Task<int> RunBesideAsync(CellStage stage, ICell cell, ProcessPlan process, Action<string, string>? line, CancellationToken cancel)
    {
        await using var started = await StartAsync(stage, cell, process, new Dictionary<string, string>(), line, null, cancel);
        try
        {
            return await started.EndAsync(cancel);
        }
        finally
        {
            started.Kill();
        }
    }

    /// <summary>npm's registry setting, which a process with a way out is told and may reach.</summary>
    private async Task<Uri?> RegistryAsync(CancellationToken cancel) => (await _npm.AnswerAsync(cancel)).Registry;

    private async Task CloseAsync(RunState state, string? problem)
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _npm.DisposeAsync();
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        if (state == RunState.Stopped)
        {
            Collected = [.. _stages.Values.SelectMany(s => s.CollectOutputs(CancellationToken.None))];
            OutputCollection.Tell(Collected, Log);
        }

        foreach (var stage in _stages.Values)
        {
            stage.Dispose();
        }

        _granted.Dispose();

        // A record says so even when the folder cannot be cleared; the next run sweeps it.
        _folder.Update(r => r with { State = state, Problem = problem ?? r.Problem });
        Log.Dispose();
        await Task.Run(_folder.Dispose);
        Request.Owned?.Dispose();
    }
}
