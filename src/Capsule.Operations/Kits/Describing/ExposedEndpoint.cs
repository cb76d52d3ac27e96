using Capsule.Families.Kits.Model;

namespace Capsule.Operations.Kits.Describing;

/// <summary>An endpoint under its public path.</summary>
/// <param name="PublicPath">Where it is found on the public listener.</param>
/// <param name="Protocol">http, mcp, oaic or a2a.</param>
/// <param name="Path">On the workload.</param>
/// <param name="IsDefaultMcp">Whether it is the one that skills and MCP clients use.</param>
public sealed record ExposedEndpoint(string PublicPath, string Protocol, string Path, bool IsDefaultMcp)
{
    /// <summary>What an entry exposes. The endpoints of an import are known to the other Kit only; its references are taken at their word.</summary>
    public static IEnumerable<ExposedEndpoint> Of(KitManifest kit, ExposeEntry entry)
    {
        var declared = kit.FindWorkload(entry.Target.Value)?.AllEndpoints ?? [];
        var defaultIsTaken = entry.DefaultMcp is not { Value: true };
        foreach (var reference in entry.Endpoints.Select(e => e.Value))
        {
            var (protocol, path) = EndpointReference.Resolve(reference, declared) is { } endpoint ? (endpoint.Protocol, endpoint.Path)
                : reference.StartsWith('/') ? ("http", reference) : (reference, "/" + reference);
            var isDefault = !defaultIsTaken && protocol == "mcp";
            defaultIsTaken |= isDefault;
            yield return new ExposedEndpoint(entry.PrefixOf(path), protocol, path, isDefault);
        }
    }
}
