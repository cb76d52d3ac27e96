using Capsule.Families.Kits.Model;

namespace Capsule.Operations.Kits.Workloads;

/// <summary>A workload in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Shape">source, relay, source and relay, import, or variants.</param>
/// <param name="Detail">Toolchain, relay kinds, what is imported, or the variants.</param>
/// <param name="Endpoints">Each as protocol and path.</param>
/// <param name="Connections">The workloads that it may call.</param>
public sealed record WorkloadSummary(string Id, string Shape, string Detail, IReadOnlyList<(string Protocol, string Path)> Endpoints, IReadOnlyList<string> Connections)
{
    public static IReadOnlyList<WorkloadSummary> Of(KitManifest kit) => [.. kit.Workloads.Select(w => new WorkloadSummary(
        w.Id.Value, ShapeOf(w), DetailOf(w), [.. w.AllEndpoints.Select(e => (e.Protocol, e.Path))], [.. w.Connections.Select(c => c.Value)]))];

    private static string ShapeOf(Workload workload) => workload switch
    {
        { Import: not null } => "import",
        { Runtime: { Source: not null, Relays.Count: > 0 } } => "source and relay",
        { Runtime.Source: not null } => "source",
        { Runtime: not null } => "relay",
        _ => "variants",
    };

    private static string DetailOf(Workload workload) => workload switch
    {
        { Import: { } import } => $"{import.Dependency.Value}{import.ExposedPath.Value}",
        { Runtime: { } runtime } => string.Join(", ", new[] { runtime.Source?.Toolchain.Value }.OfType<string>().Concat(runtime.Relays.Select(r => r.Kind.Value))),
        _ => string.Join(", ", workload.Variants.Select(v => v.Id.Value)),
    };
}
