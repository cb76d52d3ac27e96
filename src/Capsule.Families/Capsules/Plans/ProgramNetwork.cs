using System.Globalization;
using Capsule.Core.Plans;

namespace Capsule.Families.Capsules.Plans;

/// <summary>
/// How far a capsule's program reaches: the hosts of <c>network.egress_allow</c>, else its own loopback when it has a port, else
/// nowhere (specs: sandbox 2, ato 1.2).
/// </summary>
internal static class ProgramNetwork
{
    private const string Destination = "{destination}";

    /// <summary>The port on which the target's server listens: its own, else that of <c>PORT</c>; null when it is no server.</summary>
    public static int? Port(CapsuleTarget target) =>
        target.Port is { } port
            ? (int)port.Value
            : target.Env.FirstOrDefault(e => e.Key.Value == "PORT") is { } variable
              && ushort.TryParse(variable.Value.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : null;

    public static NetworkPlan Of(CapsuleManifest manifest, CapsuleTarget target, int? port, string id, string manifestPath)
    {
        if (manifest.Egress.Count > 0)
        {
            return new NetworkPlan
            {
                Mode = NetworkMode.Egress,
                Egress = [.. manifest.Egress.Select(entry => EgressHost.Parse(entry.Value)! with
                {
                    Permission = new Permission($"network:{id}:{entry.Value}", CapsuleLaunchPlan.Origin(manifestPath, entry), Line(entry.Value)),
                })],
                Permission = new Permission(
                    $"network:{id}", CapsuleLaunchPlan.Origin(manifestPath, manifest.EgressKey!), Line([.. manifest.Egress.Select(e => e.Value)])),
            };
        }

        if (port is not { } number)
        {
            return new NetworkPlan();
        }

        var origin = target.Port is { } written
            ? CapsuleLaunchPlan.Origin(manifestPath, written)
            : CapsuleLaunchPlan.Origin(manifestPath, target.Env.First(e => e.Key.Value == "PORT").Value);
        return new NetworkPlan
        {
            Mode = NetworkMode.Loopback,
            Permission = new Permission($"network:{id}", origin, string.Create(CultureInfo.InvariantCulture, $"port = {number}")),
        };
    }

    /// <summary>The line that would let the program reach one more destination, at the place where it would stand.</summary>
    public static Permission EgressGrant(CapsuleManifest manifest, string id, string manifestPath) => new(
        $"network:{id}",
        manifest.EgressKey is { } key ? CapsuleLaunchPlan.Origin(manifestPath, key) : new Origin(manifestPath, "/network/egress_allow", null),
        (manifest.EgressKey is null ? "[network]\n" : "") + Line([.. manifest.Egress.Select(e => e.Value), Destination]));

    private static string Line(params IEnumerable<string> entries) =>
        $"egress_allow = [{string.Join(", ", entries.Select(e => $"\"{e}\""))}]";
}
