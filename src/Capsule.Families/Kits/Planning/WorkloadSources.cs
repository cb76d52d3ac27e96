using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>Where the code of source workloads lies: <c>workloads/&lt;id&gt;/</c>, always (specs: kits 1.1).</summary>
internal static class WorkloadSources
{
    public static string Folder(Workload workload) => $"workloads/{workload.Id.Value}";

    /// <summary>Source workloads of which the package holds no file.</summary>
    public static IReadOnlyList<Workload> Missing(KitManifest kit, PackPlan plan) =>
        [.. kit.Workloads.Where(w => w.Runtimes.Any(r => r.Source is not null)
            && !plan.Entries.Any(e => e.Path.StartsWith(Folder(w) + "/", StringComparison.Ordinal)))];

    public static Diagnostic ToPack(Workload workload) => KitDiagnostics.SourceMissing.At(workload.Id.Span, workload.Id.Value, Folder(workload));

    public static Diagnostic ToRun(Workload workload) => KitDiagnostics.SourceMissingToRun.At(workload.Id.Span, workload.Id.Value, Folder(workload));
}
