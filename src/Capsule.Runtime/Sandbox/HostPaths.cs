namespace Capsule.Runtime.Sandbox;

/// <summary>Host folders that hold more than any one workload may see.</summary>
internal static class HostPaths
{
    private static readonly string[] Whole = ["/", "/run", "/var/run", "/tmp", "/var/tmp", "/home", "/root", "/dev", "/proc", "/sys", "/boot", "/etc", "/var", "/usr", "/run/user"];

    /// <summary>Why a folder is refused; null when it may be mounted. Takes the real path, without links.</summary>
    public static string? Danger(string real)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify).TrimEnd('/');
        return real == home ? "it is your whole home"
            : home.Length > 0 && Contains(real, home) ? $"it contains your home {home}"
            : Path.GetDirectoryName(real) == "/home" ? "it is somebody's whole home"
            : Path.GetDirectoryName(real) == "/run/user" ? "it holds the sockets of somebody's session"
            : Whole.Contains(real, StringComparer.Ordinal) ? "it holds what belongs to many programs and to the system"
            : Contains("/proc", real) || Contains("/sys", real) || Contains("/dev", real) && !Contains("/dev/shm", real) ? "it belongs to the kernel"
            : null;
    }

    /// <summary>
    /// A listening unix socket at or below the path, as the kernel lists them. A read-only mount does not keep anyone from
    /// connecting to it (specs: sandbox 1, hole 4).
    /// </summary>
    public static string? SocketBelow(string real)
    {
        const int PathColumn = 7;
        foreach (var line in File.ReadLines("/proc/net/unix").Skip(1))
        {
            var columns = line.Split(' ', PathColumn + 1, StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length > PathColumn && IsOfTheMachine(columns[PathColumn]) && RealPath(columns[PathColumn]) is var path && (path == real || Contains(real, path)))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether the name means the same to everybody. A relative one does not, and neither does one below <c>/proc/self</c>: there, what another
    /// runner calls its descriptor 57 would be looked up as ours. <see cref="SocketFiles"/> sees such sockets.
    /// </summary>
    private static bool IsOfTheMachine(string name) =>
        name.StartsWith('/') && !name.StartsWith("/proc/self/", StringComparison.Ordinal) && !name.StartsWith("/proc/thread-self/", StringComparison.Ordinal);

    /// <summary>Whether one lies below the other.</summary>
    private static bool Contains(string folder, string path) =>
        folder == "/" || (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>The path with the links of its folder resolved, as far as it exists.</summary>
    private static string RealPath(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        using var handle = Descriptors.Open(folder, Capsule.Init.Linux.Constants.OpenPathOnly);
        var real = handle is null ? null : new FileInfo($"/proc/self/fd/{handle.Number()}").LinkTarget;
        return Path.Combine(real ?? folder, Path.GetFileName(path));
    }
}
