using System.Net.Sockets;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Relays;

/// <summary>
/// The exits of a run (specs: kits 1.9), each name on a unix socket in the run's private folder, which no cell has. Edges and the public
/// listener lead there as they lead to processes; a process without an edge has nothing it could connect to.
/// </summary>
internal sealed class RelayListener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HeldFolder _folder;
    private readonly Dictionary<string, string> _sockets;
    private readonly List<RelayExit> _exits;

    private RelayListener(WebApplication app, HeldFolder folder, Dictionary<string, string> sockets, List<RelayExit> exits) =>
        (_app, _folder, _sockets, _exits) = (app, folder, sockets, exits);

    /// <summary>Starts serving; null for a plan without exits. Throws <see cref="RefusedException"/>.</summary>
    /// <param name="plan">What is declared.</param>
    /// <param name="folder">The run's private folder for the sockets.</param>
    /// <param name="address">Where the calls of an exit go.</param>
    /// <param name="secrets">All that the exits name are in it.</param>
    /// <param name="log">A line for each call.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<RelayListener?> ServeAsync(LaunchPlan plan, string folder, Func<RelayPlan, RelayAddress> address, RunSecrets secrets, RunLog log, CancellationToken cancel)
    {
        if (plan.Relays is not { Count: > 0 } relays)
        {
            return null;
        }

        var held = HeldFolder.Open(folder);
        var sockets = relays.Select(r => r.Id).Distinct().Select((id, i) => (id, Name: $"{i}.sock")).ToDictionary(s => s.id, s => s.Name, StringComparer.Ordinal);
        var exits = new List<RelayExit>();
        var builder = LocalServer.CreateForwarding(kestrel =>
        {
            var forwarder = kestrel.ApplicationServices.GetRequiredService<IHttpForwarder>();
            foreach (var (id, name) in sockets)
            {
                RelayExit[] own = [.. relays.Where(r => r.Id == id).Select(r => new RelayExit(forwarder, r, address(r), () => secrets.Find(r.Secret)!, log))];
                exits.AddRange(own);
                kestrel.ListenUnixSocket($"{held.StablePath}/{name}", options =>
                {
                    options.Protocols = HttpProtocols.Http1;
                    options.Use(next => connection =>
                    {
                        connection.Features.Set(own);
                        return next(connection);
                    });
                });
            }
        });
        var app = builder.Build();
        app.Run(context => AnswerAsync(context, context.Features.GetRequiredFeature<RelayExit[]>()));
        var listener = new RelayListener(app, held, sockets, exits);
        try
        {
            await app.StartAsync(cancel);
            return listener;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or SocketException)
        {
            await listener.DisposeAsync();
            throw new RefusedException(SupervisionDiagnostics.NotKept.Now(folder, problem.Message));
        }
        catch
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    /// <summary>The way to the exits of a name; null when there are none.</summary>
    public Dial? Dial(string id) => _sockets.TryGetValue(id, out var name) ? Dials.Unix(_folder, name) : null;

    public async ValueTask DisposeAsync()
    {
        await LocalServer.EndAsync(_app, TimeSpan.FromMilliseconds(200));
        _exits.ForEach(e => e.Dispose());
        _folder.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context, RelayExit[] exits)
    {
        var path = context.Request.Path.Value ?? "";
        var exit = exits.Where(e => e.Plan.Endpoint == "/" || path == e.Plan.Endpoint || path.StartsWith(e.Plan.Endpoint + "/", StringComparison.Ordinal)).MaxBy(e => e.Plan.Endpoint.Length);
        await (exit is not null
            ? exit.CarryAsync(context)
            : JsonAnswer.WriteAsync(
                context, StatusCodes.Status404NotFound,
                RelayDiagnostics.NoEndpoint.Now(exits[0].Plan.Id, EgressDecision.Printable(path), string.Join(", ", exits.Select(e => e.Plan.Endpoint)))));
    }
}
