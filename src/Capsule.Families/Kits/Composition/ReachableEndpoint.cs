using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;

namespace Capsule.Families.Kits.Composition;

/// <summary>An endpoint as others of its Kit know it, and where its calls go.</summary>
/// <param name="Known">The path that callers use, the protocol, and the time a call may take.</param>
/// <param name="Process">Process id of the plan, or that of a Relay.</param>
/// <param name="Path">The path on that process.</param>
internal sealed record ReachableEndpoint(Endpoint Known, string Process, string Path)
{
    /// <summary>True when a Relay answers, which is no process.</summary>
    public bool IsRelay { get; private init; }

    /// <summary>The endpoints of a workload. Those of an import are another Kit's, which exposes them (specs: kits 3.4).</summary>
    public static IReadOnlyList<ReachableEndpoint> Of(KitTree kit, Workload workload)
    {
        if (workload.Import is not { } import)
        {
            return [.. workload.AllEndpoints.Select(e => new ReachableEndpoint(e, WorkloadRelays.TargetOf(kit, workload, e.Path), e.Path) { IsRelay = WorkloadRelays.Answers(kit, workload, e.Path) })];
        }

        return kit.Children.TryGetValue(import.Dependency.Value, out var child)
            ? Imported(workload, import, Exposed(child).Where(e => e.Known.Path == import.ExposedPath.Value).ToArray())
            : [.. Assumed(workload, import).Select(e => new ReachableEndpoint(e, kit.StartProcess(workload), e.Path))];
    }

    /// <summary>The one that a reference means; of an import's, the path that it imports stands before the others.</summary>
    public static ReachableEndpoint? Find(KitTree kit, Workload workload, string reference)
    {
        var all = Of(kit, workload);
        return workload.Import is not null && all.FirstOrDefault(e => e.Known.Protocol == reference) is { } first
            ? first
            : EndpointReference.Resolve(reference, [.. all.Select(e => e.Known)]) is { } found ? all.First(e => e.Known.Path == found.Path) : null;
    }

    /// <summary>What a Kit exposes, each at its public path.</summary>
    public static IEnumerable<ReachableEndpoint> Exposed(KitTree kit) =>
        from expose in kit.Manifest.Expose
        let target = kit.Manifest.FindWorkload(expose.Target.Value)
        where target is not null
        from reference in expose.Endpoints
        let endpoint = Find(kit, target, reference.Value)
        where endpoint is not null
        select endpoint with { Known = endpoint.Known with { Path = expose.PrefixOf(endpoint.Known.Path) } };

    /// <summary>At the path that is imported, at the path that the other Kit has for it, and where the author says that it is.</summary>
    private static IReadOnlyList<ReachableEndpoint> Imported(Workload workload, WorkloadImport import, ReachableEndpoint[] exposed) =>
    [
        .. exposed.Select(e => e with { Known = e.Known with { Span = import.ExposedPath.Span, Field = import.ExposedPath.Path } })
            .SelectMany(e => new[] { e, e with { Known = e.Known with { Path = e.Path } } })
            .Concat(workload.Endpoints.SelectMany(own => exposed.Where(e => e.Known.Protocol == own.Protocol).Select(e => e with { Known = own })))
            .DistinctBy(e => e.Known.Path),
    ];

    /// <summary>Before the other Kit is there, it is taken at its word.</summary>
    private static IReadOnlyList<Endpoint> Assumed(Workload workload, WorkloadImport import) => workload.EndpointsAreKnown
        ? workload.AllEndpoints
        : [new Endpoint(Endpoint.Protocols.FirstOrDefault(p => import.ExposedPath.Value == "/" + p) ?? "http", import.ExposedPath.Value, null, import.ExposedPath.Span, import.ExposedPath.Path)];
}
