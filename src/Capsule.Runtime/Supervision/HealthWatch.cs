using System.Globalization;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>Looks after one start of a service that was ready, until it ends. One that gives no answer any more is killed (CAP5543).</summary>
/// <param name="plan">How.</param>
/// <param name="live">The cell of the service.</param>
/// <param name="process">The service.</param>
/// <param name="log">Told of what is missing.</param>
/// <param name="note">Told of every change: whether it answers.</param>
internal sealed class HealthWatch(HealthPlan plan, LiveCell live, SupervisedProcess process, RunLog log, Action<bool> note)
{
    private readonly TimeSpan _longestLook = TimeSpan.FromSeconds(Math.Min(5, 2 * plan.EverySeconds));

    /// <summary>Null for a process that listens nowhere, or whose end is its work.</summary>
    public static ListenPlan? Listener(ProcessPlan process) => process.Stage is ProcessStage.Task ? null
        : process.Ready.Listener is { } name ? process.Listen.First(l => l.Name == name)
        : process.Listen.FirstOrDefault();

    public async Task RunAsync(ListenPlan listen, CancellationToken stop)
    {
        var failures = 0;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ = process.Exited.ContinueWith(_ => end.CancelAsync(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(plan.EverySeconds), end.Token);
                var reason = await LookAsync(listen, end.Token);
                if (reason is null != (failures == 0))
                {
                    note(reason is null);
                }

                failures = reason is null ? 0 : failures + 1;
                if (failures >= plan.Failures)
                {
                    var problem = SupervisionDiagnostics.NoSignOfLife.Now(process.Plan.Id, failures, reason!);
                    log.Say($"{problem.Code}: {problem.Message}", LogLevel.Warn);
                    process.Kill();
                    return;
                }
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException)
        {
            // It has ended, or is being stopped.
        }
    }

    /// <summary>Null when there was an answer.</summary>
    private async Task<string?> LookAsync(ListenPlan listen, CancellationToken end)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(end);
        limit.CancelAfter(_longestLook);
        var path = process.Plan.Ready.Kind is ReadyKind.Http ? process.Plan.Ready.Path ?? "/" : plan.Path;
        try
        {
            if (path is null)
            {
                return await live.AnswersAsync(listen, limit.Token) ? null : "nobody listens";
            }

            await Readiness.StatusAsync(path, live.Dial(listen), limit.Token);
            return null;
        }
        catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException or HttpRequestException)
        {
            return problem.GetBaseException().Message.TrimEnd('.');
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            return string.Create(CultureInfo.InvariantCulture, $"silence for {_longestLook.TotalSeconds:0} s");
        }
    }
}
