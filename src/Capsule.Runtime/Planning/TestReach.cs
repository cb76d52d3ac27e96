using Capsule.Core.Plans;

namespace Capsule.Runtime.Planning;

/// <summary>
/// How far a command of a package's own tests reaches: every public host (specs: kits 1.3), unless each command of its cell that has a way out
/// lists its hosts; then what they list together. A test must not be the way around a list.
/// </summary>
internal static class TestReach
{
    public static NetworkPlan Of(CellPlan cell)
    {
        var reaching = cell.Processes.Select(p => p.Network).Where(n => n.Mode is NetworkMode.Egress or NetworkMode.Full or NetworkMode.Host).ToArray();
        return reaching.Any(n => n.Mode is NetworkMode.Host) ? new NetworkPlan { Mode = NetworkMode.Host }
            : reaching.Length == 0 || reaching.Any(n => n.Mode is NetworkMode.Full) ? new NetworkPlan { Mode = NetworkMode.Full }
            : reaching[0] with { Egress = [.. reaching.SelectMany(n => n.Egress).DistinctBy(r => (r.Host, r.Protocol, string.Join(',', r.Ports)))], Registry = reaching.Any(n => n.ReachesRegistry) ? true : null };
    }
}
