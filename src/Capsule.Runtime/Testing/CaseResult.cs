using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>What became of one case.</summary>
public sealed record CaseResult
{
    public required TestCase Case { get; init; }

    public required TestOutcome Outcome { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Why it did not pass, each at its place in the test file.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>What <see cref="TestCase.Verbose"/> asked for and was there.</summary>
    public IReadOnlyList<VerboseValue> Verbose { get; init; } = [];

    /// <summary>The request of an mcp or http case; null when none was sent.</summary>
    public AccessLine? Access { get; init; }
}
