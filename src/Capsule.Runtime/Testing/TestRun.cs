using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing;

/// <summary>The results of a plan's cases, in the order of the plan.</summary>
/// <param name="Results">One for each case, those left out by the filter included.</param>
/// <param name="Diagnostics">Problems of the run itself, for example a filter that fits no case.</param>
public sealed record TestRun(IReadOnlyList<CaseResult> Results, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>True when every case that was to run passed.</summary>
    public bool Succeeded => !Diagnostics.Any(d => d.IsError) && Results.All(r => r.Outcome is TestOutcome.Passed or TestOutcome.Skipped);

    /// <summary>0, or the exit code of the first problem.</summary>
    public ExitCode Exit => Succeeded
        ? ExitCode.Ok
        : Diagnostics.Concat(Results.SelectMany(r => r.Diagnostics)).FirstOrDefault(d => d.IsError)?.Kind.Exit ?? ExitCode.ProcessFailed;

    public int Count(TestOutcome outcome) => Results.Count(r => r.Outcome == outcome);
}
