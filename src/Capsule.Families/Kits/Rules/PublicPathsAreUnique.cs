using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A public path means one endpoint; the paths of entries with several endpoints are compared in full (specs: kits 1.5).</summary>
internal static class PublicPathsAreUnique
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var expose in kit.Expose)
        {
            foreach (var prefix in Prefixes(kit, expose).Distinct(StringComparer.Ordinal))
            {
                if (!first.TryAdd(prefix, expose.Path.Span.Line))
                {
                    yield return KitDiagnostics.PublicPathTwice.At(expose.Path.Span, prefix, first[prefix]);
                }
            }
        }
    }

    private static IEnumerable<string> Prefixes(KitManifest kit, ExposeEntry expose)
    {
        var declared = kit.FindWorkload(expose.Target.Value)?.AllEndpoints ?? [];
        return expose.Endpoints.Select(e => expose.PrefixOf(EndpointReference.Resolve(e.Value, declared)?.Path ?? "/" + e.Value.TrimStart('/')));
    }
}
