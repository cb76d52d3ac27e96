using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A workload's mounts are declared, listed once, and no wider than declared (specs: kits 1.3).</summary>
internal static class GrantedMountsAreDeclared
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from problem in workload.Mounts.Select(m => Check(kit, workload, m)).OfType<Diagnostic>().Concat(Listed.Twice(workload.Mounts.Select(m => m.Mount)))
        select problem;

    private static Diagnostic? Check(KitManifest kit, Workload workload, MountGrant grant)
    {
        if (kit.FindMount(grant.Mount.Value) is not { } mount)
        {
            return KitDiagnostics.UnknownMount.At(grant.Mount.Span, grant.Mount.Value, Listed.Names(kit.HostMounts.Select(m => m.Id.Value)));
        }

        return grant.Access is { Value: MountAccess.ReadWrite } access && mount.Access == MountAccess.ReadOnly
            ? KitDiagnostics.AccessTooWide.At(access.Span, mount.Id.Value, workload.Id.Value)
            : null;
    }
}
