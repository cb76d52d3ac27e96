using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Yarp.ReverseProxy.Forwarder;

namespace Capsule.Runtime.Network;

/// <summary>
/// Serves one edge between two processes (specs: kits 3.9): the endpoints that the edge names, nothing else; paths, query and
/// bodies as the caller wrote them.
/// </summary>
internal sealed class PeerGate : IDisposable
{
    /// <summary>Each connection costs the runner two descriptors; a caller must not use them all up.</summary>
    internal const int MostConnections = 512;

    private readonly PeerEdge _edge;
    private readonly Func<CancellationToken, Task<Diagnostic?>>? _ready;
    private readonly Action<PeerEdge, string> _refused;
    private readonly WorkloadClient _client;
    private readonly RouteTable _table;
    private readonly Dictionary<PublicRoute, PathTransformer> _transformers;
    private int _connections;

    public PeerGate(IHttpForwarder forwarder, PeerEdge edge, Dial dial, Func<CancellationToken, Task<Diagnostic?>>? ready, Action<PeerEdge, string> refused)
    {
        (_edge, _ready, _refused) = (edge, ready, refused);
        _client = new WorkloadClient(forwarder, dial);
        _transformers = edge.Allowed
            .Select(p => new PublicRoute { Prefix = p.Endpoint, Path = p.Path ?? p.Endpoint, Process = p.Process, Protocol = p.Protocol, TimeoutMilliseconds = p.TimeoutMilliseconds })
            .Distinct()
            .ToDictionary(r => r, r => new PathTransformer(r, fromOutside: false));
        _table = new RouteTable(_transformers.Keys);
    }

    /// <summary>A connection at the edge's socket: from now on its requests are the caller's.</summary>
    public async Task AcceptAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        try
        {
            if (Interlocked.Increment(ref _connections) > MostConnections)
            {
                connection.Abort();
                return;
            }

            connection.Features.Set(this);
            await next(connection);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    public async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (LeadsUp(path) || _table.Find(path) is not { } route)
        {
            _refused(_edge, path);
            var known = string.Join(", ", _edge.Allowed.Select(p => p.Endpoint));
            await JsonAnswer.WriteAsync(context, StatusCodes.Status403Forbidden, NetworkDiagnostics.PeerDenied.Now(_edge.Caller, EgressDecision.Printable(path), _edge.Target, known));
            return;
        }

        if (_ready is not null && await _ready(context.RequestAborted) is { } unready)
        {
            await JsonAnswer.WriteAsync(context, WorkloadFailure.StatusOf(unready), unready);
            return;
        }

        if (await _client.SendAsync(context, _transformers[route], route.TimeoutMilliseconds) is { } failure)
        {
            await JsonAnswer.WriteAsync(
                context,
                failure.Kind switch
                {
                    WorkloadFailureKind.NotReached => StatusCodes.Status503ServiceUnavailable,
                    WorkloadFailureKind.TooSlow => StatusCodes.Status504GatewayTimeout,
                    _ => StatusCodes.Status502BadGateway,
                },
                failure.Kind is WorkloadFailureKind.NotReached ? NetworkDiagnostics.PeerNotReady.Now(_edge.Target, failure.Reason) : failure.Of(route));
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// True when a server that decodes separators would step out of the endpoint. Plain dot segments are resolved before a
    /// request is matched; those with an encoded separator are not.
    /// </summary>
    private static bool LeadsUp(string path) => path
        .Replace("%2f", "/", StringComparison.OrdinalIgnoreCase)
        .Replace("%5c", "/", StringComparison.OrdinalIgnoreCase)
        .Replace("%2e", ".", StringComparison.OrdinalIgnoreCase)
        .Replace('\\', '/')
        .Split('/')
        .Contains("..", StringComparer.Ordinal);
}
