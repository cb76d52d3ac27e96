namespace Capsule.Core.Plans;

/// <summary>One sandbox: its processes and what they share. Each stage of a cell runs in a fresh sandbox.</summary>
public sealed record CellPlan
{
    /// <summary>For a kit the workload id, for a capsule the service or target.</summary>
    public required string Id { get; init; }

    public IReadOnlyList<MountPlan> Mounts { get; init; } = [];

    public IReadOnlyList<ProcessPlan> Processes { get; init; } = [];
}
