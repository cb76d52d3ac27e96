using Capsule.Build.Tasks.Sessions;
using Capsule.Core.Diagnostics;
using Microsoft.Build.Framework;

namespace Capsule.Build.Tasks;

/// <summary>
/// Runs the cases of a package for <c>dotnet test</c> in VSTest mode. The runner does it, in a process of its own; each problem that
/// it tells becomes an error at its place.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed partial class RunCases : CapsuleTask
{
    protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
    {
        if (Unused.Length > 0)
        {
            Log.LogMessage(MessageImportance.High, "  {0}: {1} mean nothing for the cases of a package and were not used.", DisplayName, string.Join(", ", Unused));
        }

        var log = new Logging.DiagnosticLog(Log, SdkRoot);
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
                    log.Write(problem with { File = problem.File ?? Project });
                }

                if (line.Say is { } text)
                {
                    Log.LogMessage(MessageImportance.High, "{0}", text);
                }
            },
            RunnerSession.Patience,
            cancel);

        // A failed case is an error of its own; the sum has the last word where none was said.
        return ended.Succeeded && ended.Value.Failed > 0 && !Log.HasLoggedErrors ? [SdkDiagnostics.CasesFailed.Now(ended.Value.Failed)] : ended.Diagnostics;
    }

    private IEnumerable<string> Arguments()
    {
        string[] always = ["exec", Absolute(Runner), "test-session", Absolute(Manifest), "--results", Absolute(ResultsFolder), "--name", DisplayName];
        return
        [
            .. always,
            .. Option("--filter", Filter),
            .. Loggers.SelectMany(logger => Option("--logger", logger)),
            .. Option("--verbosity", Verbosity),
            .. ListOnly ? ["--list"] : Array.Empty<string>(),
            .. FailOnZero ? [] : new[] { "--allow-no-tests" },
        ];
    }

    private static string[] Option(string name, string? value) => OrNull(value) is { } given ? [name, given] : [];
}
