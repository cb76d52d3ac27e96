namespace Capsule.Runtime.Sandbox;

/// <summary>
/// The control groups below the runner's own in which it may make further ones (specs: platform 5): version 2 where it is
/// delegated, else version 1. Never outside of the runner's own group.
/// </summary>
internal sealed class CgroupHost
{
    private static readonly string[] Wanted = ["cpu", "memory", "pids"];
    private readonly Dictionary<string, string> _folders;

    private CgroupHost(bool unified, Dictionary<string, string> folders)
    {
        IsUnified = unified;
        _folders = folders;
    }

    /// <summary>Version 2: one tree for all controllers.</summary>
    public bool IsUnified { get; }

    public bool Has(string controller) => _folders.ContainsKey(controller);

    /// <summary>The group of ours below which a cell's group with this controller may be made.</summary>
    public string Folder(string controller) => _folders[controller];

    /// <param name="root">Where control groups are mounted.</param>
    /// <param name="membership">The lines of /proc/self/cgroup.</param>
    public static CgroupHost Find(string root, IEnumerable<string> membership)
    {
        // hierarchy:controllers:path; version 2 is hierarchy 0 without controllers.
        var groups = membership.Select(line => line.Split(':', 3)).Where(parts => parts.Length == 3).ToArray();
        var unified = groups.FirstOrDefault(g => g[0] == "0" && g[1].Length == 0);
        if (unified is not null && Unified(root, unified[2]) is { Count: > 0 } delegated)
        {
            return new CgroupHost(true, delegated);
        }

        var folders = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            foreach (var controller in group[1].Split(',').Intersect(Wanted, StringComparer.Ordinal))
            {
                var folder = root + "/" + group[1] + group[2].TrimEnd('/');
                if (MayMakeGroups(folder))
                {
                    folders[controller] = folder;
                }
            }
        }

        return new CgroupHost(false, folders);
    }

    /// <summary>A group whose controllers are handed on to its children; a group with processes in it cannot do that, so ours moves to a leaf first.</summary>
    private static Dictionary<string, string> Unified(string root, string path)
    {
        var folder = root + path.TrimEnd('/');
        var offered = Words(folder + "/cgroup.controllers").Intersect(Wanted, StringComparer.Ordinal).ToArray();
        if (offered.Length == 0 || !MayMakeGroups(folder))
        {
            return [];
        }

        var control = folder + "/cgroup.subtree_control";
        if (offered.Except(Words(control), StringComparer.Ordinal).Any())
        {
            try
            {
                var leaf = Directory.CreateDirectory(folder + "/capsule-runner").FullName;
                File.WriteAllText(leaf + "/cgroup.procs", "0");
                File.WriteAllText(control, string.Join(' ', offered.Select(o => "+" + o)));
            }
            catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
            {
                // Other processes live in the group: it is not ours to divide.
            }
        }

        return Words(control).Intersect(Wanted, StringComparer.Ordinal).ToDictionary(c => c, _ => folder, StringComparer.Ordinal);
    }

    private static bool MayMakeGroups(string folder)
    {
        var probe = $"{folder}/capsule-probe-{Environment.ProcessId}";
        try
        {
            if (!Directory.Exists(folder))
            {
                return false;
            }

            Directory.CreateDirectory(probe);
            Directory.Delete(probe);
            return File.Exists(folder + "/cgroup.procs");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] Words(string file) =>
        File.Exists(file) ? File.ReadAllText(file).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries) : [];
}
