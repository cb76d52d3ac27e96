namespace Capsule.Core.Plans;

/// <summary>Bounds; null means the runner's default.</summary>
public sealed record LimitsPlan
{
    public long? Memory { get; init; }

    public int? Pids { get; init; }

    public double? Cpu { get; init; }

    public int? Files { get; init; }

    public long? FileSize { get; init; }

    public long? Tmp { get; init; }

    public int? WallSeconds { get; init; }
}
