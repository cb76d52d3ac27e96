using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Runtime.Tests.Network;

/// <summary>An HTTP server on a unix socket that stands where a workload would.</summary>
internal sealed class Workload(WebApplication app) : IAsyncDisposable
{
    public static async Task<Workload> StartAsync(string socket, RequestDelegate answer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.ListenUnixSocket(socket));
        builder.Services.AddRouting();
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(answer);
        await app.StartAsync();
        return new Workload(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(100);
        try
        {
            await app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
        }

        await app.DisposeAsync();
    }
}
