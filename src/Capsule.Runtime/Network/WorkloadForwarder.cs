using System.Net;
using Capsule.Core.Plans;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>Carries requests of one public route to one listener of a workload, streaming both ways, upgrades included.</summary>
internal sealed class WorkloadForwarder : IDisposable
{
    // Workload servers close idle connections on their own (bun after 5 s); ours must be gone well before.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    // A model may think for long between two chunks; a dead workload is noticed by its closed socket, not by silence.
    private static readonly ForwarderRequestConfig Patient = new()
    {
        ActivityTimeout = TimeSpan.FromMinutes(30),
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private readonly IHttpForwarder _forwarder;
    private readonly PublicRoute _route;
    private readonly HttpMessageInvoker _client;
    private readonly PathTransformer _transformer;

    public WorkloadForwarder(IHttpForwarder forwarder, PublicRoute route, Dial dial)
    {
        _forwarder = forwarder;
        _route = route;
        _transformer = new PathTransformer(route);
        _client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, cancel) => dial(cancel),
            PooledConnectionIdleTimeout = Idle,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
        });
    }

    public async Task ForwardAsync(HttpContext context)
    {
        if (_route.Protocol == "mcp" && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsDelete(context.Request.Method)) && !IsUpgrade(context))
        {
            // The servers behind have neither sessions nor a stream to listen to; 405 is what tells a client so.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST";
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (_route.TimeoutMilliseconds is { } milliseconds)
        {
            limit.CancelAfter(milliseconds);
        }

        var error = await _forwarder.SendAsync(context, "http://workload.localhost", _client, Patient, _transformer, limit.Token);
        if (error is ForwarderError.None || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var late = limit.IsCancellationRequested || error is ForwarderError.RequestTimedOut;
        await JsonAnswer.WriteAsync(context, late ? 504 : 502, late
            ? NetworkDiagnostics.TooSlow.Now(_route.Process, _route.TimeoutMilliseconds)
            : NetworkDiagnostics.NoAnswer.Now(_route.Process, Reason(context, error)));
    }

    public void Dispose() => _client.Dispose();

    private static bool IsUpgrade(HttpContext context) => context.Request.Headers.ContainsKey("Upgrade");

    private static string Reason(HttpContext context, ForwarderError error) =>
        (context.Features.Get<IForwarderErrorFeature>()?.Exception?.GetBaseException() is { } cause ? cause.Message : error.ToString()).TrimEnd('.');

    /// <summary>Replaces the public prefix by the route's path and says so in the forwarded headers.</summary>
    private sealed class PathTransformer(PublicRoute route) : HttpTransformer
    {
        public override async ValueTask TransformRequestAsync(HttpContext context, HttpRequestMessage request, string destination, CancellationToken cancel)
        {
            await base.TransformRequestAsync(context, request, destination, cancel);
            request.RequestUri = Verbatim(context, destination) ?? RequestUtilities.MakeDestinationAddress(
                destination,
                new PathString(RouteTable.Inside(route, RouteTable.Rest(route, context.Request.Path.Value ?? "/") ?? "")),
                context.Request.QueryString);
            foreach (var header in new[] { "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Prefix", "Forwarded" })
            {
                request.Headers.Remove(header);
            }

            request.Headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
            request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
            request.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", route.Prefix);
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
}
