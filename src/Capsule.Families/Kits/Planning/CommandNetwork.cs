using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// How far a command reaches: as it says, else as its stage does by default (specs: kits 1.3). Even without any network
/// the permission is there, for a denial report must be able to name the line that would allow more.
/// </summary>
internal static class CommandNetwork
{
    public static NetworkPlan Build(KitTree kit, string id, KitCommand command, NetworkMode byDefault)
    {
        var mode = command.Network?.Value ?? byDefault;
        var grant = mode == NetworkMode.Loopback ? "network: loopback" : "network: full";
        var permission = command.Network is { } said
            ? KitPermission.For(kit, id, said, grant)
            : new Permission(id, KitPermission.Origin(kit, command.Path, command.Span), grant);
        return new NetworkPlan { Mode = mode, Permission = permission };
    }
}
