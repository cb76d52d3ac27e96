using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>Which mechanism enforces each limit of a cell on this machine (specs: platform 5).</summary>
internal static class CellLimits
{
    public const string Watchdog = "watchdog";
    private const string Cgroup = "cgroup";
    private const string Nothing = "none";

    /// <summary>What a process may narrow for itself.</summary>
    public static LimitsPlan Merge(LimitsPlan cell, LimitsPlan process) => cell with
    {
        Pids = process.Pids ?? cell.Pids,
        Files = process.Files ?? cell.Files,
        FileSize = process.FileSize ?? cell.FileSize,
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

        if (limits.Memory is not null)
        {
            mechanisms["memory"] = cgroups.Has("memory") ? Cgroup : Watchdog;
        }

        if (limits.Cpu is not null)
        {
            mechanisms["cpu"] = cgroups.Has("cpu") ? Cgroup : Nothing;
        }

        if (limits.WallSeconds is not null)
        {
            mechanisms["wall"] = Nothing;
        }

        return mechanisms;
    }

    /// <summary>What has to be refused: a declared limit without a mechanism, and with <paramref name="strict"/> one that only the watchdog holds.</summary>
    public static IEnumerable<Diagnostic> Check(string name, IReadOnlyDictionary<string, string> mechanisms, bool strict) =>
        from mechanism in mechanisms
        where mechanism.Value == Nothing || (strict && mechanism.Value == Watchdog)
        select SandboxDiagnostics.LimitUnenforced.Now(mechanism.Key, name);
}
