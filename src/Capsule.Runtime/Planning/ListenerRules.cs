using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Planning;

/// <summary>Where the processes of a cell listen, and that nothing else of the cell stands there (specs: sandbox 1, hole 6; 2, egress).</summary>
internal static class ListenerRules
{
    /// <summary>sun_path of unix(7), with its end.</summary>
    private const int LongestSocketPath = 107;

    public static IEnumerable<Diagnostic> Check(CellPlan cell)
    {
        var listeners = cell.Processes.SelectMany(p => p.Listen.Select(l => (Process: p, Listen: l))).ToArray();
        foreach (var (process, listen) in listeners)
        {
            if (Problem(listen) is { } problem)
            {
                yield return PlanDiagnostics.Listener.Now(listen.Name, process.Id, problem);
            }
        }

        foreach (var port in listeners.Where(l => l.Listen.Port is not null).GroupBy(l => l.Listen.Port!.Value).Where(g => g.Select(l => l.Process.Id).Distinct().Count() > 1))
        {
            yield return PlanDiagnostics.PortTwice.Now(port.First().Process.Id, port.Last().Process.Id, port.Key);
        }

        // The listener that stands for a granted host makes the workload's own bind of 0.0.0.0 fail.
        foreach (var (process, listen) in listeners)
        {
            foreach (var rule in cell.Processes.Where(p => p.Network.Mode is NetworkMode.Egress).SelectMany(p => p.Network.Egress)
                .Where(r => listen.Port is { } port && !r.Host.StartsWith("*.", StringComparison.Ordinal) && r.Ports.Contains(port)).DistinctBy(r => r.Host))
            {
                yield return PlanDiagnostics.OwnPort.Now(process.Id, listen.Port, rule.Host);
            }
        }
    }

    private static string? Problem(ListenPlan listen) => listen switch
    {
        { Port: null, Path: null } => "it has neither a port nor a socket",
        { Port: not null, Path: not null } => "it has both a port and a socket",
        { Port: < 1 or > ushort.MaxValue } => $"{listen.Port} is no port",
        { Path: { } path } when !path.StartsWith('/') || path.EndsWith('/') || path.Split('/').Contains("..") => $"'{path}' is no absolute path of a file",
        { Path: { } path } when Encoding.UTF8.GetByteCount(path) > LongestSocketPath => $"'{path}' is longer than {LongestSocketPath} bytes",
        _ => null,
    };
}
