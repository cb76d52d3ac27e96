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

    /// <summary>True starts what answers calls at the first call to it.</summary>
    public bool OnCall { get; init; }

    /// <summary>Seconds between two looks at each service that was ready; null for none.</summary>
    public int? HealthEvery { get; init; }

    /// <summary>When services are started again; null keeps the plan's.</summary>
    public RestartPlan? Restart { get; init; }

    /// <summary>The plan with these choices. A process that is ready as soon as it has started waits for nothing.</summary>
    public LaunchPlan Apply(LaunchPlan plan) => plan with
    {
        Requires = plan.Requires with { StrictLimits = plan.Requires.StrictLimits || StrictLimits },
        Cells = [.. plan.Cells.Select(cell => cell with { Processes = [.. cell.Processes.Select(Apply)] })],
    };

    private ProcessPlan Apply(ProcessPlan process) => process with
    {
        Ready = ReadyTimeout is { } seconds && process.Ready.Kind != ReadyKind.Started ? process.Ready with { TimeoutSeconds = seconds } : process.Ready,
        Restart = IsService(process) ? Restart ?? process.Restart : process.Restart,
    };

    private static bool IsService(ProcessPlan process) => process.Stage is ProcessStage.Start or ProcessStage.Service;
}
