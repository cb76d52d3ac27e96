using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>At most one entry is the default MCP server, and it has an mcp endpoint (specs: kits 1.5).</summary>
internal static class OneDefaultMcp
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit)
    {
        var marked = kit.Expose.Where(e => e.DefaultMcp is { Value: true }).ToArray();
        var second = marked.Skip(1).Select(e => KitDiagnostics.SecondDefaultMcp.At(e.DefaultMcp!.Span, marked[0].DefaultMcp!.Span.Line));
        var without = marked.Where(e => !HasMcp(kit, e)).Select(e => KitDiagnostics.DefaultMcpWithoutMcp.At(e.DefaultMcp!.Span, e.Path.Value));
        return second.Concat(without);
    }

    private static bool HasMcp(KitManifest kit, ExposeEntry expose) => expose.Endpoints.Any(reference =>
        reference.Value == "mcp"
        || kit.FindWorkload(expose.Target.Value) is not { EndpointsAreKnown: true } target
        || EndpointReference.Resolve(reference.Value, target.AllEndpoints) is null or { Protocol: "mcp" });
}
