namespace Capsule.Runtime.Supervision;

/// <summary>Stops processes, each after those that depend on it, so that nobody loses what it needs while it says goodbye.</summary>
internal static class StopSchedule
{
    /// <summary>Beyond this many graces in a row nobody waits: what is left ends with its cell.</summary>
    private const int LongestChain = 3;

    /// <param name="processes">What runs, in the order in which it was started.</param>
    public static async Task RunAsync(IReadOnlyList<SupervisedProcess> processes)
    {
        if (processes.Count == 0)
        {
            return;
        }

        var stopped = new Dictionary<string, Task>(StringComparer.Ordinal);
        var dependents = processes.SelectMany(p => p.Plan.DependsOn.Select(d => (Needed: d, p.Plan.Id))).ToLookup(e => e.Needed, e => e.Id, StringComparer.Ordinal);
        foreach (var process in processes.Reverse())
        {
            stopped[process.Plan.Id] = StopAsync(process, [.. dependents[process.Plan.Id].Where(stopped.ContainsKey).Select(id => stopped[id])]);
        }

        var grace = TimeSpan.FromSeconds(processes.Max(p => p.Plan.Stop.GraceSeconds));
        await Task.WhenAny(Task.WhenAll(stopped.Values), Task.Delay(grace * LongestChain));
    }

    private static async Task StopAsync(SupervisedProcess process, Task[] dependents)
    {
        await Task.WhenAll(dependents);
        if (process.Exited.IsCompleted)
        {
            return;
        }

        try
        {
            await process.StopAsync();
            if (!process.Exited.IsCompleted)
            {
                process.Kill();
            }

            // What it said last stands in the log before anything that is said by those it needs.
            await process.EndAsync(CancellationToken.None);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            // The sandbox has ended on its own; what is left of it goes with it.
        }
    }
}
