using System.Net;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Operations.Kits;

/// <summary>
/// The runner's side of a workload's bridge: HTTP on a unix socket of one instance, <c>POST /rpc</c>, one JSON line each way
/// (specs: kits 3.8). Every request gets an answer.
/// </summary>
internal sealed class KitBridge : IAsyncDisposable
{
    private const string MediaType = "application/x-capakit-workload-bridge-jsonl";
    private const string OlderMediaType = "application/x-capakit-runner-bridge-jsonl";

    private readonly WebApplication _app;

    private KitBridge(WebApplication app) => _app = app;

    public static async Task<KitBridge> StartAsync(ProcessInstance instance, string socketPath, CancellationToken cancel)
    {
        var builder = LocalServer.Create(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = BridgeFrame.Largest + 1024;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.ListenUnixSocket(socketPath);
        });
        var app = builder.Build();
        var calls = new BridgeCalls(instance);
        app.Run(context => AnswerAsync(context, calls));
        await app.StartAsync(cancel);
        return new KitBridge(app);
    }

    public async ValueTask DisposeAsync()
    {
        await LocalServer.EndAsync(_app, TimeSpan.FromMilliseconds(200));
    }

    private static async Task AnswerAsync(HttpContext context, BridgeCalls calls)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method) || request.Path != "/rpc")
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var media = request.ContentType?.Split(';')[0].Trim() ?? "";
        if (media is not (MediaType or OlderMediaType))
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        var reply = await ReadAsync(request) is { } body
            ? await calls.AnswerAsync(body, context.RequestAborted)
            : BridgeFrame.Error("", "InvalidArgument", KitBridgeDiagnostics.BadFrame.Now("it is larger than 4 MiB"));
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = media;
        context.Response.ContentLength = reply.Length;
        await context.Response.Body.WriteAsync(reply, context.RequestAborted);
    }

    /// <summary>The body, or null when it is too large; then the rest is read and dropped so that the answer arrives.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException problem) when (problem.StatusCode == (int)HttpStatusCode.RequestEntityTooLarge)
        {
            return null;
        }

        return body.Length > BridgeFrame.Largest ? null : body.ToArray();
    }
}
