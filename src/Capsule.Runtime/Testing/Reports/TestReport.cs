using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>A finished run as a report tells it. Cases that a filter left out are no part of it.</summary>
public sealed record TestReport
{
    public required PackageReference Package { get; init; }

    /// <summary>Absolute path of the file that declares the cases.</summary>
    public required string File { get; init; }

    public required IReadOnlyList<CaseResult> Results { get; init; }

    /// <summary>Problems of the run itself.</summary>
    public IReadOnlyList<Diagnostic> Problems { get; init; } = [];

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Ended { get; init; }

    /// <summary>What became of a run; the cases come from one file, which the first of them names.</summary>
    public static TestReport Of(PackageReference package, TestRun run, DateTimeOffset started) => new()
    {
        Package = package,
        File = run.Results.Count > 0 ? run.Results[0].Case.Span.File : "",
        Results = [.. run.Results.Where(r => r.Outcome is not TestOutcome.Skipped)],
        Problems = run.Diagnostics,
        Started = started,
        Ended = DateTimeOffset.UtcNow,
    };
}
