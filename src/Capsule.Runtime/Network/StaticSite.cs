using Capsule.Core.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Capsule.Runtime.Network;

/// <summary>A route whose answers are files of the package tree: types, index, validators, ranges; no listing.</summary>
internal static class StaticSite
{
    public static RequestDelegate Build(PublicRoute route, HeldFolder folder, IServiceProvider services)
    {
        var files = new TreeFiles(folder);
        var site = new ApplicationBuilder(services);
        site.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files, DefaultFileNames = [route.Index ?? "index.html"] });
        site.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ServeUnknownFileTypes = true,
            DefaultContentType = "application/octet-stream",
            OnPrepareResponse = Finish,
        });
        site.Run(context => NotFoundAsync(context, route));
        var serve = site.Build();
        return async context =>
        {
            var (path, prefix) = (context.Request.Path, context.Request.PathBase);
            context.Request.Path = RouteTable.Rest(route, path.Value ?? "/");
            context.Request.PathBase = prefix.Add(route.Prefix.TrimEnd('/'));
            try
            {
                await serve(context);
            }
            finally
            {
                (context.Request.Path, context.Request.PathBase) = (path, prefix);
            }
        };
    }

    private static Task NotFoundAsync(HttpContext context, PublicRoute route)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "GET, HEAD";
            return Task.CompletedTask;
        }

        return JsonAnswer.WriteAsync(context, 404, NetworkDiagnostics.NoRoute.Now(context.Request.PathBase + context.Request.Path, route.Prefix));
    }

    private static void Finish(StaticFileResponseContext served)
    {
        var headers = served.Context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        // A page under development must not come from the browser's cache without asking.
        headers.CacheControl = "no-cache";
        if (headers.ContentType.ToString() is { } type && (type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json") && !type.Contains("charset", StringComparison.Ordinal))
        {
            headers.ContentType = type + "; charset=utf-8";
        }
    }
}
