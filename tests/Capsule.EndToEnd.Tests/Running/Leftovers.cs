using System.Net;
using System.Net.NetworkInformation;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Everything of a run that must be gone when it has ended: taken while it lives, checked afterwards.</summary>
internal sealed class Leftovers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly CapsuleProgram _capsule;
    private readonly int? _port;
    private readonly IReadOnlyList<int> _processes;
    private readonly HashSet<string> _namespaces;

    private Leftovers(CapsuleProgram capsule, int? port, int runner)
    {
        var own = HostProcesses.Namespace(Environment.ProcessId);
        _capsule = capsule;
        _port = port;
        _processes = HostProcesses.Tree(runner);
        _namespaces = [.. _processes.Select(HostProcesses.Namespace).OfType<string>().Where(n => n != own)];
    }

    public int Sandboxes => _namespaces.Count;

    public int Processes => _processes.Count;

    public static Leftovers Of(CapsuleProgram capsule, int runner, int? port = null) => new(capsule, port, runner);

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
        foreach (var file in Directory.EnumerateFiles(_capsule.Home, "*", SearchOption.AllDirectories).Where(f => !left.Contains(Path.GetRelativePath(_capsule.Home, f).Split('/')[0])))
        {
            Assert.IsFalse(Path.GetExtension(file) is ".new" or ".tmp" or ".incoming" or ".sock", $"{file} is left");
        }

        var ours = Directory.GetFileSystemEntries(_capsule.Temporary, "capsule-*");
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
}
