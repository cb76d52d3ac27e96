using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Capsule.Operations.Kits.Framing;

/// <summary>Calls of a workload whose SDK speaks in frames (specs: kits 3.11): what they mean is handed on, what is answered is put into frames.</summary>
internal static class FramedCalls
{
    public static RequestDelegate Around(RequestDelegate next) => context =>
        HttpMethods.IsPost(context.Request.Method) && context.Request.Path == Frames.Path && context.Request.ContentType?.Split(';')[0].Trim() == Frames.MediaType
            ? CarryAsync(context, next)
            : next(context);

    private static async Task CarryAsync(HttpContext context, RequestDelegate next)
    {
        byte[] frames;
        using var answered = new MemoryStream();
        var own = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        try
        {
            Become(context, await Frames.ReadAsync(context.Request.Body, context.RequestAborted));
            context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(new WholeAnswer(answered)));
            await next(context);
            var headers = context.Response.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.OfType<string>().ToArray()));
            frames = Frames.Write(new JsonObject { ["status"] = context.Response.StatusCode }, headers, answered.GetBuffer().AsSpan(0, (int)answered.Length));
        }
        catch (FrameException problem)
        {
            frames = Frames.Failure("InvalidArgument", $"{FramingDiagnostics.NotFramed.Code}: {problem.Message}");
        }

        context.Features.Set(own);
        context.Response.Headers.Clear();
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = Frames.MediaType;
        context.Response.ContentLength = frames.Length;
        await own.Stream.WriteAsync(frames, context.RequestAborted);
    }

    /// <summary>The request that the frames are.</summary>
    private static void Become(HttpContext context, FramedMessage message)
    {
        var (method, target) = (message.Text("method"), message.Text("path"));
        if (method is null || !method.All(c => char.IsAsciiLetterUpper(c) || c == '-') || method.Length is 0 or > 20 || target is null || !target.StartsWith('/') || target.Any(c => c is <= ' ' or > '~'))
        {
            throw new FrameException("a frame 'start' names no method and path");
        }

        var request = context.Request;
        request.Headers.Clear();
        foreach (var (name, values) in message.Headers.Where(h => !Frames.OfOneConnection.Contains(h.Key) && h.Key.Length > 0 && h.Key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
        {
            request.Headers[name] = values.Where(v => v.All(c => c is >= ' ' and <= '~' or '\t')).ToArray();
        }

        var cut = target.IndexOf('?', StringComparison.Ordinal);
        request.Method = method;
        request.Path = PathString.FromUriComponent(cut < 0 ? target : target[..cut]);
        request.QueryString = cut < 0 ? QueryString.Empty : new QueryString(target[cut..]);
        request.Headers[HeaderNames.Host] = "capakit.local";
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        request.Body = new MemoryStream(message.Body);
        request.ContentLength = message.Body.Length > 0 || HttpMethods.IsPost(method) || HttpMethods.IsPut(method) ? message.Body.Length : null;
        context.Features.Set<IHttpRequestBodyDetectionFeature>(new BodyDetection(request.ContentLength is not null));
    }

    private sealed class BodyDetection(bool has) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => has;
    }
}
