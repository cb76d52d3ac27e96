using System.Net;
using System.Net.Sockets;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Network;

/// <summary>
/// The way out of a cell for programs that use a proxy (specs: sandbox 2, platform 4). It accepts on a socket that was made
/// inside the cell and dials outside of it: tunnels whose TLS names the host that was asked for, or one plain request per
/// connection. Names are resolved here, once, and every address is checked.
/// </summary>
internal sealed class EgressProxy : IAsyncDisposable
{
    private readonly string _process;
    private readonly EgressPolicy _policy;
    private readonly Action<EgressDecision> _log;
    private readonly ConnectionLoop _loop;

    /// <summary>Starts serving at once.</summary>
    /// <param name="listener">A listening socket of the cell; the proxy closes it.</param>
    /// <param name="process">The process's name, for the log.</param>
    /// <param name="policy">What it may reach.</param>
    /// <param name="log">Receives every decision.</param>
    /// <param name="trouble">Is told of connections that cannot be accepted.</param>
    /// <param name="admits">Whose connections are served; null for everybody's.</param>
    public EgressProxy(Socket listener, string process, EgressPolicy policy, Action<EgressDecision> log, Action<Diagnostic> trouble, Admission? admits = null)
    {
        (_process, _policy, _log) = (process, policy, log);
        _loop = new ConnectionLoop(listener, ServeAsync, trouble, admits);
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    private async Task ServeAsync(BufferedSocket client, CancellationToken stop)
    {
        using var head = CancellationTokenSource.CreateLinkedTokenSource(stop);
        head.CancelAfter(EgressTunnel.HeadTime);
        try
        {
            var request = await ProxyRequest.ReadAsync(client, head.Token);
            var verdict = await _policy.DecideAsync(request.Host, request.Port, head.Token);
            if (verdict.Refusal is { } refusal)
            {
                Log(request, refusal, verdict.Grantable);
                await EgressTunnel.AnswerAsync(client, 403, refusal);
                return;
            }

            using var server = await EgressTunnel.DialAsync(verdict.Addresses, request.Port, head.Token);
            if (server is null)
            {
                await EgressTunnel.AnswerAsync(client, 502, "it does not answer");
            }
            else if (request.IsConnect)
            {
                await TunnelAsync(client, server, request, head.Token, stop);
            }
            else
            {
                Log(request, null);
                await EgressTunnel.OneRequestAsync(client, server, request, stop);
            }
        }
        catch (InvalidDataException problem)
        {
            await EgressTunnel.AnswerAsync(client, 400, problem.Message);
        }
    }

    private async Task TunnelAsync(BufferedSocket client, BufferedSocket server, ProxyRequest request, CancellationToken head, CancellationToken stop)
    {
        await client.SendAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), head);

        // An address has no server name; only the registry of npm's own setting may be named by one.
        var byAddress = IPAddress.TryParse(request.Host, out _) && _policy.IsRegistry(request.Host, request.Port);
        var refusal = await EgressTunnel.CheckHelloAsync(client, request.Host, byAddress, head);
        Log(request, refusal);
        if (refusal is null)
        {
            await EgressTunnel.BothWaysAsync(client, server, stop);
        }
    }

    private void Log(ProxyRequest request, string? refusal, bool grantable = false) =>
        _log(new EgressDecision(_process, EgressDecision.Printable(request.Host), request.Port, refusal, grantable));
}
