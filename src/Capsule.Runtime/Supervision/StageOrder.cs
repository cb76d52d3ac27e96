using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Supervision;

/// <summary>Which cells start when: after those that their processes depend on.</summary>
internal static class StageOrder
{
    private static readonly HashSet<ProcessStage> Lasting = [ProcessStage.Start, ProcessStage.Service, ProcessStage.Task];

    /// <summary>The processes that make the running package; the others have moments of their own.</summary>
    public static bool IsLasting(ProcessPlan process) => Lasting.Contains(process.Stage);

    public static Result<IReadOnlyList<CellPlan>> Of(LaunchPlan plan)
    {
        var ordered = new List<CellPlan>();
        var waiting = plan.Cells.ToList();
        while (waiting.Count > 0)
        {
            var next = waiting.FirstOrDefault(cell => !Needs(cell).Any(id => waiting.Any(other => other != cell && other.Processes.Any(p => p.Id == id))));
            if (next is null)
            {
                return SupervisionDiagnostics.Circular.Now(string.Join(", ", waiting.Select(c => c.Id)));
            }

            waiting.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private static IEnumerable<string> Needs(CellPlan cell) => cell.Processes.Where(IsLasting).SelectMany(p => p.DependsOn);
}
