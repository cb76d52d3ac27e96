using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;

namespace Capsule.Families.Kits.Rules;

/// <summary>Each mount of a workload has its own <c>CAPAKIT_MOUNT_…</c> variable (specs: kits 3.3).</summary>
internal static class MountVariablesDiffer
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from same in workload.Mounts.DistinctBy(m => m.Mount.Value).GroupBy(m => WorkloadEnvironment.MountVariable(m.Mount.Value), StringComparer.Ordinal)
        from again in same.Skip(1)
        select KitDiagnostics.MountVariableClash.At(again.Mount.Span, same.First().Mount.Value, again.Mount.Value, same.Key);
}
