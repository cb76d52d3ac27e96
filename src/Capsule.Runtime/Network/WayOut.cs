using System.Net;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;
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
    private readonly List<IPEndPoint> _served = [];

    private readonly CellNeighbours.Neighbour _owner;

    private WayOut(CellNeighbours.Neighbour owner) => _owner = owner;

    /// <summary>The proxy's port inside the cell; null where nothing outside is granted.</summary>
    public int? ProxyPort { get; private set; }

    /// <summary>Opens what the process's network mode has; nothing for <see cref="NetworkMode.None"/>, which has no such sockets.</summary>
    /// <param name="cell">Where.</param>
    /// <param name="owner">For whom; leaves the cell's neighbours with this way.</param>
    /// <param name="hosts">The addresses that granted hosts have in this cell.</param>
    /// <param name="trouble">Is told of connections that cannot be accepted.</param>
    /// <param name="more">Further servers of ours on the cell's loopback: where, and what serves a socket there.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<WayOut> OpenAsync(
        ICell cell,
        CellNeighbours.Neighbour owner,
        IReadOnlyDictionary<string, IPAddress> hosts,
        Action<Diagnostic> trouble,
        IReadOnlyList<(IPEndPoint At, Func<Socket, IAsyncDisposable> Serve)> more,
        CancellationToken cancel)
    {
        var (process, policy, log) = (owner.Process, owner.Policy, owner.Log);
        var way = new WayOut(owner);
        try
        {
            if (process.Network.Mode is NetworkMode.Egress or NetworkMode.Full)
            {
                var listener = await cell.ListenAsync(0, cancel);
                way.ProxyPort = ((IPEndPoint)listener.LocalEndPoint!).Port;
                way._parts.Add(new EgressProxy(listener, process.Id, policy, log, trouble, way.Admits(other => other.Policy.IsSame(policy))));
                foreach (var destination in policy.Exact().Where(d => hosts.ContainsKey(d.Host)))
                {
                    await way.AddAsync(
                        new IPEndPoint(hosts[destination.Host], destination.Port),
                        at => cell.ListenAsync(at, cancel),
                        socket => new EgressRelay(socket, process.Id, destination, policy, log, trouble, way.Admits(other => other.Policy.Exact().Contains(destination))));
                }
            }

            if (process.Network.Mode is not (NetworkMode.None or NetworkMode.Host))
            {
                await way.AddAsync(NameServer.Address, at => cell.BindAsync(at, cancel), socket => new NameServer(socket, hosts, way.Refused));
            }

            foreach (var (at, serve) in more)
            {
                await way.AddAsync(at, place => cell.ListenAsync(place, cancel), serve);
            }

            return way;
        }
        catch
        {
            await way.DisposeAsync();
            throw;
        }
    }

    /// <summary>The process has started; what comes from its session is its own.</summary>
    public void Belongs(int session) => _owner.Started(session);

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _parts)
        {
            await part.DisposeAsync();
        }

        _served.ForEach(_owner.Cell.Leaves);
        _owner.Dispose();
    }

    private Admission Admits(Func<CellNeighbours.Neighbour, bool> granted) => async (connection, cancel) =>
    {
        var (client, server) = (((IPEndPoint)connection.RemoteEndPoint!).Port, (IPEndPoint)connection.LocalEndPoint!);
        if (await _owner.Cell.AdmitsAsync(granted, "tcp", client, server.Port, cancel))
        {
            return true;
        }

        var from = _owner.Cell.From("tcp", client, server.Port) ?? _owner;
        from.Log(new EgressDecision(from.Process.Id, server.Address.ToString(), server.Port, $"this way out is for {_owner.Process.Id} alone"));
        return false;
    };

    private void Refused(string name, int asker)
    {
        var from = _owner.Cell.From("udp", asker, null) ?? _owner;
        if (from.Policy.DecideLookup(name) is { Refusal: { } refusal } verdict)
        {
            from.Log(new EgressDecision(from.Process.Id, EgressDecision.Printable(name), 0, refusal, verdict.Grantable));
        }
    }

    private async Task AddAsync(IPEndPoint at, Func<IPEndPoint, Task<Socket>> bind, Func<Socket, IAsyncDisposable> serve)
    {
        // Asked first, for an exception for each of hundreds of processes takes its time.
        if (!_owner.Cell.Takes(at))
        {
            return;
        }

        _served.Add(at);
        try
        {
            _parts.Add(serve(await bind(at)));
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            // A process of the cell has it for itself, or a runner without its full rights may not take a low port: the proxy remains.
        }
    }
}
