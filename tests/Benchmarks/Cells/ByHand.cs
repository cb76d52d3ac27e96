using System.Diagnostics;

namespace Capsule.Benchmarks.Cells;

/// <summary>bubblewrap as a person would call it, with the namespaces and the system folders that our cells have.</summary>
internal static class ByHand
{
    private static readonly string[] Walls =
    [
        "--unshare-all", "--unshare-user", "--disable-userns", "--uid", "1000", "--gid", "1000", "--die-with-parent", "--as-pid-1", "--new-session", "--clearenv", "--cap-drop", "ALL",
        "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
    ];

    public static Process Start(params IEnumerable<string> arguments) => Process.Start("bwrap", [.. Walls, .. arguments]);

    public static async Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Check(process.ExitCode, program);
    }

    public static Task ConfinedAsync(params IEnumerable<string> arguments) => RunAsync("bwrap", [.. Walls, .. arguments]);

    public static void Check(int exit, string program)
    {
        if (exit != 0)
        {
            throw new InvalidOperationException($"{program} ended with {exit}");
        }
    }
}
