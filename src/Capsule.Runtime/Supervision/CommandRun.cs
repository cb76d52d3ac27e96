using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Shadows;

namespace Capsule.Runtime.Supervision;

/// <summary>A command in a sandbox of its own, from the opening of the cell to the write-back behind its end.</summary>
internal static class CommandRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<Result<CommandEnd>> RunAsync(PreparedRun run, CellStage stage, ProcessPlan process, CommandRequest command, CancellationToken cancel)
    {
        if (stage.Plan.Processes.Any(p => p.Stage is ProcessStage.Prepare))
        {
            foreach (var shadow in stage.Shadows)
            {
                shadow.Note(cancel);
            }
        }

        var mask = run.Request.Secrets.Mask;
        await using var output = mask.Writing(command.Output);
        await using var error = mask.Writing(command.Error);
        var streams = new CarriedStreams(output, error);
        int code;
        try
        {
            code = await RunAsync(run, stage, process, command, streams, cancel);
        }
        catch (RefusedException refused)
        {
            streams.Abandon();
            return refused.Diagnostic;
        }
        catch
        {
            streams.Abandon();
            throw;
        }

        // The cell is gone, and with it whatever the command left running: its ends of the pipes are closed, its folders are still.
        await Task.WhenAny(streams.Read, Task.Delay(Patience, CancellationToken.None));
        return cancel.IsCancellationRequested ? new CommandEnd(code, WriteBackReport.Nothing) : new CommandEnd(code, Merge(stage.Shadows.Select(s => s.WriteBack(cancel))));
    }

    private static async Task<int> RunAsync(PreparedRun run, CellStage stage, ProcessPlan process, CommandRequest command, CarriedStreams streams, CancellationToken cancel)
    {
        var instance = run.Instance(stage, process);
        await using var live = new LiveCell(stage);
        var sockets = await run.SocketsAsync(live, [instance], cancel);
        live.Opened(await run.OpenAsync(stage, [process], sockets, cancel), sockets);
        var family = run.Request.Hooks?.Variables(instance) ?? new Dictionary<string, string>();
        var started = await run.StartAsync(stage, live.Cell!, process, family, null, streams.Theirs, cancel);
        live.Started(started);
        instance.ReportSealed();
        run.Update(r => r with { State = RunState.Running });
        streams.Feed(command.Input);
        await Task.WhenAny(started.Exited, Task.Delay(Timeout.Infinite, cancel));
        if (!started.Exited.IsCompleted)
        {
            await started.SignalAsync(command.Signal());
            await Task.WhenAny(started.Exited, Task.Delay(Patience, CancellationToken.None));
            started.Kill();
        }

        return await started.EndAsync(CancellationToken.None);
    }

    private static WriteBackReport Merge(IEnumerable<WriteBackReport> reports)
    {
        var all = reports.ToList();
        return new WriteBackReport([.. all.SelectMany(r => r.Outcomes)], [.. all.SelectMany(r => r.Problems)]);
    }
}
