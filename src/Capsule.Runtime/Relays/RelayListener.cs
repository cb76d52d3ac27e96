using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Secrets;
using Capsule.Runtime.Supervision;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Relays;

/// <summary>The exits of a run (specs: kits 1.9), a socket for each name; a process without an edge has nothing it could connect to.</summary>
internal sealed class RelayListener : IAsyncDisposable
{
    private readonly NamedSockets _sockets;
    private readonly List<RelayExit> _exits;

    private RelayListener(NamedSockets sockets, List<RelayExit> exits) => (_sockets, _exits) = (sockets, exits);

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

        var exits = new List<RelayExit>();
        var sockets = await NamedSockets.ServeAsync(folder, relays.Select(r => r.Id).Distinct(), LocalServer.CreateForwarding, Exits, AnswerAsync, cancel);
        return new RelayListener(sockets, exits);

        RelayExit[] Exits(string id, IServiceProvider services)
        {
            var forwarder = services.GetRequiredService<IHttpForwarder>();
            RelayExit[] own = [.. relays.Where(r => r.Id == id).Select(r => new RelayExit(forwarder, r, address(r), () => secrets.Find(r.Secret)!, log))];
            exits.AddRange(own);
            return own;
        }
    }

    /// <summary>The way to the exits of a name; null when there are none.</summary>
    public Dial? Dial(string id) => _sockets.Dial(id);

    public async ValueTask DisposeAsync()
    {
        await _sockets.DisposeAsync();
        _exits.ForEach(e => e.Dispose());
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
