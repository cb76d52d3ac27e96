using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>
/// What a workload sees besides the system and its toolchain. No mount lies below another: a workload could replace the
/// outer one's folder by a link (specs: sandbox 1). The folders of the ingress and bridge sockets are the runner's.
/// </summary>
internal static class WorkloadMounts
{
    public static IReadOnlyList<MountPlan> Build(KitTree kit, Workload workload) =>
    [
        new MountPlan { Id = "app", Kind = MountKind.Work, Dependency = kit.Id.Length == 0 ? null : kit.Id, Source = WorkloadSources.Folder(workload), Target = "/app", Access = MountAccess.ReadWrite, Exec = true },
        new MountPlan { Id = "home", Kind = MountKind.State, Target = WorkloadEnvironment.Home, Access = MountAccess.ReadWrite, Exec = true },
        new MountPlan { Id = "cache", Kind = MountKind.Cache, Target = WorkloadEnvironment.Cache, Access = MountAccess.ReadWrite, Exec = true },
        new MountPlan { Id = "tmp", Kind = MountKind.Tmp, Target = "/tmp", Access = MountAccess.ReadWrite, Exec = true },
        .. workload.Mounts.Select(grant => Host(kit, workload, grant)),
    ];

    private static MountPlan Host(KitTree kit, Workload workload, MountGrant grant)
    {
        var id = grant.Mount.Value;
        var access = kit.Access(grant);
        var text = access == MountAccess.ReadWrite ? "read_write" : "read_only";
        return new MountPlan
        {
            Id = kit.Mount(id),
            Kind = MountKind.Host,
            Target = WorkloadEnvironment.MountPath(id),
            Access = access,

            // Kits keep programs that they fetched beside their models (specs: kits 8).
            Exec = true,
            Usage = kit.Manifest.FindMount(id)!.Usage.Value,
            Permission = KitPermission.For(kit, $"mount:{kit.Cell(workload)}/{id}", grant.Mount, $"mounts: [{{mount_mid: {id}, access: {text}}}]"),
        };
    }
}
