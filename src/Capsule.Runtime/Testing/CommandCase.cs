using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>
/// A command in a prepared cell. Its value is <c>{exit_code, target_count, targets}</c>; another exit code than 0 fails before
/// validations (specs: kits 2.2).
/// </summary>
internal static class CommandCase
{
    private const int ShownLines = 20;
    private const int ShownColumns = 300;
    private const string DefaultVariant = "default";

    public static async Task<CaseAnswer> RunAsync(TestCase one, ITestedPackage package, TestRunOptions options, CancellationToken cancel)
    {
        if (one.Process is null || (one.Shell is null && one.Argv is not { Count: > 0 }))
        {
            return CaseAnswer.Unasked([TestingDiagnostics.Unusable.At(one.Span, one.Id, "it has no command or no workload.")]);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.CaseTimeout);
        var command = new TestCommand { Process = one.Process, Variant = one.Variant, Cell = one.Cell, Shell = one.Shell, Argv = one.Argv };
        try
        {
            var ran = await package.ExecAsync(command, limit.Token);
            if (!ran.Succeeded)
            {
                return CaseAnswer.Unasked(ran.Diagnostics);
            }

            string[] tail = [.. Lines(ran.Value.Output), .. Lines(ran.Value.Error)];
            var answer = ran.Value.ExitCode == 0
                ? CaseAnswer.Of(Value(command, ran.Value))
                : CaseAnswer.Failed(TestingDiagnostics.CommandFailed.At(one.Span, ran.Value.ExitCode, string.Concat(tail.Select(line => TerminalText.Quote + line))));
            return answer with { Output = tail };
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return CaseAnswer.Failed(TestingDiagnostics.TooSlow.At(one.Span, one.Id, options.CaseTimeout.TotalSeconds));
        }
    }

    private static JsonObject Value(TestCommand command, CommandOutcome outcome) => new()
    {
        ["exit_code"] = outcome.ExitCode,
        ["target_count"] = 1,
        ["targets"] = new JsonArray(new JsonObject
        {
            ["workload"] = command.Process.Split('/')[0],
            ["variant"] = command.Variant ?? DefaultVariant,
            ["artifact_root"] = outcome.ArtifactRoot,
            ["command_root"] = outcome.CommandRoot,
        }),
    };

    /// <summary>The last lines of a stream. Both are kept: some tools complain on one, some on the other.</summary>
    private static IEnumerable<string> Lines(string text) =>
        from line in text.TrimEnd().Split('\n').TakeLast(ShownLines)
        where line.Length > 0
        let shown = TerminalText.Line(line.TrimEnd('\r'))
        select shown.Length <= ShownColumns ? shown : shown[..ShownColumns] + "…";
}
