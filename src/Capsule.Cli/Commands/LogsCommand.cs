using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule logs RUN</c>: what a run wrote, living or ended.</summary>
internal static class LogsCommand
{
    public static Command Make()
    {
        var names = new Argument<string[]>("RUN") { Description = "The run's id, its beginning, or the package's name.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Everything that runs." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the runs end." };
        var process = new Option<string?>("--process") { Description = "Only this process, for example hello or hello/start.", HelpName = "NAME" };
        return Verb.Define("logs", "Prints the log of a run, or of several in the order of time.\n\nExample: capsule logs hello-kit --follow", [names, all, follow, process], async (context, cancel) =>
        {
            if (RunNames.Check(context, names, all) is { } problem)
            {
                return Answer.Failed([problem]);
            }

            var found = RunNames.Of(context, names, all).Select(name => RunList.Find(context.Home, name)).ToArray();
            if (found.FirstOrDefault(f => !f.Succeeded) is { } missing)
            {
                return Answer.Failed(missing.Diagnostics);
            }

            RunRecord[] runs = [.. found.Select(f => f.Value!.Record).DistinctBy(r => r.Id, StringComparer.Ordinal)];
            var several = runs.Length > 1;
            if (!context.Get(follow))
            {
                var lines = runs.SelectMany(run => LogReader.Read(context.Home, run.Id, context.Get(process)).Select(line => (Run: run, Line: line))).ToList();
                lines = several ? [.. lines.OrderBy(l => l.Line.Time)] : lines;
                return Answer.Ok(lines.Count == 0 ? null : string.Join('\n', lines.Select(l => Text(l.Line, several ? l.Run.Id : null))), new JsonArray([.. lines.Select(l => Describe(l.Run, l.Line))]));
            }

            await Task.WhenAll(runs.Select(async run =>
            {
                await foreach (var line in LogReader.FollowAsync(context.Home, run.Id, context.Get(process), cancel))
                {
                    var text = context.Json ? Describe(run, line).ToJsonString() : Text(line, several ? run.Id : null);
                    lock (context)
                    {
                        context.Terminal.Out.WriteLine(text);
                    }
                }
            }));
            return Answer.Ok();
        });
    }

    private static string Text(LogLine line, string? run) => string.Create(CultureInfo.InvariantCulture, $"{line.Time.ToLocalTime():HH:mm:ss.fff} [{(run is null ? "" : run + " ")}{line.Process}] {line.Printable}");

    private static JsonObject Describe(RunRecord run, LogLine line) => new()
    {
        ["run"] = run.Id,
        ["time"] = line.Time.ToString("O", CultureInfo.InvariantCulture),
        ["process"] = line.Process,
        ["identity"] = WorkloadIdentity.Of(run, line.Process),
        ["stream"] = line.Stream,
        ["level"] = line.Level.ToString().ToLowerInvariant(),
        ["text"] = line.Text,
        ["fields"] = line.Fields is null ? null : JsonNode.Parse(line.Fields),
        ["denial"] = line.Denial is null ? null : DenialJson.Of(line.Denial),
    };
}
