using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>An import names a declared dependency (specs: kits 1.3).</summary>
internal static class ImportNamesDependency
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        let dependency = workload.Import?.Dependency
        where dependency is not null && kit.Dependencies.All(d => d.Id.Value != dependency.Value)
        select KitDiagnostics.UnknownDependency.At(
            dependency.Span, dependency.Value, workload.Id.Value, Listed.Names(kit.Dependencies.Select(d => d.Id.Value)));
}
