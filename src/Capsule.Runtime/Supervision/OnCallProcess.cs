using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// A process that the first call to it starts, and after its end the next one (specs: kits 1.3). Calls meanwhile wait for the same start;
/// one that fails is tried again by the call after it.
/// </summary>
/// <param name="plan">What it is.</param>
/// <param name="make">Opens its cell and makes the process, without starting it.</param>
/// <param name="log">Told of a start that failed.</param>
/// <param name="started">Told of each that succeeded.</param>
internal sealed class OnCallProcess(ProcessPlan plan, Func<CancellationToken, Task<KeptProcess>> make, RunLog log, Action<KeptProcess> started)
{
    private readonly Lock _gate = new();
    private Task<Diagnostic?>? _start;
    private KeptProcess? _process;

    /// <summary>Whether it runs and was ready.</summary>
    public bool IsUp => _start is { IsCompletedSuccessfully: true, Result: null } && _process?.Current is { Exited.IsCompleted: false };

    /// <summary>Those of a plan that only others' calls need: services that answer at a public path or over a connection.</summary>
    public static IEnumerable<ProcessPlan> Among(IEnumerable<ProcessPlan> processes, LaunchPlan plan)
    {
        var called = plan.Public.Select(r => r.Process).Concat(plan.Cells.SelectMany(c => c.Processes).SelectMany(p => p.Peers).Select(p => p.Process)).ToHashSet(StringComparer.Ordinal);
        return processes.Where(p => p.Stage is ProcessStage.Start or ProcessStage.Service && p.Listen.Count > 0 && called.Contains(p.Id));
    }

    /// <summary>Null once it is ready, or why it is not. A caller that goes away does not end the start.</summary>
    /// <param name="stop">The end of the run.</param>
    public Task<Diagnostic?> StartAsync(CancellationToken stop)
    {
        lock (_gate)
        {
            return _start is null || (_start.IsCompleted && !IsUp) ? _start = Task.Run(() => TryAsync(stop), CancellationToken.None) : _start;
        }
    }

    private async Task<Diagnostic?> TryAsync(CancellationToken stop)
    {
        try
        {
            log.Say($"{plan.Id} is called and starts");
            _process ??= await make(stop);
            await _process.StartForACallAsync(stop);
            started(_process);
            return null;
        }
        catch (RefusedException refused)
        {
            log.Say($"{refused.Diagnostic.Code}: {refused.Diagnostic.Message}", LogLevel.Warn);
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or ObjectDisposedException)
        {
            return NetworkDiagnostics.PeerNotReady.Now(plan.Id, "the run is stopping");
        }
    }
}
