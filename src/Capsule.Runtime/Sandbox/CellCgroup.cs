using System.Globalization;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>The control groups of one cell. The init enters them before it starts anything; all that follows is born inside.</summary>
internal sealed class CellCgroup : IDisposable
{
    private const int Period = 100_000;
    private static int _last;
    private readonly List<string> _folders = [];

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"capsule-{Environment.ProcessId}-{Interlocked.Increment(ref _last)}");

    private CellCgroup()
    {
    }

    /// <summary>Makes the groups and puts a process into them; null where no limit wants one.</summary>
    /// <exception cref="IOException">The kernel refuses a group or a value: the cell must not open.</exception>
    public static CellCgroup? Enter(CgroupHost host, LimitsPlan limits, int pid)
    {
        var wanted = Values(host.IsUnified, limits).Where(v => host.Has(v.Controller)).ToArray();
        if (wanted.Length == 0)
        {
            return null;
        }

        var group = new CellCgroup();
        try
        {
            foreach (var (controller, file, value) in wanted)
            {
                var folder = $"{host.Folder(controller)}/{group._name}";
                if (!group._folders.Contains(folder))
                {
                    RemoveDead(host.Folder(controller));
                    Directory.CreateDirectory(folder);
                    group._folders.Add(folder);
                }

                File.WriteAllText($"{folder}/{file}", value);
            }

            foreach (var folder in group._folders)
            {
                File.WriteAllText(folder + "/cgroup.procs", pid.ToString(CultureInfo.InvariantCulture));
            }

            return group;
        }
        catch
        {
            group.Dispose();
            throw;
        }
    }

    /// <summary>False when a living process is in one of the groups no more: somebody has moved it or taken the group away.</summary>
    public bool Holds(int pid)
    {
        try
        {
            var memberships = File.ReadAllLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/cgroup"));
            return memberships.Count(m => m.EndsWith("/" + _name, StringComparison.Ordinal)) >= _folders.Count || IsExiting(pid);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It has ended.
            return true;
        }
    }

    /// <summary>Whether the kernel has killed a process for the memory limit.</summary>
    public bool RanOutOfMemory => _folders.SelectMany(f => new[] { f + "/memory.events", f + "/memory.oom_control" }).Where(File.Exists)
        .SelectMany(File.ReadLines).Any(line => line.StartsWith("oom_kill ", StringComparison.Ordinal) && line != "oom_kill 0");

    /// <summary>Whether the kernel has refused to start a process for the limit of processes.</summary>
    public bool RefusedProcesses => _folders.Select(f => f + "/pids.events").Where(File.Exists)
        .SelectMany(File.ReadLines).Any(line => line.StartsWith("max ", StringComparison.Ordinal) && line != "max 0");

    /// <summary>To be called when the cell is dead: a group with processes cannot go.</summary>
    public void Dispose() => _folders.ForEach(Remove);

    /// <summary>The kernel shows a process that is about to end in no group.</summary>
    private static bool IsExiting(int pid)
    {
        const int Exiting = 4;
        const int FlagsField = 6;
        var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (uint.Parse(fields[FlagsField], CultureInfo.InvariantCulture) & Exiting) != 0;
    }

    private static IEnumerable<(string Controller, string File, string Value)> Values(bool unified, LimitsPlan limits)
    {
        if (limits.Memory is { } memory)
        {
            yield return ("memory", unified ? "memory.max" : "memory.limit_in_bytes", Text(memory));
            if (unified)
            {
                yield return ("memory", "memory.swap.max", "0");
            }
        }

        if (limits.Pids is { } pids)
        {
            yield return ("pids", "pids.max", Text(pids + CellDefaults.InitThreads));
        }

        if (limits.Cpu is { } cpu)
        {
            var quota = Text(Math.Max(1000, (long)(cpu * Period)));
            if (unified)
            {
                yield return ("cpu", "cpu.max", $"{quota} {Text(Period)}");
            }
            else
            {
                yield return ("cpu", "cpu.cfs_period_us", Text(Period));
                yield return ("cpu", "cpu.cfs_quota_us", quota);
            }
        }
    }

    /// <summary>Groups that a killed runner left behind.</summary>
    private static void RemoveDead(string folder)
    {
        foreach (var group in Directory.GetDirectories(folder, "capsule-*-*"))
        {
            var parts = Path.GetFileName(group).Split('-');
            if (parts.Length == 3 && parts[1] != "probe" && !Directory.Exists("/proc/" + parts[1]))
            {
                Remove(group);
            }
        }
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder);
        }
        catch (IOException)
        {
            // Not empty yet; a later runner removes it.
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
