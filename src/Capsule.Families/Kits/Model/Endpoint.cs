using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>An internal endpoint of a workload (specs: kits 1.4).</summary>
/// <param name="Protocol">http, mcp, oaic or a2a.</param>
/// <param name="Path">Absolute path without a slash at the end.</param>
/// <param name="TimeoutMilliseconds">How long an mcp call may take; null for the runner's default.</param>
/// <param name="Span">Where it is declared.</param>
/// <param name="Field">The way there.</param>
public sealed record Endpoint(string Protocol, string Path, int? TimeoutMilliseconds, SourceSpan Span, FieldPath Field)
{
    public static IReadOnlyList<string> Protocols { get; } = ["http", "mcp", "oaic", "a2a"];
}

/// <summary>A reference to an endpoint: a protocol name, or a path.</summary>
public static class EndpointReference
{
    /// <summary>
    /// The endpoint that a reference means among those declared: by path; by protocol at its default path; else the only
    /// endpoint of that protocol.
    /// </summary>
    public static Endpoint? Resolve(string reference, IReadOnlyList<Endpoint> declared)
    {
        if (!Endpoint.Protocols.Contains(reference))
        {
            return declared.FirstOrDefault(e => e.Path == reference);
        }

        var ofProtocol = declared.Where(e => e.Protocol == reference).ToArray();
        return ofProtocol.FirstOrDefault(e => e.Path == "/" + reference) ?? (ofProtocol.Length == 1 ? ofProtocol[0] : null);
    }
}
