using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Network;

/// <summary>
/// All that a process can reach from inside its cell: the proxy, a listener for each granted host and port, and the name server
/// that knows those hosts (specs: sandbox 2, platform 4). The sockets are made inside the cell and served out here.
/// </summary>
internal sealed class WayOut : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _parts = [];

    private WayOut()
    {
    }

    /// <summary>The proxy's port inside the cell; null where nothing outside is granted.</summary>
    public int? ProxyPort { get; private set; }

    /// <summary>Opens what the process's network mode has; nothing for <see cref="NetworkMode.None"/>, which has no such sockets.</summary>
    /// <param name="cell">Where.</param>
    /// <param name="process">For whom.</param>
    /// <param name="hosts">The addresses that granted hosts have in this cell.</param>
    /// <param name="policy">Decides about every connection.</param>
    /// <param name="log">Receives every decision.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<WayOut> OpenAsync(
        ICell cell, ProcessPlan process, IReadOnlyDictionary<string, IPAddress> hosts, EgressPolicy policy, Action<EgressDecision> log, CancellationToken cancel)
    {
        var way = new WayOut();
        try
        {
            if (process.Network.Mode is NetworkMode.Egress or NetworkMode.Full)
            {
                var listener = await cell.ListenAsync(0, cancel);
                way.ProxyPort = ((IPEndPoint)listener.LocalEndPoint!).Port;
                way._parts.Add(new EgressProxy(listener, process.Id, policy, log));
                foreach (var destination in policy.Exact().Where(d => hosts.ContainsKey(d.Host)))
                {
                    await way.AddAsync(
                        () => cell.ListenAsync(new IPEndPoint(hosts[destination.Host], destination.Port), cancel),
                        socket => new EgressRelay(socket, process.Id, destination, policy, log));
                }
            }

            if (process.Network.Mode is not (NetworkMode.None or NetworkMode.Host))
            {
                await way.AddAsync(() => cell.BindAsync(NameServer.Address, cancel), socket => new NameServer(socket, hosts, name =>
                {
                    if (policy.DecideLookup(name) is { Refusal: { } refusal } verdict)
                    {
                        log(new EgressDecision(process.Id, EgressDecision.Printable(name), 0, refusal, verdict.Grantable));
                    }
                }));
            }

            return way;
        }
        catch
        {
            await way.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }
    }

    private async Task AddAsync(Func<Task<Socket>> bind, Func<Socket, IAsyncDisposable> serve)
    {
        try
        {
            _parts.Add(serve(await bind()));
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            // Another process of the cell has it and serves it, or a runner without its full rights may not take a low port: the proxy remains.
        }
    }
}
