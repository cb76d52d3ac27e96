using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule ps</c>: what runs now, from the records; a record whose lock is free is dead.</summary>
internal static class PsCommand
{
    public static Command Make()
    {
        var all = new Option<bool>("--all", "-a") { Description = "Show ended runs too." };
        return Verb.Define("ps", "Lists running packages: run, state, address, start, package.\n\nExample: capsule ps", [all], (context, _) =>
        {
            var runs = RunList.All(context.Home).Where(r => r.IsAlive || context.Get(all)).ToArray();
            return Task.FromResult(Answer.Ok(
                runs.Length == 0 ? null : string.Join('\n', runs.Select(Line)),
                new JsonArray([.. runs.Select(Describe)])));
        });
    }

    internal static JsonObject Describe(ListedRun run) => new()
    {
        ["run"] = run.Record.Id,
        ["alive"] = run.IsAlive,
        ["state"] = State(run),
        ["package"] = run.Record.Package.Scope is { } scope ? $"{scope}/{run.Record.Package.Name}" : run.Record.Package.Name,
        ["version"] = run.Record.Package.Version,
        ["address"] = run.Record.Address?.GetLeftPart(UriPartial.Authority),
        ["source"] = run.Record.Source,
        ["origin"] = run.Record.Origin,
        ["restarts"] = Restarts(run),
        ["processes"] = new JsonArray([.. run.Record.Processes.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => new JsonObject
        {
            ["id"] = p.Id,
            ["identity"] = WorkloadIdentity.Of(run.Record, p.Id),
            ["state"] = p.State?.ToString().ToLowerInvariant(),
            ["exitCode"] = p.ExitCode,
            ["restarts"] = p.Restarts,
        })]),
        ["started"] = run.Record.Started.ToString("O", CultureInfo.InvariantCulture),
        ["toolchains"] = new JsonArray([.. run.Record.Toolchains.Select(t => JsonValue.Create($"{t.Name} {t.Version}"))]),
        ["grants"] = GrantJson.Of(run.Record.Grants),
        ["problem"] = run.Record.Problem,
    };

    private static string Line(ListedRun run) => string.Join("  ",
        run.Record.Id.PadRight(24),
        State(run).PadRight(9),
        (run.Record.Address?.GetLeftPart(UriPartial.Authority) ?? "-").PadRight(24),
        run.Record.Started.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        TerminalText.Line(run.Record.Origin ?? run.Record.Source) + (Restarts(run) is > 0 and var times ? string.Create(CultureInfo.InvariantCulture, $"  (services started again: {times})") : "")
        + (run.IsAlive && run.Record.Processes.Where(p => p.State is ProcessState.Waiting).Select(p => p.Id).Order(StringComparer.Ordinal).ToArray() is { Length: > 0 } waiting ? $"  (waiting for a call: {string.Join(", ", waiting)})" : ""));

    private static int Restarts(ListedRun run) => run.Record.Processes.Sum(p => p.Restarts);

    // A runner that was killed could not write its last state.
    private static string State(ListedRun run) =>
        !run.IsAlive && run.Record.State is not (RunState.Stopped or RunState.Failed) ? "dead" : run.Record.State.ToString().ToLowerInvariant();
}
