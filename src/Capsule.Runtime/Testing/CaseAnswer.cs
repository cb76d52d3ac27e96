using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing;

/// <summary>What a package answered to a case: a value to validate, or the reason why there is none.</summary>
internal sealed record CaseAnswer(TestOutcome Outcome, JsonNode? Value, IReadOnlyList<Diagnostic> Problems, AccessLine? Access)
{
    /// <summary>The last lines of a command.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    public static CaseAnswer Of(JsonNode? value, AccessLine? access = null) => new(TestOutcome.Passed, value, [], access);

    public static CaseAnswer Failed(Diagnostic problem, AccessLine? access = null) => new(TestOutcome.Failed, null, [problem], access);

    public static CaseAnswer Unasked(IReadOnlyList<Diagnostic> problems) => new(TestOutcome.Error, null, problems, null);
}
