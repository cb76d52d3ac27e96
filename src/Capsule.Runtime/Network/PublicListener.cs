using System.Net;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>
/// The one port of a running package that other programs of this machine can call: 127.0.0.1, plain HTTP, routes by
/// longest prefix to workloads or to files of the package.
/// </summary>
public sealed class PublicListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _held = [];

    private PublicListener(WebApplication app) => _app = app;

    /// <summary>For example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts listening, or says that the port is taken.</summary>
    public static async Task<Result<PublicListener>> StartAsync(PublicListenerRequest request, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, request.Port);
        });
        builder.Services.AddHttpForwarder();
        builder.Services.AddRouting();
        var app = builder.Build();
        var listener = new PublicListener(app);
        try
        {
            var table = new RouteTable(request.Routes);
            var answers = request.Routes.Distinct().ToDictionary(r => r, r => listener.Answer(r, request));
            app.Run(context => DispatchAsync(context, table, answers));
            await app.StartAsync(cancel);
        }
        catch (IOException problem) when (problem.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await listener.DisposeAsync();
            return NetworkDiagnostics.PortTaken.Now(request.Port, "another program");
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AccessDenied)
        {
            await listener.DisposeAsync();
            return NetworkDiagnostics.PortForbidden.Now(request.Port);
        }
        catch (RefusedException refused)
        {
            await listener.DisposeAsync();
            return refused.Diagnostic;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }

        listener.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await _app.StopAsync(now.Token);
        }
        catch (OperationCanceledException)
        {
            // Streams that are still open end with the connection.
        }

        await _app.DisposeAsync();
        _held.ForEach(h => h.Dispose());
    }

    private static async Task DispatchAsync(HttpContext context, RouteTable table, Dictionary<PublicRoute, RequestDelegate> answers)
    {
        if (LoopbackOnly.Check(context.Request) is { } foreign)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, foreign);
        }
        else if (table.Find(context.Request.Path.Value ?? "/") is { } route)
        {
            await answers[route](context);
        }
        else
        {
            var known = string.Join(", ", answers.Keys.Select(r => r.Prefix).Order(StringComparer.Ordinal));
            await JsonAnswer.WriteAsync(context, StatusCodes.Status404NotFound, NetworkDiagnostics.NoRoute.Now(context.Request.Path, known));
        }
    }

    private RequestDelegate Answer(PublicRoute route, PublicListenerRequest request)
    {
        if (route.Files is { } files)
        {
            using var tree = HeldFolder.Open(request.Tree);
            var folder = Held(tree.OpenFolder(files) ?? throw new RefusedException(NetworkDiagnostics.FolderMissing.Now(files)));
            return StaticSite.Build(route, folder, _app.Services);
        }

        var forwarder = new WorkloadForwarder(_app.Services.GetRequiredService<IHttpForwarder>(), route, request.Dial(route.Process!, route.Listener!));
        return Held(forwarder).ForwardAsync;
    }

    private T Held<T>(T resource)
        where T : IDisposable
    {
        _held.Add(resource);
        return resource;
    }
}
