using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Joining;

/// <summary>Beside which process a command runs: it gets that one's cell, user, folders, variables, network and limits.</summary>
internal sealed record JoinPlace(CellPlan Cell, ProcessPlan Process)
{
    /// <param name="plan">What runs.</param>
    /// <param name="name">A process's id, its cell's id, or null for the only one.</param>
    public static Result<JoinPlace> Choose(LaunchPlan plan, string? name)
    {
        var all = (from cell in plan.Cells
                   from process in cell.Processes
                   where StageOrder.IsLasting(process)
                   select new JoinPlace(cell, process)).ToList();
        var meant = all.Where(p => p.Process.Id == name).ToList() is { Count: > 0 } exact ? exact
            : all.Where(p => name is null || p.Cell.Id == name).ToList();
        return meant switch
        {
            [var one] => one,
            [] => JoinDiagnostics.NoSuchProcess.Now(name, Ids(all)),
            _ => JoinDiagnostics.SeveralProcesses.Now(Ids(meant)),
        };
    }

    private static string Ids(IEnumerable<JoinPlace> places) => string.Join(", ", places.Select(p => p.Process.Id));
}
