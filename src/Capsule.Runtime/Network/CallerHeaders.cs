using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Capsule.Runtime.Network;

/// <summary>Headers that a caller says to us and not to the server behind.</summary>
internal static class CallerHeaders
{
    /// <summary>Where a request came from is the runner's word alone.</summary>
    public static readonly string[] OursAlone = ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded"];

    /// <summary>Never of one connection alone, whatever a caller says.</summary>
    private static readonly HashSet<string> OfEveryRequest = new(StringComparer.OrdinalIgnoreCase)
    {
        HeaderNames.Connection, HeaderNames.Upgrade, HeaderNames.Host, HeaderNames.ContentLength, HeaderNames.TransferEncoding,
    };

    /// <summary>Removes what "Connection" names (RFC 9110, 7.6.1).</summary>
    public static void RemoveThoseOfThisConnection(IHeaderDictionary headers)
    {
        foreach (var name in headers.GetCommaSeparatedValues(HeaderNames.Connection).Where(name => !OfEveryRequest.Contains(name)))
        {
            headers.Remove(name);
        }
    }
}
