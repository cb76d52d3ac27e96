using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>What the proxy decided about one connection; one line of the run's log.</summary>
/// <param name="Process">Who asked.</param>
/// <param name="Destination">Host and port as asked for.</param>
/// <param name="Refusal">Why not; null when it was allowed.</param>
public sealed record EgressDecision(string Process, string Destination, string? Refusal)
{
    public override string ToString() => Refusal is null ? $"allowed {Destination}" : $"denied {Destination}: {Refusal}";
}

/// <summary>
/// The only way out of a cell (specs: sandbox 2, platform 4). It accepts on a socket that was made inside the cell and
/// dials outside of it: tunnels whose TLS names the host that was asked for, or one plain request per connection.
/// Names are resolved here, once, and every address is checked.
/// </summary>
public sealed class EgressProxy : IAsyncDisposable
{
    private const int MostConnections = 256;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(20);

    private readonly Socket _listener;
    private readonly string _process;
    private readonly EgressPolicy _policy;
    private readonly Action<EgressDecision> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _room = new(MostConnections);
    private readonly Task _accepting;

    internal EgressProxy(Socket listener, string process, EgressPolicy policy, Action<EgressDecision> log)
    {
        (_listener, _process, _policy, _log) = (listener, process, policy, log);
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Starts serving at once.</summary>
    /// <param name="listener">A listening socket of the cell; the proxy closes it.</param>
    /// <param name="process">The process's name, for the log.</param>
    /// <param name="plan">What it may reach.</param>
    /// <param name="registry">The package registry of npm's setting, excepted from the address rules.</param>
    /// <param name="log">Receives every decision.</param>
    public static EgressProxy Start(Socket listener, string process, NetworkPlan plan, Uri? registry, Action<EgressDecision> log) =>
        new(listener, process, new EgressPolicy(plan, registry), log);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _room.WaitAsync(_stop.Token);
                var client = await _listener.AcceptAsync(_stop.Token);
                _ = ServeAsync(client);
            }
            catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return;
            }
            catch (SocketException)
            {
                _room.Release();
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var client = new BufferedSocket(socket, Idle);
        try
        {
            using var head = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            head.CancelAfter(HeadTime);
            var request = await ProxyRequest.ReadAsync(client, head.Token);
            var (addresses, refusal) = await _policy.DecideAsync(request.Host, request.Port, head.Token);
            if (refusal is not null)
            {
                await RefuseAsync(client, request, refusal);
                return;
            }

            using var server = await DialAsync(addresses, request.Port, head.Token);
            if (server is null)
            {
                await AnswerAsync(client, 502, "it does not answer");
            }
            else if (request.IsConnect)
            {
                await TunnelAsync(client, server, request, head.Token);
            }
            else
            {
                Log(request, null);
                await OneRequestAsync(client, server, request);
            }
        }
        catch (InvalidDataException problem)
        {
            await AnswerAsync(client, 400, problem.Message);
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // Either side has gone or was too slow; closing both is all there is to do.
        }
        finally
        {
            _room.Release();
        }
    }

    private async Task TunnelAsync(BufferedSocket client, BufferedSocket server, ProxyRequest request, CancellationToken head)
    {
        await client.SendAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
        bool? complete;
        string? name;
        while ((complete = ClientHello.TryRead(client.Buffered, out name)) is false)
        {
            if (!await client.FillAsync(ClientHello.Largest + 1024, head))
            {
                return;
            }
        }

        // An address has no server name; only the registry of npm's own setting may be named by one.
        var byAddress = IPAddress.TryParse(request.Host, out _) && _policy.IsRegistry(request.Host, request.Port) && name is null;
        var refusal = complete is null ? "the tunnel does not carry TLS"
            : byAddress || request.Host.Equals(name, StringComparison.OrdinalIgnoreCase) ? null
            : name is null ? "its TLS names no server" : $"its TLS is for '{Printable(name)}'";
        Log(request, refusal);
        if (refusal is null)
        {
            await BothWaysAsync(client, server);
        }
    }

    private async Task OneRequestAsync(BufferedSocket client, BufferedSocket server, ProxyRequest request)
    {
        await server.SendAsync(request.Head(), _stop.Token);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var body = request.IsChunked ? ChunkedBody.CopyAsync(client, server, done.Token) : client.CopyAsync(server, request.Length, done.Token);
        try
        {
            await ProxyResponse.CopyAsync(server, client, _stop.Token);
        }
        finally
        {
            await done.CancelAsync();
            await body.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private async Task BothWaysAsync(BufferedSocket client, BufferedSocket server)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var up = client.CopyAllAsync(server, done.Token);
        var down = server.CopyAllAsync(client, done.Token);
        var first = await Task.WhenAny(up, down);
        if (first.IsFaulted || first == down)
        {
            await done.CancelAsync();
        }

        await Task.WhenAll(up, down).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    private static async Task<BufferedSocket?> DialAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancel)
    {
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, cancel);
                return new BufferedSocket(socket, Idle);
            }
            catch (SocketException)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        return null;
    }

    private async Task RefuseAsync(BufferedSocket client, ProxyRequest request, string refusal)
    {
        Log(request, refusal);
        await AnswerAsync(client, 403, refusal);
    }

    private static async Task AnswerAsync(BufferedSocket client, int status, string reason)
    {
        var text = $"capsule: {reason}\n";
        var head = $"HTTP/1.1 {status.ToString(CultureInfo.InvariantCulture)} Refused\r\nContent-Type: text/plain\r\nContent-Length: {Encoding.UTF8.GetByteCount(text)}\r\nConnection: close\r\n\r\n{text}";
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(head), soon.Token);
            client.EndOfSending();
        }
        catch (Exception problem) when (problem is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody is left to be told.
        }
    }

    private void Log(ProxyRequest request, string? refusal) =>
        _log(new EgressDecision(_process, string.Create(CultureInfo.InvariantCulture, $"{Printable(request.Host)}:{request.Port}"), refusal));

    private static string Printable(string text) => string.Concat(text.Where(c => c is > ' ' and <= '~').Take(253));
}
