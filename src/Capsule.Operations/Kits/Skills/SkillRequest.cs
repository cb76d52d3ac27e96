using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Kits.Skills;

/// <summary>A skill for a Kit that runs.</summary>
public sealed record SkillRequest
{
    public required CapsuleHome Home { get; init; }

    public required SkillPlace Place { get; init; }

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>From 0, which of the run's skills.</summary>
    public int Number { get; init; }

    /// <summary>The default MCP endpoint at the public listener.</summary>
    public required Uri Address { get; init; }

    /// <summary>This program and what stands before its verbs, absolute.</summary>
    public required IReadOnlyList<string> Program { get; init; }
}
