using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Supervision;

/// <summary>A started process: its log, its way out, its end.</summary>
internal sealed class SupervisedProcess : IAsyncDisposable
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(2);
    private static readonly Dictionary<string, int> Signals = new(StringComparer.Ordinal)
    {
        ["HUP"] = 1,
        ["INT"] = 2,
        ["QUIT"] = 3,
        ["KILL"] = 9,
        ["USR1"] = 10,
        ["USR2"] = 12,
        ["TERM"] = 15,
    };

    private readonly ICellProcess _process;
    private readonly EgressProxy? _proxy;
    private readonly Task _reading;

    private SupervisedProcess(ProcessPlan plan, ICellProcess process, EgressProxy? proxy, Task reading) =>
        (Plan, _process, _proxy, _reading) = (plan, process, proxy, reading);

    public ProcessPlan Plan { get; }

    public int HostPid => _process.HostPid;

    public Task<int> Exited => _process.Exited;

    /// <summary>Starts a process in an open cell.</summary>
    /// <param name="cell">Where.</param>
    /// <param name="plan">What.</param>
    /// <param name="variables">Its environment without the ways out.</param>
    /// <param name="registry">Asked only when the process has a way out.</param>
    /// <param name="log">Where its lines and the proxy's decisions go.</param>
    /// <param name="line">Receives each line with its stream; null sends them to the log.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<Result<SupervisedProcess>> StartAsync(
        ICell cell,
        ProcessPlan plan,
        IReadOnlyDictionary<string, string> variables,
        Func<Task<Uri?>> registry,
        RunLog log,
        Action<string, string>? line,
        CancellationToken cancel)
    {
        var env = new SortedDictionary<string, string>(variables.ToDictionary(), StringComparer.Ordinal);
        var proxy = plan.Network.Mode is NetworkMode.Full or NetworkMode.Egress ? await OpenWayOutAsync(cell, plan, env, registry, log, cancel) : null;
        var started = await cell.StartAsync(
            new CellProcessRequest
            {
                Name = plan.Id,
                Argv = plan.Argv ?? ["/bin/sh", "-c", plan.Shell ?? ":"],
                Cwd = plan.Cwd,
                Env = env,
                Network = plan.Network.Mode,
                Limits = plan.Limits,
            },
            cancel);
        if (!started.Succeeded)
        {
            if (proxy is not null)
            {
                await proxy.DisposeAsync();
            }

            return Result.Failed<SupervisedProcess>(started.Diagnostics);
        }

        line ??= (stream, text) => log.Add(StructuredLine.Read(plan.Id, stream, text, DateTimeOffset.UtcNow));
        var process = started.Value;
        var reading = Task.WhenAll(LogPump.RunAsync(process.Output, t => line("out", t)), LogPump.RunAsync(process.Error, t => line("err", t)), SayLimitAsync(cell, plan, process, log));
        return new SupervisedProcess(plan, process, proxy, reading);
    }

    /// <summary>Asks the process and everything it started to stop, and waits as long as its plan grants.</summary>
    public async Task StopAsync()
    {
        await _process.SignalAsync(Signals.GetValueOrDefault(Plan.Stop.Signal, 15), CancellationToken.None);
        var end = DateTime.UtcNow + TimeSpan.FromSeconds(Plan.Stop.GraceSeconds);
        await Task.WhenAny(Exited, Task.Delay(end - DateTime.UtcNow));

        // A shell may be gone while the program it started still runs its shutdown hooks.
        while (DateTime.UtcNow < end && HostPid > 0 && ProcessIdentity.GroupLives(HostPid))
        {
            await Task.Delay(25);
        }
    }

    /// <summary>Ends the process and everything in its group at once.</summary>
    public void Kill()
    {
        if (HostPid > 0)
        {
            ProcessIdentity.KillGroup(HostPid);
        }
    }

    /// <summary>Waits for the end and for everything that was printed before it.</summary>
    public async Task<int> EndAsync(CancellationToken cancel)
    {
        var code = await Exited.WaitAsync(cancel);
        await Task.WhenAny(_reading, Task.Delay(LogPatience, cancel));
        return code;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAny(_reading, Task.Delay(LogPatience));
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Plan.Id} ({HostPid})");

    /// <summary>A process that a limit killed cannot say so itself.</summary>
    private static async Task SayLimitAsync(ICell cell, ProcessPlan plan, ICellProcess process, RunLog log)
    {
        await process.Exited;
        if (cell.LimitExceeded is { } exceeded)
        {
            log.Add(new LogLine(DateTimeOffset.UtcNow, plan.Id, "runner", LogLevel.Warn, $"{exceeded.Code}: {exceeded.Message}"));
        }
    }

    private static string Text(ProcessPlan plan, EgressDecision decision)
    {
        if (decision.Refusal is null)
        {
            return $"network: {decision}";
        }

        var denied = NetworkDiagnostics.EgressDenied.Now(plan.Id, decision.Destination, decision.Refusal);
        return $"{denied.Code}: {denied.Message}{(plan.Network.Permission?.Origin is { } origin ? $" ({origin.File}, {origin.Pointer})" : "")}";
    }

    private static async Task<EgressProxy> OpenWayOutAsync(
        ICell cell, ProcessPlan plan, SortedDictionary<string, string> env, Func<Task<Uri?>> registry, RunLog log, CancellationToken cancel)
    {
        var address = plan.Network.Mode is NetworkMode.Full ? await registry() : null;
        var listener = await cell.ListenAsync(0, cancel);
        var port = ((System.Net.IPEndPoint)listener.LocalEndPoint!).Port;
        foreach (var (name, value) in EgressEnvironment.For(port, address, EgressEnvironment.FindBundle() is not null))
        {
            env.TryAdd(name, value);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return EgressProxy.Start(listener, plan.Id, plan.Network, address, decision =>
        {
            // One line per destination; an install opens hundreds of connections to one host.
            lock (seen)
            {
                if (!seen.Add(decision.ToString()))
                {
                    return;
                }
            }

            log.Add(new LogLine(DateTimeOffset.UtcNow, plan.Id, "runner", decision.Refusal is null ? LogLevel.Debug : LogLevel.Warn, Text(plan, decision)));
        });
    }
}
