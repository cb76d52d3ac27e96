using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>No two Relays of a runtime share a path: only one could answer there (specs: kits 1.9).</summary>
internal static class RelayEndpointsAreUnique
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from runtime in workload.Runtimes
        from same in runtime.Relays.GroupBy(r => r.Endpoint.Path, StringComparer.Ordinal)
        from again in same.Skip(1)
        select KitDiagnostics.EndpointPathTwice.At(again.Endpoint.Span, again.Endpoint.Path, workload.Id.Value);
}
