using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// The public listener's entries (specs: kits 1.5, 3.6). With one endpoint the public path stands for it; with several,
/// each is at the public path followed by its internal path. The listener takes the longest matching prefix.
/// </summary>
internal static class PublicRoutes
{
    public static IReadOnlyList<PublicRoute> Build(KitManifest kit) =>
    [
        .. from expose in kit.Expose
           from route in Routes(kit, expose)
           orderby route.Prefix.Length descending, route.Prefix
           select route,
    ];

    private static IEnumerable<PublicRoute> Routes(KitManifest kit, ExposeEntry expose)
    {
        var target = kit.FindWorkload(expose.Target.Value)!;
        var defaultIsTaken = expose.DefaultMcp is not { Value: true };
        foreach (var reference in expose.Endpoints)
        {
            var endpoint = EndpointReference.Resolve(reference.Value, [.. WorkloadEnvironment.Endpoints(target)]) ?? Assumed(reference);
            var isDefault = !defaultIsTaken && endpoint.Protocol == "mcp";
            defaultIsTaken |= isDefault;
            yield return new PublicRoute
            {
                Prefix = expose.PrefixOf(endpoint.Path),
                Process = WorkloadRelays.TargetOf(target, endpoint.Path),
                Listener = WorkloadCell.Listener,
                Path = endpoint.Path,
                Protocol = endpoint.Protocol,
                DefaultMcp = isDefault,
                TimeoutMilliseconds = endpoint.TimeoutMilliseconds,
                Origin = KitPermission.Origin(kit, expose.Path.Path, expose.Path.Span),
            };
        }
    }

    /// <summary>An import's endpoints are known to the other Kit only; its reference is taken at its word.</summary>
    private static Endpoint Assumed(Field<string> reference) => reference.Value.StartsWith('/')
        ? new Endpoint("http", reference.Value, null, reference.Span, reference.Path)
        : new Endpoint(reference.Value, "/" + reference.Value, null, reference.Span, reference.Path);
}
