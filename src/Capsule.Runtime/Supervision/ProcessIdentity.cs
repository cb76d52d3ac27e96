using System.Globalization;
using System.Runtime.InteropServices;

namespace Capsule.Runtime.Supervision;

/// <summary>A process that cannot be mistaken for a later one with the same id: the id and when the kernel started it.</summary>
/// <param name="Pid">Process id.</param>
/// <param name="StartTicks">Clock ticks since boot (field 22 of <c>/proc/PID/stat</c>).</param>
public sealed partial record ProcessIdentity(int Pid, long StartTicks)
{
    private const int NoSuchProcess = 3;

    public static ProcessIdentity Self() => new(Environment.ProcessId, Ticks(Environment.ProcessId) ?? 0);

    public bool IsAlive => Ticks(Pid) == StartTicks;

    /// <summary>Sends a signal if the process is still the same one. The moment between look and signal is too short to reuse an id.</summary>
    public bool Signal(int number) => IsAlive && Kill(Pid, number) == 0;

    /// <summary>The ids of all processes of this machine that can be seen.</summary>
    internal static IEnumerable<int> All()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            {
                yield return pid;
            }
        }
    }

    /// <summary>The session that a process belongs to; null when it is gone.</summary>
    internal static int? SessionOf(int pid) => Fields(pid) is { } fields ? int.Parse(fields[3], CultureInfo.InvariantCulture) : null;

    /// <summary>True while any process of a process group lives, zombies not counted.</summary>
    internal static bool GroupLives(int group) =>
        IsGroup(group) && All().Any(pid => Fields(pid) is { } fields && fields[0] is not ("Z" or "X") && fields[2] == group.ToString(CultureInfo.InvariantCulture));

    /// <summary>Most groups are gone altogether, and then nobody has to look through all processes of the machine.</summary>
    private static bool IsGroup(int group) => Kill(-group, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

    /// <summary>Kills what lives of a group; its first process may be gone already, and then the cell's init no longer knows it.</summary>
    internal static void KillGroup(int group)
    {
        if (GroupLives(group))
        {
            Kill(-group, 9);
        }
    }

    /// <summary>The name of the program that a thread belongs to, as that gives it; null when it has ended.</summary>
    internal static string? ProgramOf(int thread)
    {
        try
        {
            const string Label = "Tgid:";
            var status = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{thread}/status")).First(l => l.StartsWith(Label, StringComparison.Ordinal));
            return File.ReadAllText($"/proc/{status[Label.Length..].Trim()}/comm").TrimEnd('\n');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long? Ticks(int pid) =>
        Fields(pid) is { } fields && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;

    /// <summary>The fields after the program's name, which may itself contain blanks and brackets.</summary>
    private static string[]? Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > 19 ? fields : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
