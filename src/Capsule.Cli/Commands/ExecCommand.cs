using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule exec RUN -- COMMAND</c>: a program in a cell of a run that lives, with the walls of its processes.</summary>
internal static class ExecCommand
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    public static Command Make()
    {
        var run = new Argument<string>("RUN") { Description = "The run's id, its beginning, or the package's name." };
        var command = new Argument<string[]>("COMMAND") { Description = "Behind --: the program and its arguments.", Arity = ArgumentArity.OneOrMore };
        var process = new Option<string?>("--process") { Description = "The process to run beside, for example hello/start, or its cell.", HelpName = "ID" };
        return Verb.Define("exec", "Runs a program beside the processes of a run that lives, with their walls.\n\nExample: capsule exec hello-kit -- ls -l /app", [run, command, process], async (context, cancel) =>
        {
            var found = RunList.Find(context.Home, context.Get(run));
            if (!found.Succeeded)
            {
                return Answer.Failed(found.Diagnostics);
            }

            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            await using var error = Console.OpenStandardError();
            var ended = await RunJoiner.RunAsync(
                context.Home,
                found.Value,
                new JoinRequest(context.Get(process), context.Get(command)),
                input,
                output,
                error,
                () => Interruption.Exit == ExitCode.Interrupted ? Interrupt : Terminate,
                cancel);
            return cancel.IsCancellationRequested ? new Answer { Exit = Interruption.Exit }
                : Answer.From(ended, end => new Answer { Exit = (ExitCode)end.ExitCode, Data = new JsonObject { ["run"] = found.Value.Record.Id, ["exit"] = end.ExitCode } });
        });
    }
}
