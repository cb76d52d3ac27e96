using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.StandIns;

namespace Capsule.Runtime.Supervision;

/// <summary>What a process's way out is made of: the same for every process of a cell.</summary>
/// <param name="Neighbours">The processes that share the cell.</param>
/// <param name="Hosts">The addresses that granted hosts have inside the cell.</param>
/// <param name="Policy">Makes the rules of a process.</param>
/// <param name="Registry">npm's registry setting; asked only for a process that may use it.</param>
/// <param name="StandIns">Packages that the process is offered.</param>
internal sealed record WayOutRequest(
    CellNeighbours Neighbours, IReadOnlyDictionary<string, IPAddress> Hosts, Func<NetworkPlan, Uri?, EgressPolicy> Policy, Func<Task<Uri?>> Registry, IReadOnlyList<StandInDocuments> StandIns)
{
    /// <summary>Opens the way and adds the variables by which programs find it.</summary>
    public async Task<WayOut> OpenAsync(ICell cell, ProcessPlan process, IDictionary<string, string> env, DenialReport report, CancellationToken cancel)
    {
        var registry = process.Network.ReachesRegistry ? await Registry() : null;
        var way = await WayOut.OpenAsync(cell, Neighbours.Enter(process, Policy(process.Network, registry), report.Add), Hosts, report.Say, Servers(registry, report), cancel);
        if (way.ProxyPort is { } port)
        {
            foreach (var (name, value) in EgressEnvironment.For(port, registry, EgressEnvironment.FindBundle() is not null, StandIns.Count > 0 ? StandInRegistry.Address.Address : null))
            {
                env.TryAdd(name, value);
            }
        }

        return way;
    }

    private IReadOnlyList<(IPEndPoint At, Func<Socket, IAsyncDisposable> Serve)> Servers(Uri? registry, DenialReport report) =>
        StandIns.Count == 0 ? [] : [(StandInRegistry.Address, socket => new StandInRegistry(socket, StandIns, registry, report.Say))];
}
