using System.Diagnostics;
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
    internal static readonly IReadOnlyDictionary<string, int> Signals = new Dictionary<string, int>(StringComparer.Ordinal)
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
    private readonly WayOut _way;
    private readonly Task _reading;

    private SupervisedProcess(ProcessPlan plan, ICellProcess process, WayOut way, Task reading) =>
        (Plan, _process, _way, _reading) = (plan, process, way, reading);

    public ProcessPlan Plan { get; }

    public int HostPid => _process.HostPid;

    public Task<int> Exited => _process.Exited;

    /// <summary>Starts a process in an open cell.</summary>
    /// <param name="cell">Where.</param>
    /// <param name="plan">What.</param>
    /// <param name="variables">Its environment without the ways out.</param>
    /// <param name="network">What lies outside of the cell.</param>
    /// <param name="log">Where its lines and the proxy's decisions go.</param>
    /// <param name="line">Receives each line with its stream; null sends them to the log.</param>
    /// <param name="streams">Pipes that the process gets instead; then there are no lines.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<Result<SupervisedProcess>> StartAsync(
        ICell cell,
        ProcessPlan plan,
        IReadOnlyDictionary<string, string> variables,
        WayOutRequest network,
        RunLog log,
        Action<string, string>? line,
        CellStreams? streams,
        CancellationToken cancel)
    {
        var env = new SortedDictionary<string, string>(variables.ToDictionary(), StringComparer.Ordinal);
        var report = new DenialReport(plan, log);
        var way = await network.OpenAsync(cell, plan, env, report, cancel);
        var started = await cell.StartAsync(
            new CellProcessRequest
            {
                Name = plan.Id,
                Argv = plan.Argv ?? ["/bin/sh", "-c", plan.Shell ?? ":"],
                Cwd = plan.Cwd,
                Env = env,
                Network = plan.Network.Mode,
                Limits = plan.Limits,
                Refused = report.Refused,
                Exceeded = report.Exceeded,
                Streams = streams,
            },
            cancel);
        if (!started.Succeeded)
        {
            await way.DisposeAsync();
            return Result.Failed<SupervisedProcess>(started.Diagnostics);
        }

        line ??= (stream, text) => log.Add(StructuredLine.Read(plan.Id, stream, text, DateTimeOffset.UtcNow));
        var process = started.Value;
        way.Belongs(process.HostPid);
        var reading = Task.WhenAll(LogPump.RunAsync(log.Mask.Reading(process.Output), t => line("out", t)), LogPump.RunAsync(log.Mask.Reading(process.Error), t => line("err", t)), SayAsync(cell, process, report));
        return new SupervisedProcess(plan, process, way, reading);
    }

    /// <summary>Asks the process and everything it started to stop, and waits as long as its plan grants.</summary>
    public async Task StopAsync()
    {
        await _process.SignalAsync(Signals.GetValueOrDefault(Plan.Stop.Signal, 15), CancellationToken.None);
        var clock = Stopwatch.StartNew();
        var grace = TimeSpan.FromSeconds(Plan.Stop.GraceSeconds);
        await Task.WhenAny(Exited, Task.Delay(grace));

        // A shell may be gone while the program it started still runs its shutdown hooks.
        while (clock.Elapsed < grace && HostPid > 0 && ProcessIdentity.GroupLives(HostPid))
        {
            await Task.Delay(25);
        }
    }

    public Task SignalAsync(int signal) => _process.SignalAsync(signal, CancellationToken.None);

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
        await _way.DisposeAsync();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Plan.Id} ({HostPid})");

    /// <summary>What is known of its end comes into the log before the end is.</summary>
    private static async Task SayAsync(ICell cell, ICellProcess process, DenialReport report)
    {
        await process.Exited;
        _ = cell.Exceeded;
        await report.FinishAsync();
    }
}
