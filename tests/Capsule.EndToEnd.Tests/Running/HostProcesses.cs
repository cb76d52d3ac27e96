using System.Globalization;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>What the host's /proc says.</summary>
internal static class HostProcesses
{
    public static IEnumerable<int> All() =>
        from folder in Directory.EnumerateDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        where pid > 0
        select pid;

    public static IEnumerable<int> With(string variable) =>
        All().Where(pid => pid != Environment.ProcessId && Read($"/proc/{pid}/environ").Split('\0').Contains(variable, StringComparer.Ordinal));

    public static void KillThoseWith(string variable)
    {
        foreach (var pid in With(variable).ToArray())
        {
            _ = LiveProgram.Send(pid, LiveProgram.Kill);
        }
    }

    /// <summary>The process and everything below it.</summary>
    public static IReadOnlyList<int> Tree(int pid) =>
    [
        pid,
        .. from task in Tasks(pid)
           from child in Read(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
           from below in Tree(int.Parse(child, CultureInfo.InvariantCulture))
           select below,
    ];

    private static string[] Tasks(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task");
        }
        catch (IOException)
        {
            // It has ended.
            return [];
        }
    }

    /// <summary>The process id namespace of a process, by which members of a sandbox know each other whoever their parent is.</summary>
    public static string? Namespace(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/pid").LinkTarget;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static string CommandLine(int pid) => Read($"/proc/{pid}/cmdline").Replace('\0', ' ');

    /// <summary>The real user of a process; -1 when it is gone.</summary>
    public static int User(int pid) => Read($"/proc/{pid}/status").Split('\n').FirstOrDefault(l => l.StartsWith("Uid:", StringComparison.Ordinal)) is { } line
        ? int.Parse(line.Split('\t')[1], CultureInfo.InvariantCulture)
        : -1;

    public static bool IsAlive(int pid) => Read($"/proc/{pid}/stat") is { Length: > 0 } stat && !stat.Contains(") Z ", StringComparison.Ordinal);

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
