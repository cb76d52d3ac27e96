using Capsule.Core.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>
/// What becomes of a request on its way to a workload: the route's prefix is replaced by its path, and the forwarded headers are
/// the runner's word alone. A caller cannot forge them.
/// </summary>
/// <param name="route">Which matched.</param>
/// <param name="fromOutside">True for the public listener, which says in these headers where the request came in.</param>
internal sealed class PathTransformer(PublicRoute route, bool fromOutside) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancel)
    {
        CallerHeaders.RemoveThoseOfThisConnection(context.Request.Headers);
        await base.TransformRequestAsync(context, request, destination, cancel);
        request.RequestUri = Verbatim(context, destination) ?? RequestUtilities.MakeDestinationAddress(
            destination,
            new PathString(RouteTable.Inside(route, RouteTable.Rest(route, context.Request.Path.Value ?? "/") ?? "")),
            context.Request.QueryString);
        foreach (var header in CallerHeaders.OursAlone)
        {
            request.Headers.Remove(header);
        }

        if (fromOutside)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
            request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
            request.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", route.Prefix);
        }
    }

    /// <summary>
    /// The target as the client wrote it, escapes and all; null when its dot segments were resolved or its prefix was
    /// written with escapes, so that what was routed and what is sent on can never differ.
    /// </summary>
    private Uri? Verbatim(HttpContext context, string destination)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var path = target.Split('?', 2)[0];
        var plain = path.StartsWith('/')
            && !path.Contains("/.", StringComparison.Ordinal) && !path.Contains("%2e", StringComparison.OrdinalIgnoreCase)
            && target.All(c => c is > ' ' and <= '~' and not '#');
        return plain && RouteTable.Rest(route, path) is { } rest
            ? new Uri(destination + RouteTable.Inside(route, rest) + target[path.Length..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })
            : null;
    }
}
