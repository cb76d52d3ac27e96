using System.Globalization;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>The processes below a process, nearest first.</summary>
internal static class Descendants
{
    public static List<int> Of(int pid)
    {
        var found = new List<int>();
        foreach (var child in Children(pid))
        {
            found.Add(child);
            found.AddRange(Of(child));
        }

        return found;
    }

    public static bool IsAlive(int pid) =>
        File.Exists($"/proc/{pid}/stat") && !Read($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);

    /// <summary>Waits until none is alive; false when some still are after the time.</summary>
    public static async Task<bool> AllEndAsync(IReadOnlyList<int> pids, TimeSpan time)
    {
        var until = DateTime.UtcNow + time;
        while (pids.Any(IsAlive))
        {
            if (DateTime.UtcNow > until)
            {
                return false;
            }

            await Task.Delay(20);
        }

        return true;
    }

    private static IEnumerable<int> Children(int pid) =>
        from task in Tasks(pid)
        from child in Read(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        select int.Parse(child, CultureInfo.InvariantCulture);

    private static string[] Tasks(int pid)
    {
        try
        {
            return Directory.GetDirectories($"/proc/{pid}/task");
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
