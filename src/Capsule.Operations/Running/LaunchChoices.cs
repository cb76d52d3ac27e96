using Capsule.Core.Plans;

namespace Capsule.Operations.Running;

/// <summary>What a user may choose about any launch plan. It grants nothing that the plan does not.</summary>
public sealed record LaunchChoices
{
    /// <summary>The longest wait for readiness, in seconds: one hour.</summary>
    public const int LongestReadyTimeout = 3600;

    /// <summary>Seconds until a process has to be ready, instead of the plan's; null keeps the plan's.</summary>
    public int? ReadyTimeout { get; init; }

    /// <summary>True refuses limits that are only watched, not held by the kernel (CAP5130).</summary>
    public bool StrictLimits { get; init; }

    /// <summary>The plan with these choices. A process that is ready as soon as it has started waits for nothing.</summary>
    public LaunchPlan Apply(LaunchPlan plan) => plan with
    {
        Requires = plan.Requires with { StrictLimits = plan.Requires.StrictLimits || StrictLimits },
        Cells = ReadyTimeout is { } seconds
            ? [.. plan.Cells.Select(cell => cell with { Processes = [.. cell.Processes.Select(p => Waiting(p, seconds))] })]
            : plan.Cells,
    };

    private static ProcessPlan Waiting(ProcessPlan process, int seconds) =>
        process.Ready.Kind == ReadyKind.Started ? process : process with { Ready = process.Ready with { TimeoutSeconds = seconds } };
}
