using System.Globalization;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Holds a cell's memory where no cgroup does: adds up its processes ten times a second and kills the cell above the limit.
/// Resident pages first; only when these exceed the limit the exact share of each process, which is dearer to ask for.
/// </summary>
internal sealed class MemoryWatchdog : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly int _root;
    private readonly long _limit;
    private readonly Action _kill;
    private readonly Timer _timer;

    public MemoryWatchdog(int root, long limit, Action kill)
    {
        _root = root;
        _limit = limit;
        _kill = kill;
        _timer = new Timer(_ => Look(), null, Interval, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        var processes = new List<int>();
        Collect(_root, processes);
        if (processes.Sum(Resident) > _limit && processes.Sum(Proportional) > _limit)
        {
            _kill();
            return;
        }

        try
        {
            _timer.Change(Interval, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The cell is being closed.
        }
    }

    private static void Collect(int pid, List<int> found)
    {
        found.Add(pid);
        var tasks = Lines(() => Directory.GetDirectories(Proc(pid, "task")));
        foreach (var task in tasks)
        {
            foreach (var child in Lines(() => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)))
            {
                if (int.TryParse(child, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    Collect(number, found);
                }
            }
        }
    }

    private static long Resident(int pid)
    {
        var fields = Lines(() => File.ReadAllText(Proc(pid, "statm")).Split(' '));
        return fields.Length > 1 && long.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages * Environment.SystemPageSize : 0;
    }

    private static long Proportional(int pid)
    {
        const string Label = "Pss:";
        var line = Lines(() => File.ReadAllLines(Proc(pid, "smaps_rollup"))).FirstOrDefault(l => l.StartsWith(Label, StringComparison.Ordinal));
        return line is null || !long.TryParse(line[Label.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture, out var kibibytes)
            ? Resident(pid)
            : kibibytes * 1024;
    }

    private static string Proc(int pid, string file) => string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}");

    private static string[] Lines(Func<string[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked.
            return [];
        }
    }
}
