using System.Net.Sockets;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Network;

/// <summary>
/// The way to one granted host for programs that ignore proxies (specs: platform 4): inside the cell its name has an address of
/// 127.77.0.0/16, and what connects there is carried to the host's real address under the same rules as through the proxy.
/// </summary>
internal sealed class EgressRelay : IAsyncDisposable
{
    private const byte TlsHandshake = 22;

    private readonly string _process;
    private readonly string _host;
    private readonly int _port;
    private readonly EgressPolicy _policy;
    private readonly Action<EgressDecision> _log;
    private readonly ConnectionLoop _loop;

    /// <summary>Starts serving at once.</summary>
    /// <param name="listener">A listening socket of the cell; the relay closes it.</param>
    /// <param name="process">The process's name, for the log.</param>
    /// <param name="destination">Where to, and what must be spoken.</param>
    /// <param name="policy">Decides about the host's addresses.</param>
    /// <param name="log">Receives every decision.</param>
    /// <param name="trouble">Is told of connections that cannot be accepted.</param>
    /// <param name="admits">Whose connections are served; null for everybody's.</param>
    public EgressRelay(
        Socket listener,
        string process,
        (string Host, int Port, EgressProtocol Protocol) destination,
        EgressPolicy policy,
        Action<EgressDecision> log,
        Action<Diagnostic> trouble,
        Admission? admits = null)
    {
        (_process, _host, _port, _policy, _log) = (process, destination.Host, destination.Port, policy, log);
        _loop = new ConnectionLoop(listener, destination.Protocol switch
        {
            EgressProtocol.Https => ServeTlsAsync,
            EgressProtocol.Http => ServeHttpAsync,
            _ => ServeAnyAsync,
        }, trouble, admits);
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeTlsAsync(BufferedSocket client, CancellationToken stop)
    {
        using var head = Limit(stop);
        if (await EgressTunnel.CheckHelloAsync(client, _host, nameless: false, head.Token) is { } refusal)
        {
            Log(refusal);
            return;
        }

        using var server = await OpenAsync(head.Token);
        if (server is not null)
        {
            await EgressTunnel.BothWaysAsync(client, server, stop);
        }
    }

    private async Task ServeHttpAsync(BufferedSocket client, CancellationToken stop)
    {
        using var head = Limit(stop);
        try
        {
            var request = await ProxyRequest.ReadDirectAsync(client, _host, _port, head.Token);
            if (request.OtherHost is { } other)
            {
                var refusal = $"its request is for '{EgressDecision.Printable(other)}'";
                Log(refusal);
                await EgressTunnel.AnswerAsync(client, 403, refusal);
                return;
            }

            using var server = await OpenAsync(head.Token);
            await (server is null ? EgressTunnel.AnswerAsync(client, 502, "it cannot be reached") : EgressTunnel.OneRequestAsync(client, server, request, stop));
        }
        catch (InvalidDataException problem)
        {
            await EgressTunnel.AnswerAsync(client, 400, problem.Message);
        }
    }

    /// <summary>The server may have to speak first, so it is dialled at once; what the client says first is looked at all the same.</summary>
    private async Task ServeAnyAsync(BufferedSocket client, CancellationToken stop)
    {
        using var head = Limit(stop);
        using var server = await OpenAsync(head.Token);
        if (server is null)
        {
            return;
        }

        await EgressTunnel.BothWaysAsync(client, server, (to, cancel) => UpAsync(client, to, cancel), stop);
    }

    private async Task UpAsync(BufferedSocket client, BufferedSocket server, CancellationToken cancel)
    {
        if (await client.FillAsync(ClientHello.Largest + 1024, cancel) && client.Buffered[0] == TlsHandshake
            && await EgressTunnel.CheckHelloAsync(client, _host, nameless: false, cancel) is { } refusal)
        {
            Log(refusal);
            throw new IOException(refusal);
        }

        await client.CopyAllAsync(server, cancel);
    }

    /// <summary>A connection to the host at an address that is allowed; null when there is none, which is logged.</summary>
    private async Task<BufferedSocket?> OpenAsync(CancellationToken cancel)
    {
        var verdict = await _policy.DecideAsync(_host, _port, cancel);
        Log(verdict.Refusal, verdict.Grantable);
        return verdict.Refusal is null ? await EgressTunnel.DialAsync(verdict.Addresses, _port, cancel) : null;
    }

    private static CancellationTokenSource Limit(CancellationToken stop)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(EgressTunnel.HeadTime);
        return limit;
    }

    private void Log(string? refusal, bool grantable = false) => _log(new EgressDecision(_process, _host, _port, refusal, grantable));
}
