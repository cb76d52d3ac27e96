using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>What one process may ask of another: one socket in the caller's cell, and the endpoints that it leads to.</summary>
/// <param name="Caller">Process id of the plan.</param>
/// <param name="Target">Process id of the plan.</param>
/// <param name="Via">Path of the socket inside the caller's cell.</param>
/// <param name="Allowed">The endpoints; one at least.</param>
internal sealed record PeerEdge(string Caller, string Target, string Via, IReadOnlyList<PeerPlan> Allowed)
{
    /// <summary>The edges that leave a cell. A socket has one owner and one target: it is the caller's identity.</summary>
    public static IReadOnlyList<PeerEdge> Of(CellPlan cell)
    {
        PeerEdge[] edges =
        [
            .. from process in cell.Processes
               from peers in process.Peers.GroupBy(p => (p.Via, p.Process))
               select new PeerEdge(process.Id, peers.Key.Process, peers.Key.Via, [.. peers]),
        ];
        return edges.GroupBy(e => e.Via, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } shared
            ? throw new ArgumentException($"{string.Join(" and ", shared.Select(e => $"{e.Caller} to {e.Target}"))} share the socket {shared.Key}", nameof(cell))
            : edges;
    }
}
