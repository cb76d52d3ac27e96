using System.Net;
using Capsule.Core.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Network;

/// <summary>
/// Answers requests only when both the name they were sent to and the page that sent them are local: a foreign name
/// that resolves to 127.0.0.1 (DNS rebinding), or a foreign page, must not reach a user's workload.
/// Browsers say where a request comes from in <c>Origin</c> (RFC 6454) or, without one, in <c>Sec-Fetch-Site</c> (Fetch Metadata).
/// </summary>
internal static class LoopbackOnly
{
    public static Diagnostic? Check(HttpRequest request)
    {
        if (!IsLoopback(request.Host.Host))
        {
            return NetworkDiagnostics.ForeignHost.Now(Shown(request.Host.Value ?? ""));
        }

        // A page may ask without naming itself, for an image or a script; a link that a person follows is no such thing.
        if (request.Headers.Origin.Count == 0 && request.Headers["Sec-Fetch-Site"] == "cross-site" && request.Headers["Sec-Fetch-Dest"] != "document")
        {
            return NetworkDiagnostics.ForeignOrigin.Now("another site");
        }

        foreach (var origin in request.Headers.Origin)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var page) || !IsLoopback(page.Host))
            {
                return NetworkDiagnostics.ForeignOrigin.Now(Shown(origin ?? ""));
            }
        }

        return null;
    }

    internal static bool IsLoopback(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name, out var address) && !address.IsIPv4MappedToIPv6 && IPAddress.IsLoopback(address));
    }

    private static string Shown(string text) => text.Length <= 100 ? text : text[..100] + "…";
}
