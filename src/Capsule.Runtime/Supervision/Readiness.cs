using System.Net;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Supervision;

/// <summary>Waits until a process answers, ends, or has had its time (specs: kits 3.7).</summary>
internal static class Readiness
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    /// <summary>Null when it is ready.</summary>
    public static async Task<Diagnostic?> WaitAsync(SupervisedProcess process, ProcessInstance instance, LiveCell live, RunLog log, CancellationToken cancel)
    {
        var plan = process.Plan;
        if (plan.Ready.Kind is ReadyKind.Started)
        {
            return null;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(plan.Ready.TimeoutSeconds));
        var answers = plan.Ready.Listener is { } listener ? AnswersAsync(plan.Ready, live, plan.Listen.First(l => l.Name == listener), limit.Token) : Task.Delay(Timeout.Infinite, limit.Token);
        var first = await Task.WhenAny(answers, instance.Ready, process.Exited);
        if (first == instance.Ready || (first == answers && answers.IsCompletedSuccessfully))
        {
            await limit.CancelAsync();
            return null;
        }

        cancel.ThrowIfCancellationRequested();
        if (first == process.Exited)
        {
            var code = await process.EndAsync(cancel);
            await limit.CancelAsync();
            return SupervisionDiagnostics.EndedEarly.Now(plan.Id, code, log.Tail(plan.Id));
        }

        return SupervisionDiagnostics.NotReady.Now(plan.Id, plan.Ready.TimeoutSeconds, log.Tail(plan.Id));
    }

    private static async Task AnswersAsync(ReadyPlan ready, LiveCell live, ListenPlan listen, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancel);
                attempt.CancelAfter(LongestTry);
                if (ready.Kind is ReadyKind.Connect
                    ? await live.AnswersAsync(listen, attempt.Token)
                    : await StatusAsync(ready.Path ?? "/", live.Dial(listen), attempt.Token) < HttpStatusCode.InternalServerError)
                {
                    return;
                }
            }
            catch (Exception problem) when (problem is IOException or System.Net.Sockets.SocketException or HttpRequestException
                || (problem is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                // Not yet.
            }

            await Task.Delay(Pause, cancel);
        }
    }

    internal static async Task<HttpStatusCode> StatusAsync(string path, Dial dial, CancellationToken cancel)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = (_, token) => dial(token), UseProxy = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri("http://localhost/"), path));
        using var response = await client.SendAsync(request, cancel);
        return response.StatusCode;
    }
}
