using System.Globalization;
using Capsule.Core.Plans;
using Capsule.Core.Schemas;

namespace Capsule.Families;

/// <summary>An entry of <c>egress_allow</c>: a host name, a suffix <c>*.example.com</c>, or a URL, with or without a port.</summary>
internal static class EgressHost
{
    private static readonly int[] WebPorts = [80, 443];

    public static TextShape Shape { get; } = TextShape.Whole(
        @"[^/]*://.+|(?:\*\.)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*(?::[0-9]+)?", "api.example.com", "*.example.com", "https://api.example.com:8443");

    /// <summary>The rule that the entry asks for; null when it names no host.</summary>
    public static EgressRule? Parse(string entry)
    {
        var text = entry;
        int[] ports = WebPorts;
        string? protocol = null;
        if (text.Contains("://", StringComparison.Ordinal))
        {
            if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            {
                return null;
            }

            (text, ports, protocol) = (url.Host, [url.Port], url.Scheme);
        }
        else if (text.LastIndexOf(':') is var colon and >= 0)
        {
            if (!ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port == 0)
            {
                return null;
            }

            (text, ports) = (text[..colon], [port]);
        }

        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return IsHost(name) ? new EgressRule(text.ToLowerInvariant(), ports, protocol) : null;
    }

    private static bool IsHost(string name) =>
        name.Length is > 0 and <= 253
        && name.Split('.').All(label => label.Length is > 0 and <= 63
            && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            && label[0] != '-' && label[^1] != '-');
}
