using System.Text.Json;
using Capsule.Core.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Network;

/// <summary>The listener's own failures as JSON: <c>{"error":{"code","message","hint"}}</c>.</summary>
internal static class JsonAnswer
{
    public static async Task WriteAsync(HttpContext context, int status, Diagnostic problem, int? retryAfter = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        if (retryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = problem.Code, message = problem.Message, hint = problem.Hint } });
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }
}
