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
        var run = new Argument<string>("RUN") { Description = "The run's id, its beginning, or the package's name." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until the run ends." };
        var process = new Option<string?>("--process") { Description = "Only this process, for example hello or hello/start.", HelpName = "NAME" };
        return Verb.Define("logs", "Prints the log of a run.\n\nExample: capsule logs hello-kit --follow", [run, follow, process], async (context, cancel) =>
        {
            var found = RunList.Find(context.Home, context.Get(run));
            if (!found.Succeeded)
            {
                return Answer.Failed(found.Diagnostics);
            }

            var id = found.Value.Record.Id;
            if (!context.Get(follow))
            {
                var lines = LogReader.Read(context.Home, id, context.Get(process));
                return Answer.Ok(lines.Count == 0 ? null : string.Join('\n', lines.Select(Text)), new JsonArray([.. lines.Select(line => Describe(found.Value.Record, line))]));
            }

            await foreach (var line in LogReader.FollowAsync(context.Home, id, context.Get(process), cancel))
            {
                context.Terminal.Out.WriteLine(context.Json ? Describe(found.Value.Record, line).ToJsonString() : Text(line));
            }

            return Answer.Ok();
        });
    }

    private static string Text(LogLine line) => string.Create(CultureInfo.InvariantCulture, $"{line.Time.ToLocalTime():HH:mm:ss.fff} [{line.Process}] {line.Printable}");

    private static JsonObject Describe(RunRecord run, LogLine line) => new()
    {
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
