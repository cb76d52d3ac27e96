using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>An exposed path leads to a workload of the Kit (specs: kits 1.5).</summary>
internal static class ExposeTargetExists
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from expose in kit.Expose
        where kit.FindWorkload(expose.Target.Value) is null
        select KitDiagnostics.UnknownTarget.At(expose.Target.Span, expose.Target.Value, Listed.Names(kit.Workloads.Select(w => w.Id.Value)));
}
