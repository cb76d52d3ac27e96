using System.Runtime.ExceptionServices;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>Starts each process as soon as those that it depends on are ready. The first failure ends all other attempts.</summary>
/// <param name="start">Starts one process and waits until it is ready.</param>
/// <param name="cancel">Ends everything.</param>
internal sealed class StartSchedule(Func<ProcessPlan, CancellationToken, Task> start, CancellationToken cancel) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
    private ExceptionDispatchInfo? _first;

    /// <summary>Returns when all are ready. Throws the first failure, once nothing is under way any more.</summary>
    /// <param name="ordered">Each process after those that it depends on.</param>
    public async Task RunAsync(IReadOnlyList<ProcessPlan> ordered)
    {
        var ready = new Dictionary<string, Task>(StringComparer.Ordinal);
        foreach (var process in ordered)
        {
            ready[process.Id] = StartAsync(process, [.. process.DependsOn.Where(ready.ContainsKey).Select(id => ready[id])]);
        }

        await Task.WhenAll(ready.Values);
        cancel.ThrowIfCancellationRequested();
        _first?.Throw();
    }

    /// <summary>Something else went wrong: a process that was ready has ended.</summary>
    public void Fail(Diagnostic problem) => Fail(new RefusedException(problem));

    public void Dispose() => _stop.Dispose();

    private async Task StartAsync(ProcessPlan process, Task[] needed)
    {
        await Task.WhenAll(needed);
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await start(process, _stop.Token);
        }
        catch (Exception problem)
        {
            Fail(problem);
        }
    }

    private void Fail(Exception problem)
    {
        if (Interlocked.CompareExchange(ref _first, ExceptionDispatchInfo.Capture(problem), null) is null)
        {
            _stop.Cancel();
        }
    }
}
