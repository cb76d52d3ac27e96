using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>Which processes start when: after those that they depend on, in whatever cell these are.</summary>
internal static class StageOrder
{
    private static readonly HashSet<ProcessStage> Lasting = [ProcessStage.Start, ProcessStage.Service, ProcessStage.Task];

    /// <summary>The processes that make the running package; the others have moments of their own.</summary>
    public static bool IsLasting(ProcessPlan process) => Lasting.Contains(process.Stage);

    /// <summary>The lasting processes, each after those it depends on, otherwise in the plan's order.</summary>
    public static Result<IReadOnlyList<ProcessPlan>> Of(LaunchPlan plan)
    {
        var processes = plan.Cells.SelectMany(c => c.Processes).Where(IsLasting).ToList();
        var byId = processes.ToDictionary(p => p.Id, StringComparer.Ordinal);
        var missing = processes.ToDictionary(p => p.Id, p => p.DependsOn.Where(byId.ContainsKey).Distinct(StringComparer.Ordinal).Count(), StringComparer.Ordinal);
        var dependents = processes.SelectMany(p => p.DependsOn.Distinct(StringComparer.Ordinal).Select(d => (Needed: d, Process: p))).ToLookup(e => e.Needed, e => e.Process, StringComparer.Ordinal);
        var next = new Queue<ProcessPlan>(processes.Where(p => missing[p.Id] == 0));
        var ordered = new List<ProcessPlan>();
        while (next.TryDequeue(out var process))
        {
            ordered.Add(process);
            foreach (var dependent in dependents[process.Id].Where(d => --missing[d.Id] == 0))
            {
                next.Enqueue(dependent);
            }
        }

        return ordered.Count == processes.Count
            ? ordered
            : SupervisionDiagnostics.Circular.Now(string.Join(", ", processes.Where(p => missing[p.Id] > 0).Select(p => p.Id)));
    }
}
