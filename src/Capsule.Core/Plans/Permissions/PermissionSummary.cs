using System.Globalization;

namespace Capsule.Core.Plans.Permissions;

/// <summary>
/// Says in words what a launch plan asks for (specs: sandbox 3). What every package has is left out: its own files, private
/// folders of its own, memory for temporary files, and an address on the loopback of this machine for what it exposes.
/// </summary>
public static class PermissionSummary
{
    /// <summary>In the plan's order; no sentence twice.</summary>
    public static IReadOnlyList<AskedPermission> Of(LaunchPlan plan) =>
    [
        .. plan.Cells.SelectMany(OfCell).Concat((plan.Relays ?? []).SelectMany(r => OfRelay(plan, r))).Concat(OfMachine(plan.Requires)).DistinctBy(p => p.Text, StringComparer.Ordinal),
    ];

    private static IEnumerable<AskedPermission> OfCell(CellPlan cell) => cell.Mounts.SelectMany(m => OfMount(cell, m)).Concat(cell.Processes.SelectMany(OfProcess));

    private static IEnumerable<AskedPermission> OfMount(CellPlan cell, MountPlan mount)
    {
        var verb = mount.Access == MountAccess.ReadWrite ? "read and change" : "read";
        return mount.Kind switch
        {
            MountKind.Host => [Asked($"{cell.Id} may {verb} a folder of yours, as {mount.Target}", mount.Permission)],
            MountKind.Output => [Asked($"{cell.Id} gives files from {mount.Target} back to you", mount.Permission)],
            _ => [],
        };
    }

    private static IEnumerable<AskedPermission> OfProcess(ProcessPlan process) =>
    [
        .. OfNetwork(process),
        .. process.Peers.Select(p => Asked($"{process.Id} may call {p.Process} at {p.Endpoint} ({p.Protocol})", p.Permission)),
        .. process.Secrets.Select(s => Asked($"{process.Id} is given the secret '{s.Id}'", s.Permission)),
        .. OfLimits(process.Limits).Select(limit => new AskedPermission($"{process.Id} may use {limit}", process.Origin, null)),
    ];

    private static IEnumerable<AskedPermission> OfNetwork(ProcessPlan process) => process.Network.Mode switch
    {
        NetworkMode.Egress =>
        [
            .. process.Network.Egress.Select(rule => Asked(Egress(process, rule), rule.Permission ?? process.Network.Permission)),
            .. process.Network.ReachesRegistry ? [Asked($"{process.Id} may connect to your package registry", process.Network.Permission)] : Array.Empty<AskedPermission>(),
        ],
        NetworkMode.Full => [Asked($"{process.Id} may connect to every public host", process.Network.Permission)],
        NetworkMode.Host => [Asked($"{process.Id} uses the network of this machine as any program of yours does", process.Network.Permission)],
        _ => [],
    };

    private static string Egress(ProcessPlan process, EgressRule rule)
    {
        var ports = string.Join(", ", rule.Ports.Select(p => p.ToString(CultureInfo.InvariantCulture)));
        return $"{process.Id} may connect to {rule.Host}, port {ports}";
    }

    /// <summary>An exit at a public path is more than one for the package's own processes: every program of this machine spends what it costs.</summary>
    private static IEnumerable<AskedPermission> OfRelay(LaunchPlan plan, RelayPlan relay) =>
    [
        Asked($"{relay.Id} sends requests to {relay.Host} with the secret '{relay.Secret}', which no process sees", relay.Permission),
        .. plan.Public.Where(r => r.Process == relay.Id && (r.Path == relay.Endpoint || r.Path.StartsWith(relay.Endpoint + "/", StringComparison.Ordinal)))
            .Select(r => new AskedPermission($"every program of this machine may call {relay.Host} with the secret '{relay.Secret}', at {r.Prefix}", r.Origin, null)),
    ];

    private static IEnumerable<string> OfLimits(LimitsPlan limits)
    {
        (string Words, IFormattable? Amount)[] all =
        [
            ("{0} bytes of memory", limits.Memory), ("{0} processes", limits.Pids), ("{0} processors", limits.Cpu), ("{0} open files", limits.Files),
            ("files of {0} bytes", limits.FileSize), ("{0} bytes of temporary files", limits.Tmp), ("{0} seconds", limits.WallSeconds),
        ];
        return from limit in all where limit.Amount is not null select string.Format(CultureInfo.InvariantCulture, limit.Words, limit.Amount);
    }

    private static IEnumerable<AskedPermission> OfMachine(LaunchRequirements requires) =>
        requires.Gpu is { } gpu ? [new AskedPermission($"it uses the graphics processor ({gpu})", null, null)] : [];

    private static AskedPermission Asked(string text, Permission? permission) => new(text, permission?.Origin, permission?.Grant);
}
