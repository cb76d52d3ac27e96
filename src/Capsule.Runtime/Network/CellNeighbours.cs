using System.Collections.Concurrent;
using System.Net;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>
/// The processes that share a cell's loopback, each with the session it leads. Where their networks differ, a way out serves only
/// those it was opened for (specs: sandbox 3, network per process).
/// </summary>
internal sealed class CellNeighbours
{
    private readonly ConcurrentDictionary<Neighbour, byte> _all = new();
    private readonly ConcurrentDictionary<IPEndPoint, byte> _served = new();

    /// <summary>Enters a process that is about to start; disposing the entry removes it.</summary>
    /// <param name="process">Who.</param>
    /// <param name="policy">What it may reach.</param>
    /// <param name="log">Receives every decision about it.</param>
    public Neighbour Enter(ProcessPlan process, EgressPolicy policy, Action<EgressDecision> log) => new(this, process, policy, log);

    /// <summary>True for the first who wants to serve an address of the cell; the others share it until that one leaves.</summary>
    public bool Takes(IPEndPoint address) => _served.TryAdd(address, 0);

    public void Leaves(IPEndPoint address) => _served.TryRemove(address, out _);

    /// <summary>True when a connection from inside the cell comes from a process that has the grant.</summary>
    /// <param name="granted">Which processes have it.</param>
    /// <param name="protocol"><c>tcp</c> or <c>udp</c>.</param>
    /// <param name="client">The client's port.</param>
    /// <param name="server">The port it speaks to.</param>
    /// <param name="cancel">Ends the wait for a process that is just being started.</param>
    public async Task<bool> AdmitsAsync(Func<Neighbour, bool> granted, string protocol, int client, int? server, CancellationToken cancel)
    {
        var all = _all.Keys.ToArray();
        if (all.All(n => granted(n)))
        {
            return true;
        }

        var admitted = await Task.WhenAll(all.Where(n => granted(n)).Select(n => n.Session)).WaitAsync(cancel);
        var holders = Holders(protocol, client, server);
        return holders.Count > 0 && holders.All(admitted.Contains);
    }

    /// <summary>The process that a connection comes from, where it can be told.</summary>
    public Neighbour? From(string protocol, int client, int? server)
    {
        var all = _all.Keys.ToArray();
        if (all.Length == 1)
        {
            return all[0];
        }

        var holders = Holders(protocol, client, server);
        return holders.Count == 1 ? all.FirstOrDefault(n => n.Session.IsCompletedSuccessfully && holders.Contains(n.Session.Result)) : null;
    }

    private IReadOnlySet<int> Holders(string protocol, int client, int? server) => _all.Keys
        .Where(n => n.Session.IsCompletedSuccessfully)
        .Select(n => SocketHolders.Sessions(n.Session.Result, protocol, client, server))
        .FirstOrDefault(found => found.Count > 0) ?? new HashSet<int>();

    /// <summary>One process in the cell.</summary>
    internal sealed class Neighbour : IDisposable
    {
        private readonly TaskCompletionSource<int> _session = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Neighbour(CellNeighbours cell, ProcessPlan process, EgressPolicy policy, Action<EgressDecision> log)
        {
            (Cell, Process, Policy, Log) = (cell, process, policy, log);
            cell._all[this] = 0;
        }

        public CellNeighbours Cell { get; }

        public ProcessPlan Process { get; }

        public EgressPolicy Policy { get; }

        public Action<EgressDecision> Log { get; }

        /// <summary>The id of its session, which is that of its first process as the host sees it.</summary>
        public Task<int> Session => _session.Task;

        public void Started(int session) => _session.TrySetResult(session);

        public void Dispose()
        {
            Cell._all.TryRemove(this, out _);
            _session.TrySetCanceled();
        }
    }
}
