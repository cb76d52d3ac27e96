using System.Diagnostics.CodeAnalysis;
using Capsule.Core.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Capsule.Runtime.Relays;

/// <summary>Path and query of a call at the provider, from what a caller wrote (specs: kits 1.9, 3.9). A caller chooses these and nothing else.</summary>
internal static class RelayTarget
{
    private const int Longest = 16 * 1024;

    /// <summary>Reads it; false with the reason when it could mean anything but a path at the host.</summary>
    public static bool TryRead(HttpRequest request, RelayPlan relay, [NotNullWhen(true)] out string? target, out string problem)
    {
        target = null;
        var said = relay.PathHeader is { } name ? request.Headers[name] : default;
        string? text;
        switch (said.Count)
        {
            case 0:
                text = Below(request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, relay.Endpoint);
                break;
            case 1:
                text = said[0];
                break;
            default:
                problem = $"{relay.PathHeader} stands twice";
                return false;
        }

        problem = text is null ? "its path is not written plainly" : Problem(text) ?? "";
        if (problem.Length > 0)
        {
            return false;
        }

        target = WithoutCredentials(text!, relay.DropQuery);
        return true;
    }

    private static string? Below(string raw, string endpoint)
    {
        var prefix = endpoint == "/" ? "" : endpoint;
        if (!raw.StartsWith(prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = raw[prefix.Length..];
        return rest.Length == 0 || rest[0] == '?' ? "/" + rest : rest;
    }

    private static string? Problem(string text)
    {
        if (text.Length > Longest)
        {
            return "its path is too long";
        }

        if (!text.StartsWith('/') || text.StartsWith("//", StringComparison.Ordinal))
        {
            return "its path does not begin with one '/'";
        }

        if (text.Any(c => c is <= ' ' or > '~' or '\\' or '#'))
        {
            return "its path holds a character that no path has";
        }

        // A server that decodes separators or dots must not see another path than we do.
        var segments = text.Split('?', 2)[0]
            .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
            .Replace("%5c", "/", StringComparison.OrdinalIgnoreCase)
            .Replace("%2e", ".", StringComparison.OrdinalIgnoreCase)
            .Split('/');
        return segments.Any(s => s is "." or "..") ? "its path leads up" : null;
    }

    private static string WithoutCredentials(string text, IReadOnlyList<string> dropped)
    {
        var parts = text.Split('?', 2);
        if (parts.Length == 1 || dropped.Count == 0)
        {
            return text;
        }

        var kept = parts[1].Split('&').Where(p => !dropped.Contains(Uri.UnescapeDataString(p.Split('=', 2)[0]).Trim(), StringComparer.OrdinalIgnoreCase));
        var query = string.Join('&', kept);
        return query.Length == 0 ? parts[0] : $"{parts[0]}?{query}";
    }
}
