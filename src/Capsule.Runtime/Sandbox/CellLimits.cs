using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>Which mechanism enforces each limit of a cell on this machine (specs: platform 5).</summary>
internal static class CellLimits
{
    public static LimitsPlan Merge(LimitsPlan cell, LimitsPlan process) => cell with
    {
        Pids = process.Pids ?? cell.Pids,
        Files = process.Files ?? cell.Files,
        FileSize = process.FileSize ?? cell.FileSize,
    };

    /// <summary>Limit name to mechanism; <c>none</c> where nothing here can.</summary>
    public static SortedDictionary<string, string> Mechanisms(LimitsPlan limits)
    {
        var mechanisms = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["files"] = "rlimit",
            ["pids"] = "rlimit",
            ["tmp"] = "tmpfs",
        };
        if (limits.FileSize is not null)
        {
            mechanisms["fileSize"] = "rlimit";
        }

        if (limits.Memory is not null)
        {
            mechanisms["memory"] = "watchdog";
        }

        if (limits.Cpu is not null)
        {
            mechanisms["cpu"] = "none";
        }

        return mechanisms;
    }

    /// <summary>What has to be refused: a declared limit without a mechanism, and with <paramref name="strict"/> one that only the watchdog holds.</summary>
    public static IEnumerable<Diagnostic> Check(string name, LimitsPlan limits, bool strict) =>
        from mechanism in Mechanisms(limits)
        where mechanism.Value == "none" || (strict && mechanism.Value == "watchdog")
        select SandboxDiagnostics.LimitUnenforced.Now(mechanism.Key, name);
}
