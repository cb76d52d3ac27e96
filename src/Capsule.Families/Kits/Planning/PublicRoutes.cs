using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// The public listener's entries (specs: kits 1.5, 3.6). With one endpoint the public path stands for it; with several,
/// each is at the public path followed by its internal path. The listener takes the longest matching prefix.
/// </summary>
internal static class PublicRoutes
{
    public static IReadOnlyList<PublicRoute> Build(KitTree kit) =>
    [
        .. from expose in kit.Manifest.Expose
           from route in Routes(kit, expose)
           orderby route.Prefix.Length descending, route.Prefix
           select route,
    ];

    private static IEnumerable<PublicRoute> Routes(KitTree kit, ExposeEntry expose)
    {
        var target = kit.Manifest.FindWorkload(expose.Target.Value)!;
        var defaultIsTaken = expose.DefaultMcp is not { Value: true };
        foreach (var reference in expose.Endpoints)
        {
            var endpoint = ReachableEndpoint.Find(kit, target, reference.Value) ?? Assumed(kit, target, reference);
            var isDefault = !defaultIsTaken && endpoint.Known.Protocol == "mcp";
            defaultIsTaken |= isDefault;
            yield return new PublicRoute
            {
                Prefix = expose.PrefixOf(endpoint.Known.Path),
                Process = endpoint.Process,
                Listener = WorkloadCell.Listener,
                Path = endpoint.Path,
                Protocol = endpoint.Known.Protocol,
                DefaultMcp = isDefault,
                TimeoutMilliseconds = endpoint.Known.TimeoutMilliseconds,
                Origin = KitPermission.Origin(kit, expose.Path.Path, expose.Path.Span),
            };
        }
    }

    /// <summary>An import's endpoints are known to the other Kit only; before that is there, its reference is taken at its word.</summary>
    private static ReachableEndpoint Assumed(KitTree kit, Workload target, Field<string> reference)
    {
        var endpoint = reference.Value.StartsWith('/')
            ? new Endpoint("http", reference.Value, null, reference.Span, reference.Path)
            : new Endpoint(reference.Value, "/" + reference.Value, null, reference.Span, reference.Path);
        return new ReachableEndpoint(endpoint, kit.StartProcess(target), endpoint.Path);
    }
}
