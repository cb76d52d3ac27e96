using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule exec RUN</c>: beside the processes of a run.</summary>
internal static class RunExec
{
    public static async Task<Answer> JoinAsync(VerbContext context, ListedRun run, ExecCall call, CancellationToken cancel)
    {
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        var ended = await RunJoiner.RunAsync(context.Home, run, new JoinRequest(call.Process, call.Command), input, output, error, Interruption.Signal, cancel);
        return cancel.IsCancellationRequested ? new Answer { Exit = Interruption.Exit }
            : Answer.From(ended, end => new Answer { Exit = (ExitCode)end.ExitCode, Data = new JsonObject { ["run"] = run.Record.Id, ["exit"] = end.ExitCode } });
    }
}
