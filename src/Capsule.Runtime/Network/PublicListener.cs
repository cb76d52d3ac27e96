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
/// longest prefix to workloads or to files of the package. The port is taken before anything starts; until there is somebody to
/// answer, requests get 503 with <c>Retry-After</c> (CAP5310).
/// </summary>
public sealed class PublicListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<IDisposable> _held = [];
    private volatile Answers? _answers;
    private int _disposed;

    private PublicListener(WebApplication app) => _app = app;

    /// <summary>For example <c>http://127.0.0.1:40123/</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Takes the port and serves at once.</summary>
    public static async Task<Result<PublicListener>> StartAsync(PublicListenerRequest request, CancellationToken cancel)
    {
        var held = await HoldAsync("", request.Port, cancel);
        if (held.Succeeded && held.Value.Serve(request) is { } problem)
        {
            await held.Value.DisposeAsync();
            return problem;
        }

        return held;
    }

    /// <summary>Takes the port, or says that another has it. Every request is told to come again until <see cref="Serve"/>.</summary>
    /// <param name="package">What is starting, for these answers.</param>
    /// <param name="port">On 127.0.0.1; 0 lets the kernel choose.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<Result<PublicListener>> HoldAsync(string package, int port, CancellationToken cancel)
    {
        var builder = LocalServer.CreateForwarding(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        var listener = new PublicListener(app);
        try
        {
            app.Run(context => listener.DispatchAsync(context, package));
            await app.StartAsync(cancel);
        }
        catch (IOException problem) when (problem.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await listener.DisposeAsync();
            return NetworkDiagnostics.PortTaken.Now(port, "another program");
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AccessDenied)
        {
            await listener.DisposeAsync();
            return NetworkDiagnostics.PortForbidden.Now(port);
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }

        listener.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        return listener;
    }

    /// <summary>From now on requests reach the package; null, or what keeps them from it.</summary>
    public Diagnostic? Serve(PublicListenerRequest request)
    {
        try
        {
            _answers = new Answers(new RouteTable(request.Routes), request.Routes.Distinct().ToDictionary(r => r, r => Answer(r, request)));
            return null;
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await LocalServer.EndAsync(_app, TimeSpan.FromSeconds(1));
        _held.ForEach(h => h.Dispose());
    }

    private async Task DispatchAsync(HttpContext context, string package)
    {
        if (LoopbackOnly.Check(context.Request) is { } foreign)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, foreign);
        }
        else if (_answers is not { } answers)
        {
            await JsonAnswer.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, NetworkDiagnostics.Starting.Now(package), retryAfter: 1);
        }
        else if (answers.Table.Find(context.Request.Path.Value ?? "/") is { } route)
        {
            await answers.Of[route](context);
        }
        else
        {
            var known = string.Join(", ", answers.Of.Keys.Select(r => r.Prefix).Order(StringComparer.Ordinal));
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

        var forwarder = new WorkloadForwarder(_app.Services.GetRequiredService<IHttpForwarder>(), route, request.Dial(route.Process!, route.Listener!), request.Ready);
        return Held(forwarder).ForwardAsync;
    }

    private T Held<T>(T resource)
        where T : IDisposable
    {
        _held.Add(resource);
        return resource;
    }

    private sealed record Answers(RouteTable Table, Dictionary<PublicRoute, RequestDelegate> Of);
}
