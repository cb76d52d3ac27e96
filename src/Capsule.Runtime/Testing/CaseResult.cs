using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>What became of one case.</summary>
public sealed record CaseResult
{
    public required TestCase Case { get; init; }

    public required TestOutcome Outcome { get; init; }

    /// <summary>When the case was put to the package; null when it never was.</summary>
    public DateTimeOffset? Started { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Why it did not pass, each at its place in the test file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What <see cref="TestCase.Verbose"/> asked for and was there.</summary>
    public IReadOnlyList<VerboseValue> Verbose { get; init; } = [];

    /// <summary>The last lines that the command of an exec case printed on either stream.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>The request of an mcp or http case; null when none was sent.</summary>
    public AccessLine? Access { get; init; }
}
