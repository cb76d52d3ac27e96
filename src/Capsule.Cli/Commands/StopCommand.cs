using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule stop RUN</c>: asks the run's own runner to stop, and waits until nothing of it is left.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Make()
    {
        var run = new Argument<string[]>("RUN") { Description = "The run's id, its beginning, or the package's name.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Stop everything that runs." };
        var force = new Option<bool>("--force", "-f") { Description = "Kill what has not stopped in time." };
        return Verb.Define("stop", "Stops running packages, gracefully, and waits for it.\n\nExample: capsule stop hello-kit", [run, all, force], async (context, cancel) =>
        {
            if (RunNames.Check(context, run, all) is { } problem)
            {
                return Answer.Failed([problem]);
            }

            // All at the same time: each may take as long as its processes' graces.
            var results = await Task.WhenAll(RunNames.Of(context, run, all).Select(name => RunList.StopAsync(context.Home, name, Patience, context.Get(force), cancel)));
            var stopped = results.Where(r => r.Succeeded).Select(r => r.Value!).ToArray();
            foreach (var one in stopped)
            {
                context.Say($"stopped {one.Record.Id}");
            }

            var problems = results.Where(r => !r.Succeeded).SelectMany(r => r.Diagnostics).ToArray();
            return problems.Length > 0 ? Answer.Failed(problems) : Answer.Ok(data: new JsonArray([.. stopped.Select(PsCommand.Describe)]));
        });
    }
}
