using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>Which declared features the runner cannot serve yet. Such a Kit validates and packs, but does not run.</summary>
public static class KitLaunchSupport
{
    public static IEnumerable<Diagnostic> NotYet(KitManifest kit) =>
        kit.Workloads.SelectMany(Workload).Concat(WorkloadRelays.Unanswered(kit)).Concat(kit.Dependencies.Select(d => KitSupportDiagnostics.Dependencies.At(d.Id.Span, d.Id.Value)));

    private static IEnumerable<Diagnostic> Workload(Workload workload)
    {
        var id = workload.Id.Value;
        if (workload.Import is { } import)
        {
            yield return KitSupportDiagnostics.Imports.At(import.Dependency.Span, id);
        }

        if (workload.Variants is [var variant, ..])
        {
            yield return KitSupportDiagnostics.Variants.At(variant.Id.Span, id);
        }
    }
}
