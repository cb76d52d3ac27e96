using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Operations.Kits.Framing;

/// <summary>Plain HTTP in front of a workload whose SDK takes requests in frames (specs: kits 3.11): each request is read whole, and so is its answer.</summary>
internal sealed class FramedIngress : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client;

    private FramedIngress(WebApplication app, HttpMessageInvoker client) => (_app, _client) = (app, client);

    public static async Task<FramedIngress> StartAsync(Dial workload, string socketPath, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // What is too large is read all the same and dropped, so that the answer arrives.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ListenUnixSocket(socketPath);
        });
        builder.Services.AddRouting();
        var client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = (_, stop) => workload(stop),
            PooledConnectionLifetime = TimeSpan.Zero,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            ActivityHeadersPropagator = null,
        });
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, client));
        await app.StartAsync(cancel);
        return new FramedIngress(app, client);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // What is still under way ends with the workload.
        }

        await _app.DisposeAsync();
        _client.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context, HttpMessageInvoker client)
    {
        try
        {
            if (await ReadAsync(context) is { } body)
            {
                await TellAsync(context, await AskAsync(context, body, client));
            }
            else
            {
                await FailAsync(context, StatusCodes.Status413PayloadTooLarge, "the request is larger than 8 MiB");
            }
        }
        catch (Exception problem) when (problem is FrameException or HttpRequestException or IOException)
        {
            await FailAsync(context, StatusCodes.Status502BadGateway, problem.GetBaseException().Message.TrimEnd('.'));
        }
    }

    /// <summary>The body; null when it is too large.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var length = 0L;
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
        {
            length += read;
            if (length <= Frames.LargestBody)
            {
                body.Write(buffer, 0, read);
            }
        }

        return length <= Frames.LargestBody ? body.ToArray() : null;
    }

    private static async Task<FramedMessage> AskAsync(HttpContext context, byte[] body, HttpMessageInvoker client)
    {
        var cancel = context.RequestAborted;
        if (context.Request.Headers.ContainsKey("Upgrade"))
        {
            throw new FrameException("this SDK takes no WebSockets");
        }

        var pseudo = new JsonObject
        {
            ["method"] = context.Request.Method,
            ["path"] = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            ["scheme"] = "http",
            ["authority"] = context.Request.Host.Value,
        };
        var headers = context.Request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.OfType<string>().ToArray()));
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://workload.localhost" + Frames.Path) { Content = new ByteArrayContent(Frames.Write(pseudo, headers, body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Frames.MediaType);
        using var response = await client.SendAsync(request, cancel);
        if (response.StatusCode is not HttpStatusCode.OK || response.Content.Headers.ContentType?.MediaType != Frames.MediaType)
        {
            throw new FrameException($"the workload answered {(int)response.StatusCode}, and not in frames");
        }

        return await Frames.ReadAsync(await response.Content.ReadAsStreamAsync(cancel), cancel);
    }

    private static async Task TellAsync(HttpContext context, FramedMessage answer)
    {
        context.Response.StatusCode = int.TryParse(answer.Text("status"), out var status) && status is >= 200 and <= 599 ? status : throw new FrameException("the answer has no status");
        foreach (var (name, values) in answer.Headers.Where(h => !Frames.OfOneConnection.Contains(h.Key)))
        {
            context.Response.Headers[name] = values;
        }

        if (status is not (StatusCodes.Status204NoContent or StatusCodes.Status304NotModified) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentLength = answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private static Task FailAsync(HttpContext context, int status, string why)
    {
        var problem = FramingDiagnostics.NotFramed.Now(why);
        context.Response.Clear();
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = new { code = problem.Code, message = problem.Message, hint = problem.Hint } }, context.RequestAborted);
    }
}
