using Capsule.Core.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>
/// All edges between the processes of a run (specs: kits 3.9): one unix socket each. At which socket a request arrives tells who
/// asks, for each stands in a folder that only its caller's cell has.
/// </summary>
internal sealed class PeerListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly IReadOnlyList<PeerGate> _gates;

    private PeerListener(WebApplication app, IReadOnlyList<PeerGate> gates) => (_app, _gates) = (app, gates);

    /// <summary>Starts listening.</summary>
    /// <param name="edges">Each with the path at which its socket is made, 108 bytes at most.</param>
    /// <param name="dial">The way to a process.</param>
    /// <param name="ready">Waits until a process can be called, or says why not; null where all can.</param>
    /// <param name="refused">Told of a path that an edge does not have.</param>
    /// <param name="around">What a family puts before the answering; null for nothing.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="IOException">A socket cannot be made.</exception>
    public static async Task<PeerListener> StartAsync(
        IReadOnlyList<(PeerEdge Edge, string Socket)> edges, Func<string, Dial> dial, Func<string, CancellationToken, Task<Diagnostic?>>? ready, Action<PeerEdge, string> refused, Func<RequestDelegate, RequestDelegate>? around, CancellationToken cancel)
    {
        var gates = new List<PeerGate>();
        var builder = LocalServer.CreateForwarding(kestrel =>
        {
            var forwarder = kestrel.ApplicationServices.GetRequiredService<IHttpForwarder>();
            foreach (var (edge, socket) in edges)
            {
                var gate = new PeerGate(forwarder, edge, dial(edge.Target), ready is null ? null : cancel => ready(edge.Target, cancel), refused);
                gates.Add(gate);
                kestrel.ListenUnixSocket(socket, options =>
                {
                    options.Protocols = HttpProtocols.Http1;
                    options.Use(next => connection => gate.AcceptAsync(next, connection));
                });
            }
        });
        var app = builder.Build();
        RequestDelegate answer = context => context.Features.GetRequiredFeature<PeerGate>().AnswerAsync(context);
        app.Run(around is null ? answer : around(answer));
        var listener = new PeerListener(app, gates);
        try
        {
            await app.StartAsync(cancel);
            return listener;
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await LocalServer.EndAsync(_app, TimeSpan.FromMilliseconds(200));
        foreach (var gate in _gates)
        {
            gate.Dispose();
        }
    }
}
