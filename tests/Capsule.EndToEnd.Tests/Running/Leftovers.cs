using System.Net;
using System.Net.NetworkInformation;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Everything of a run that must be gone when it has ended: taken while it lives, checked afterwards.</summary>
internal sealed class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly string _home;
    private readonly int? _port;
    private readonly IReadOnlyList<int> _processes;
    private readonly HashSet<string> _namespaces;
    private readonly HashSet<string> _temporary;

    private Leftovers(string home, int? port, int runner)
    {
        var own = HostProcesses.Namespace(Environment.ProcessId);
        _home = home;
        _port = port;
        _processes = HostProcesses.Tree(runner);
        _namespaces = [.. _processes.Select(HostProcesses.Namespace).OfType<string>().Where(n => n != own)];
        _temporary = [.. Temporary()];
    }

    public int Sandboxes => _namespaces.Count;

    public int Processes => _processes.Count;

    public static Leftovers Of(string home, int runner, int? port = null) => new(home, port, runner);

    /// <summary>No process of its tree or sandbox, no port, no half-written file, no temporary one.</summary>
    /// <param name="killed">A killed runner leaves its run's folder to the next one, which <see cref="In"/> then judges.</param>
    public async Task AreGoneAsync(bool killed = false)
    {
        for (var end = DateTime.UtcNow + Patience; ; await Task.Delay(50))
        {
            var alive = Alive();
            if (alive.Length == 0)
            {
                break;
            }

            Assert.IsLessThan(end, DateTime.UtcNow, $"Still alive: {string.Join("; ", alive.Select(p => $"{p} {HostProcesses.CommandLine(p)}"))}");
        }

        Assert.IsFalse(_port is { } port && Listening(port), $"port {_port} still listens");
        string[] left = ["toolchains", .. killed ? new[] { "runs" } : []];
        foreach (var file in Directory.EnumerateFiles(_home, "*", SearchOption.AllDirectories).Where(f => !left.Contains(Path.GetRelativePath(_home, f).Split('/')[0])))
        {
            Assert.IsFalse(Path.GetExtension(file) is ".new" or ".tmp" or ".incoming" or ".sock", $"{file} is left");
        }

        var ours = Temporary().Where(f => !_temporary.Contains(f)).ToArray();
        Assert.IsEmpty(ours, string.Join(", ", ours));
    }

    /// <summary>What a run's folder still holds below its record and lock.</summary>
    public static IReadOnlyList<string> In(string runFolder) =>
        [.. Directory.EnumerateFileSystemEntries(runFolder).Select(Path.GetFileName).OfType<string>().Where(n => n is not ("record.json" or "lock"))];

    private int[] Alive() =>
    [
        .. _processes.Where(HostProcesses.IsAlive)
            .Union(HostProcesses.All().Where(p => HostProcesses.Namespace(p) is { } inside && _namespaces.Contains(inside) && HostProcesses.IsAlive(p))),
    ];

    private static bool Listening(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(l => l.Port == port && IPAddress.IsLoopback(l.Address));

    // Other programs, and other tests, make files of their own here.
    private static IEnumerable<string> Temporary() =>
        Directory.EnumerateFileSystemEntries(Path.GetTempPath(), "capsule-*").Where(f => !Path.GetFileName(f).StartsWith("capsule-test-", StringComparison.Ordinal)
            && !Path.GetFileName(f).StartsWith("capsule-publish-", StringComparison.Ordinal));
}
