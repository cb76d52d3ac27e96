using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>Carries requests of one public route to one listener of a workload.</summary>
internal sealed class WorkloadForwarder(IHttpForwarder forwarder, PublicRoute route, Dial dial, Func<string, CancellationToken, Task<Diagnostic?>>? ready) : IDisposable
{
    private readonly WorkloadClient _client = new(forwarder, dial);
    private readonly PathTransformer _transformer = new(route, fromOutside: true);

    public async Task ForwardAsync(HttpContext context)
    {
        if (route.Protocol == "mcp" && (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsDelete(context.Request.Method)) && !IsUpgrade(context))
        {
            // The servers behind have neither sessions nor a stream to listen to; 405 is what tells a client so.
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST";
            return;
        }

        if (ready is not null && await ready(route.Process!, context.RequestAborted) is { } unready)
        {
            await JsonAnswer.WriteAsync(context, WorkloadFailure.StatusOf(unready), unready);
            return;
        }

        if (await _client.SendAsync(context, _transformer, route.TimeoutMilliseconds) is { } failure)
        {
            await JsonAnswer.WriteAsync(context, failure.Kind is WorkloadFailureKind.TooSlow ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway, failure.Of(route));
        }
    }

    public void Dispose() => _client.Dispose();

    private static bool IsUpgrade(HttpContext context) => context.Request.Headers.ContainsKey("Upgrade");
}
