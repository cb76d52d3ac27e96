using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Planning;

/// <summary>
/// Limits that the kernel can hold. A negative number means "none" to several of its interfaces, and one that is too large wraps
/// around: both would be a wall that is declared and not there.
/// </summary>
internal static class LimitRules
{
    /// <summary>A cell with less cannot run its own first process; bounds the plan's values, in bytes.</summary>
    private const long LeastMemory = 1 << 20;
    private const long MostBytes = 1L << 50;

    /// <summary>PID_MAX_LIMIT of the kernel.</summary>
    private const int MostProcesses = 1 << 22;

    /// <summary>fs.nr_open as every kernel has it.</summary>
    private const int MostFiles = 1 << 20;
    private const int LeastFiles = 8;
    private const double LeastCpu = 0.01;
    private const double MostCpu = 4096;

    public static IEnumerable<Diagnostic> Check(CellPlan cell) => cell.Processes.SelectMany(p => Values(p.Id, p.Limits)).Concat(Shared(cell)).Concat(Sizes(cell));

    /// <summary>Each limit that any process declares, at its largest: whether this machine can hold it is found out by one sandbox.</summary>
    public static LimitsPlan Any(LaunchPlan plan)
    {
        var all = plan.Cells.SelectMany(c => c.Processes).Select(p => p.Limits).ToArray();
        return new LimitsPlan
        {
            Memory = all.Max(l => l.Memory),
            Pids = all.Max(l => l.Pids),
            Cpu = all.Max(l => l.Cpu),
            Files = all.Max(l => l.Files),
            FileSize = all.Max(l => l.FileSize),
            Tmp = all.Max(l => l.Tmp),
            WallSeconds = all.Max(l => l.WallSeconds),
        };
    }

    private static IEnumerable<Diagnostic> Values(string id, LimitsPlan limits) =>
        from limit in new (string Name, double? Value, double Least, double Most)[]
        {
            ("memory", limits.Memory, LeastMemory, MostBytes),
            ("pids", limits.Pids, 1, MostProcesses),
            ("cpu", limits.Cpu, LeastCpu, MostCpu),
            ("files", limits.Files, LeastFiles, MostFiles),
            ("fileSize", limits.FileSize, 1, MostBytes),
            ("tmp", limits.Tmp, 1, MostBytes),
            ("wall", limits.WallSeconds, 1, int.MaxValue),
        }
        where limit.Value is { } value && !(value >= limit.Least && value <= limit.Most)
        select PlanDiagnostics.LimitValue.Now(limit.Name, id, Text(limit.Value.GetValueOrDefault()), Text(limit.Least), Text(limit.Most));

    /// <summary>Memory, processor time and temporary files are the cell's: the first process's limits hold for all.</summary>
    private static IEnumerable<Diagnostic> Shared(CellPlan cell)
    {
        var lasting = cell.Processes.Where(StageOrder.IsLasting).ToArray();
        return from process in lasting.Skip(1)
               from limit in new (string Name, double? Own, double? First)[]
               {
                   ("memory", process.Limits.Memory, lasting[0].Limits.Memory),
                   ("cpu", process.Limits.Cpu, lasting[0].Limits.Cpu),
                   ("tmp", process.Limits.Tmp, lasting[0].Limits.Tmp),
               }
               where limit.Own is not null && limit.Own != limit.First
               select PlanDiagnostics.LimitsDiffer.Now(lasting[0].Id, process.Id, limit.Name);
    }

    private static IEnumerable<Diagnostic> Sizes(CellPlan cell) =>
        from mount in cell.Mounts
        where mount.Size is < 1 or > MostBytes
        select PlanDiagnostics.LimitValue.Now("size of the mount " + mount.Id, cell.Id, mount.Size, 1, MostBytes);

    private static string Text(double amount) => amount.ToString(Math.Floor(amount) == amount ? "F0" : "0.##", CultureInfo.InvariantCulture);
}
