using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>No two endpoints of a workload share a path (specs: kits 1.4).</summary>
internal static class EndpointPathsAreUnique
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from same in workload.Endpoints.GroupBy(e => e.Path, StringComparer.Ordinal)
        from again in same.Skip(1)
        select KitDiagnostics.EndpointPathTwice.At(again.Span, again.Path, workload.Id.Value);
}
