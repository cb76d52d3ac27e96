using System.Diagnostics;
using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Supervision;

/// <summary>
/// One lasting process of a run through all its starts. It is started again in the same cell, and in a new sandbox of the cell's
/// where that one has ended; its sockets and its way out are made anew each time.
/// </summary>
/// <param name="prepared">The run.</param>
/// <param name="live">Its cell.</param>
/// <param name="plan">What it is.</param>
/// <param name="turns">How many starts may be under way at a time.</param>
/// <param name="note">Is told of each start, each readiness and each end: the process, where it stands, its exit code, and how often it was started again.</param>
/// <param name="stopping">The end of the run.</param>
internal sealed class KeptProcess(PreparedRun prepared, LiveCell live, ProcessPlan plan, SemaphoreSlim turns, Action<SupervisedProcess, ProcessState, int?, int?> note, CancellationToken stopping)
{
    private readonly RestartBudget _budget = new(plan.Restart);
    private readonly Stopwatch _up = new();
    private SupervisedProcess? _current;
    private bool _cleared;

    public ProcessPlan Plan => plan;

    /// <summary>The last start; null before the first.</summary>
    public SupervisedProcess? Current => Volatile.Read(ref _current);

    /// <summary>Starts it and waits until it is ready, with as many attempts as its plan has. Throws <see cref="RefusedException"/>.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        for (var problem = await TryAsync(cancel); problem is not null; problem = await TryAsync(cancel))
        {
            var code = await EndAsync();
            if (_budget.NextAfterFailedStart() is not { } wait)
            {
                SayIfUsedUp(code);
                throw new RefusedException(problem);
            }

            await WaitAsync($"{problem.Code}: {problem.Message.Split('\n')[0]}", wait, cancel);
        }
    }

    /// <summary>Starts it for a call: the first time, or after its end. Throws <see cref="RefusedException"/>.</summary>
    public async Task StartForACallAsync(CancellationToken cancel)
    {
        if (Current is not null && !_cleared)
        {
            await EndAsync();
        }

        await StartAsync(cancel);
    }

    /// <summary>It was ready and has ended: true once it is ready again, false when this was its end.</summary>
    /// <exception cref="RefusedException">It did not come back.</exception>
    public async Task<bool> StartAgainAsync(int code, CancellationToken cancel)
    {
        var wait = _budget.Next(code, _up.Elapsed);
        if (wait is null)
        {
            SayIfUsedUp(code);
            return false;
        }

        await EndAsync();
        await WaitAsync($"it ended by itself with exit code {code}", wait.Value, cancel);
        await StartAsync(cancel);
        return true;
    }

    private async Task<Diagnostic?> TryAsync(CancellationToken cancel)
    {
        var instance = live.Instances[plan.Id];
        SupervisedProcess process;
        await turns.WaitAsync(cancel);
        try
        {
            process = await OpenAndStartAsync(instance, cancel);
        }
        finally
        {
            turns.Release();
        }

        Volatile.Write(ref _current, process);
        _cleared = false;
        live.Started(process);
        instance.ReportSealed();
        note(process, ProcessState.Starting, null, _budget.Total);
        var problem = await Readiness.WaitAsync(process, instance, live, prepared.Log, cancel);
        if (problem is null)
        {
            note(process, ProcessState.Ready, null, _budget.Total);
            prepared.Log.Say($"{plan.Id} is ready");
            LookAfter(process);
            _up.Restart();
        }

        return problem;
    }

    private void LookAfter(SupervisedProcess process)
    {
        if (prepared.Request.Health is { } health && HealthWatch.Listener(plan) is { } listen)
        {
            var watch = new HealthWatch(health, live, process, prepared.Log, answers => note(process, answers ? ProcessState.Ready : ProcessState.Unhealthy, null, _budget.Total));
            _ = watch.RunAsync(listen, stopping);
        }
    }

    private async Task<SupervisedProcess> OpenAndStartAsync(ProcessInstance instance, CancellationToken cancel)
    {
        var cell = live.Cell!;
        try
        {
            return await StartAsync(cell);
        }
        catch (RefusedException refused) when (Current is not null && refused.Diagnostic.Kind == SandboxDiagnostics.CellEnded)
        {
            await live.ReopenAsync(cell, mounts => prepared.OpenAsync(live.Stage, live.Lasting, mounts, cancel), cancel);
            return await StartAsync(live.Cell!);
        }

        Task<SupervisedProcess> StartAsync(ICell where) =>
            prepared.StartAsync(live.Stage, where, plan, prepared.Request.Hooks?.Variables(instance) ?? new Dictionary<string, string>(), null, null, cancel);
    }

    /// <summary>Everything of the last start goes, the children that it left in its group included. Returns its exit code.</summary>
    private async Task<int> EndAsync()
    {
        var process = Current!;
        if (!process.Exited.IsCompleted)
        {
            await process.StopAsync();
        }

        process.Kill();
        var code = await process.Exited;
        live.Ended(process);
        await process.DisposeAsync();
        note(process, ProcessState.Ended, code, _budget.Total);
        live.Renew(plan);
        _cleared = true;
        return code;
    }

    private async Task WaitAsync(string why, TimeSpan wait, CancellationToken cancel)
    {
        prepared.Log.Say(string.Create(CultureInfo.InvariantCulture, $"{plan.Id} is started again in {wait.TotalSeconds:0.##} s ({_budget.Place}): {why}"), LogLevel.Warn);
        await Task.Delay(wait, cancel);
    }

    private void SayIfUsedUp(int code)
    {
        if (_budget.IsUsedUp(code))
        {
            prepared.Log.Say($"{plan.Id} is not started again: {_budget.Place} was the last", LogLevel.Warn);
        }
    }
}
