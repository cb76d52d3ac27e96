using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>Which mechanism enforces each limit of a cell on this machine (specs: platform 5).</summary>
internal static class CellLimits
{
    public const string Watchdog = "watchdog";
    private const string Timer = "timer";
    public const string Cgroup = "cgroup";
    private const string Nothing = "none";

    /// <summary>What a process may narrow for itself.</summary>
    public static LimitsPlan Merge(LimitsPlan cell, LimitsPlan process) => cell with
    {
        Pids = process.Pids ?? cell.Pids,
        Files = process.Files ?? cell.Files,
        FileSize = process.FileSize ?? cell.FileSize,
        WallSeconds = process.WallSeconds ?? cell.WallSeconds,
    };

    /// <summary>What each process holds by itself: a control group counts processes in its stead, and what it refuses can be seen.</summary>
    public static LimitsPlan OfProcess(LimitsPlan cell, LimitsPlan merged, Enforcement enforcement) =>
        enforcement.Limits["pids"] == Cgroup && merged.Pids == cell.Pids ? merged with { Pids = Math.Max(CellDefaults.Pids, 2 * (merged.Pids ?? 0)) } : merged;

    /// <summary>
    /// What holds for a cell as a whole: of what its processes share, the first one's, which is everybody's (CAP5474); of what each has
    /// for itself, what all agree on.
    /// </summary>
    public static LimitsPlan Of(IReadOnlyList<LimitsPlan> processes) => new()
    {
        Memory = processes[0].Memory,
        Cpu = processes[0].Cpu,
        Tmp = processes[0].Tmp,
        Pids = Agreed(processes, p => p.Pids),
        Files = Agreed(processes, p => p.Files),
        FileSize = Agreed(processes, p => p.FileSize),
        WallSeconds = Agreed(processes, p => p.WallSeconds),
    };

    /// <summary>Limit name to mechanism; <c>none</c> where nothing here can.</summary>
    public static SortedDictionary<string, string> Mechanisms(LimitsPlan limits, CgroupHost cgroups)
    {
        var mechanisms = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["files"] = "rlimit",
            ["pids"] = limits.Pids is not null && cgroups.Has("pids") ? Cgroup : "rlimit",
            ["tmp"] = "tmpfs",
        };
        if (limits.FileSize is not null)
        {
            mechanisms["fileSize"] = "rlimit";
        }

        if (limits.WallSeconds is not null)
        {
            mechanisms["wall"] = Timer;
        }

        if (limits.Memory is not null)
        {
            mechanisms["memory"] = cgroups.Has("memory") ? Cgroup : Watchdog;
        }

        if (limits.Cpu is not null)
        {
            mechanisms["cpu"] = cgroups.Has("cpu") ? Cgroup : Nothing;
        }

        return mechanisms;
    }

    /// <summary>What has to be refused: a declared limit without a mechanism, and with <paramref name="strict"/> one that only the watchdog holds.</summary>
    public static IEnumerable<Diagnostic> Check(string name, IReadOnlyDictionary<string, string> mechanisms, bool strict) =>
        from mechanism in mechanisms
        where mechanism.Value == Nothing || (strict && mechanism.Value == Watchdog)
        select SandboxDiagnostics.LimitUnenforced.Now(mechanism.Key, name);

    private static T? Agreed<T>(IReadOnlyList<LimitsPlan> processes, Func<LimitsPlan, T?> limit)
        where T : struct =>
        processes.Select(limit).Distinct().Count() == 1 ? limit(processes[0]) : null;
}
