using Capsule.Core.Diagnostics;

namespace Capsule.Core.Plans;

/// <summary>
/// A part of a package that is not there while its tests run: instead of it the runner answers what the author wrote down. For tests
/// only; a manifest never makes one.
/// </summary>
public sealed record StubPlan
{
    /// <summary>What is replaced, as the author calls it.</summary>
    public required string Id { get; init; }

    /// <summary>The cells that are neither prepared nor started, and the exits that are not served, by the part of their ids before the slash.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    /// <summary>The first one that fits a call is given.</summary>
    public required IReadOnlyList<StubAnswer> Answers { get; init; }
}

/// <summary>One canned answer.</summary>
public sealed record StubAnswer
{
    /// <summary>The process or exit that is called.</summary>
    public required string Process { get; init; }

    /// <summary>The path there, as callers of the process see it arrive; a slash at its end does not count.</summary>
    public required string Path { get; init; }

    /// <summary>Null for any. Of a tool's answer it has no meaning.</summary>
    public string? Method { get; init; }

    /// <summary>mcp: the tool whose result <see cref="Json"/> is; null for plain HTTP.</summary>
    public string? Tool { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>The body as JSON text; excludes <see cref="Text"/>.</summary>
    public string? Json { get; init; }

    public string? Text { get; init; }

    /// <summary>Null for that of JSON or of plain text.</summary>
    public string? ContentType { get; init; }

    public SourceSpan? Span { get; init; }
}
