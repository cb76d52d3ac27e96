using Capsule.Build.Tasks.Sessions;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans.Sessions;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>
/// Runs the cases of a package for <c>dotnet test</c> in VSTest mode. The runner does it, in a process of its own; each problem that
/// it tells becomes an error at its place.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunCases : CapsuleTask
{
    // What MSBuild's terminal logger knows of tests; it swallows every other message.
    private const string Printed = "TLTESTOUTPUT";
    private const string Finished = "TLTESTFINISH";

    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        if (Unused.Length > 0)
        {
            Tell(Printed, $"{DisplayName}: {string.Join(", ", Unused)} mean nothing for the cases of a package and were not used.");
        }

        var log = new Logging.DiagnosticLog(Log, SdkRoot, Project);
        var start = TaskEnvironment.GetProcessStartInfo();
        start.FileName = Dotnet;
        foreach (var argument in Arguments())
        {
            start.ArgumentList.Add(argument);
        }

        var ended = await RunnerSession.RunAsync(
            start,
            line =>
            {
                if (line.Problem is { } problem)
                {
                    log.Write(problem);
                }

                if (line.Say is { } text)
                {
                    Tell(Printed, text);
                }
            },
            RunnerSession.Patience,
            cancel);

        if (ended.Value is { Text: { } told } sum)
        {
            Tell(Finished, told, Counts(sum));
        }

        // A failed case is an error of its own; the sum has the last word where none was said.
        return ended.Succeeded && ended.Value.Failed > 0 && !Log.HasLoggedErrors ? [SdkDiagnostics.CasesFailed.Now(ended.Value.Failed)] : ended.Diagnostics;
    }

    /// <summary>A message that every logger prints; the terminal logger makes a summary of its own from the counts.</summary>
    private void Tell(string kind, string text, Dictionary<string, string?>? counts = null) =>
        BuildEngine.LogMessageEvent(new ExtendedBuildMessageEventArgs(kind, text, null, nameof(RunCases), MessageImportance.High) { ExtendedMetadata = counts });

    private static Dictionary<string, string?> Counts(SessionSum sum) => new()
    {
        ["total"] = $"{sum.Passed + sum.Failed}",
        ["passed"] = $"{sum.Passed}",
        ["failed"] = $"{sum.Failed}",
        ["skipped"] = "0",
    };

    private IEnumerable<string> Arguments()
    {
        string[] always = ["exec", Absolute(Runner), "test-session", Absolute(Manifest), "--results", Absolute(ResultsFolder), "--name", DisplayName];
        return
        [
            .. always,
            .. Option("--filter", Filter),
            .. Loggers.SelectMany(logger => Option("--logger", logger)),
            .. Option("--verbosity", Verbosity),
            .. Mounts.SelectMany(mount => Option("--mount", mount)),
            .. Options.SelectMany(option => Option("--option", option)),
            .. Variants.SelectMany(variant => Option("--variant", variant)),
            .. Option("--mode", Mode),
            .. ListOnly ? ["--list"] : Array.Empty<string>(),
            .. FailOnZero ? [] : new[] { "--allow-no-tests" },
        ];
    }

    private static string[] Option(string name, string? value) => OrNull(value) is { } given ? [name, given] : [];
}
