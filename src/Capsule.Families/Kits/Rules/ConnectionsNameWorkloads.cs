using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A connection leads to another workload of the Kit, once (specs: kits 1.3).</summary>
internal static class ConnectionsNameWorkloads
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from problem in Check(kit, workload)
        select problem;

    private static IEnumerable<Diagnostic> Check(KitManifest kit, Workload workload)
    {
        var unknown = workload.Connections
            .Where(c => kit.FindWorkload(c.Value) is null)
            .Select(c => KitDiagnostics.UnknownConnection.At(c.Span, c.Value, workload.Id.Value, Listed.Names(kit.Workloads.Select(w => w.Id.Value))));
        var self = workload.Connections
            .Where(c => c.Value == workload.Id.Value)
            .Select(c => KitDiagnostics.SelfConnection.At(c.Span, c.Value));
        return unknown.Concat(self).Concat(Listed.Twice(workload.Connections));
    }
}
