using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Runtime.Network;

/// <summary>The runner's own HTTP servers, on sockets and loopback: Kestrel with nothing around it that reads settings, logs or listens to signals.</summary>
public static class LocalServer
{
    /// <summary>A server that listens where <paramref name="kestrel"/> says, once it is built and started.</summary>
    public static WebApplicationBuilder Create(Action<KestrelServerOptions> kestrel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            kestrel(options);
        });
        builder.Services.AddRouting();
        return builder;
    }

    /// <summary>One that passes requests on: nothing of a body is kept here, so its size and pace are for the process behind to judge.</summary>
    public static WebApplicationBuilder CreateForwarding(Action<KestrelServerOptions> kestrel)
    {
        var builder = Create(options =>
        {
            options.Limits.MaxRequestBodySize = null;
            options.Limits.MinRequestBodyDataRate = null;
            options.Limits.MinResponseDataRate = null;
            kestrel(options);
        });
        builder.Services.AddHttpForwarder();
        return builder;
    }

    /// <summary>Takes no more requests, waits that long for those under way, and ends their connections: when a run stops, nobody is there to serve.</summary>
    public static async Task EndAsync(WebApplication app, TimeSpan patience)
    {
        using var now = new CancellationTokenSource(patience);
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // What is still open ends with its connection.
        }

        await app.DisposeAsync();
    }
}
