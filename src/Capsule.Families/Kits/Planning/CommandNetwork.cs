using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// How far a command reaches: as it says, else as its stage does by default (specs: kits 1.3), narrowed to the hosts that it or its workload lists.
/// Even without any network the permission is there, for a denial report must be able to name the line that would allow more.
/// </summary>
internal static class CommandNetwork
{
    private const string Destination = "{destination}";

    public static NetworkPlan Build(KitTree kit, Workload workload, string id, KitCommand command, NetworkMode byDefault)
    {
        var mode = command.Network?.Value ?? byDefault;
        if (mode == NetworkMode.Full && Hosts(workload, command) is { } hosts)
        {
            return new NetworkPlan
            {
                Mode = NetworkMode.Egress,
                Egress =
                [
                    .. from host in hosts.Hosts
                       where host.Value != EgressList.Registry
                       select EgressHost.Parse(host.Value)! with { Permission = KitPermission.For(kit, $"{id}:{host.Value}", host, Line(host.Value)) },
                ],
                Registry = hosts.Hosts.Any(h => h.Value == EgressList.Registry) ? true : null,
                Permission = new Permission(id, KitPermission.Origin(kit, hosts.Path, hosts.Span), Line([.. hosts.Hosts.Select(h => h.Value)])),
            };
        }

        var grant = mode == NetworkMode.Loopback ? "network: loopback" : "network: full";
        var permission = command.Network is { } said
            ? KitPermission.For(kit, id, said, grant)
            : new Permission(id, KitPermission.Origin(kit, command.Path, command.Span), grant);
        return new NetworkPlan { Mode = mode, Permission = permission };
    }

    /// <summary>The list with one more destination; null where there is no list.</summary>
    public static Permission? OneMore(KitTree kit, Workload workload, string id, KitCommand command, NetworkPlan network) =>
        network.Mode == NetworkMode.Egress && Hosts(workload, command) is { } hosts
            ? new Permission(id, KitPermission.Origin(kit, hosts.Path, hosts.Span), Line([.. hosts.Hosts.Select(h => h.Value), Destination]))
            : null;

    private static EgressList? Hosts(Workload workload, KitCommand command) => command.EgressAllow ?? workload.EgressAllow;

    private static string Line(params IEnumerable<string> hosts) =>
        $"egress_allow: [{string.Join(", ", hosts.Select(h => h.StartsWith('*') ? $"'{h}'" : h))}]";
}
