using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>A run whose services and tasks were given the machine's own network (<see cref="Grants.HostNetwork"/>).</summary>
internal static class MachineNetwork
{
    /// <summary>The plan as it runs then. What only prepares keeps its own network and its way out.</summary>
    public static LaunchPlan Given(LaunchPlan plan) => plan with
    {
        // The port that a program takes itself cannot be the public one too.
        PublicPort = plan.Cells.SelectMany(c => c.Processes).SelectMany(p => p.Listen).Any(l => l.Port == plan.PublicPort) ? null : plan.PublicPort,
        Cells =
        [
            .. plan.Cells.Select(cell => cell with
            {
                Processes = [.. cell.Processes.Select(p => StageOrder.IsLasting(p) ? p with { Network = new NetworkPlan { Mode = NetworkMode.Host } } : p)],
            }),
        ],
    };

    /// <summary>There, a port may be another program's, and what answers on it would be taken for the process. Throws <see cref="RefusedException"/>.</summary>
    public static void CheckPorts(ProcessPlan process, CapsuleHome home)
    {
        if (process.Network.Mode is not NetworkMode.Host)
        {
            return;
        }

        foreach (var port in process.Listen.Select(l => l.Port).OfType<int>())
        {
            if (PortHolder.Problem(home, port) is { } problem)
            {
                throw new RefusedException(problem);
            }
        }
    }
}
