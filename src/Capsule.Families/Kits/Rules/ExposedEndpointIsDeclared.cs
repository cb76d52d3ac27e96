using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>Each exposed endpoint is declared by its target workload, and only one is meant (specs: kits 1.5).</summary>
internal static class ExposedEndpointIsDeclared
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from expose in kit.Expose
        let target = kit.FindWorkload(expose.Target.Value)
        where target is not null && target.EndpointsAreKnown
        from problem in expose.Endpoints.Select(e => Check(e, target)).OfType<Diagnostic>().Concat(Listed.Twice(expose.Endpoints))
        select problem;

    /// <summary>The problem with a reference to an endpoint of a workload; null when there is none.</summary>
    internal static Diagnostic? Check(Field<string> reference, Workload target)
    {
        if (EndpointReference.Resolve(reference.Value, target.AllEndpoints) is not null)
        {
            return null;
        }

        var ofProtocol = target.AllEndpoints.Where(e => e.Protocol == reference.Value).Select(e => e.Path).ToArray();
        return ofProtocol.Length > 1
            ? KitDiagnostics.AmbiguousEndpoint.At(reference.Span, reference.Value, target.Id.Value, string.Join(", ", ofProtocol))
            : KitDiagnostics.UndeclaredEndpoint.At(reference.Span, reference.Value, target.Id.Value, Listed.Endpoints(target));
    }
}
