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
        var run = new Argument<string[]>("RUN") { Description = "The run's id, its beginning, or the package's name.", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "Kill what has not stopped in time." };
        return Verb.Define("stop", "Stops running packages, gracefully, and waits for it.\n\nExample: capsule stop hello-kit", [run, force], async (context, cancel) =>
        {
            var stopped = new List<ListedRun>();
            foreach (var name in context.Get(run))
            {
                var result = await RunList.StopAsync(context.Home, name, Patience, context.Get(force), cancel);
                if (!result.Succeeded)
                {
                    return Answer.Failed(result.Diagnostics);
                }

                stopped.Add(result.Value);
                context.Say($"stopped {result.Value.Record.Id}");
            }

            return Answer.Ok(data: new JsonArray([.. stopped.Select(PsCommand.Describe)]));
        });
    }
}
