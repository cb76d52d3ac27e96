using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>What the ways out of a cell have in common: dialling, the look at TLS's first message, and passing bytes.</summary>
internal static class EgressTunnel
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(2);

    /// <summary>Connections to databases and streams of events may be silent for long.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(2);

    /// <summary>How long a client may take to say what it wants.</summary>
    public static readonly TimeSpan HeadTime = TimeSpan.FromSeconds(20);

    /// <summary>The first of the addresses that answers; null when none does.</summary>
    public static async Task<BufferedSocket?> DialAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancel)
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

    /// <summary>Waits for the client's TLS hello; null when it names the host, else why it may not pass.</summary>
    /// <param name="client">What it has sent stays buffered.</param>
    /// <param name="host">The host that the connection is for.</param>
    /// <param name="nameless">Whether a hello without a name is good.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<string?> CheckHelloAsync(BufferedSocket client, string host, bool nameless, CancellationToken cancel)
    {
        bool? complete;
        string? name;
        while ((complete = ClientHello.TryRead(client.Buffered, out name)) is false)
        {
            if (!await client.FillAsync(ClientHello.Largest + 1024, cancel))
            {
                throw new IOException("The client closed the connection.");
            }
        }

        return complete is null ? "the tunnel does not carry TLS"
            : name is null ? nameless ? null : "its TLS names no server"
            : host.Equals(name, StringComparison.OrdinalIgnoreCase) ? null
            : $"its TLS is for '{EgressDecision.Printable(name)}'";
    }

    /// <summary>Passes one request and its answer on. Whatever the client sends behind it is not read.</summary>
    public static async Task OneRequestAsync(BufferedSocket client, BufferedSocket server, ProxyRequest request, CancellationToken cancel)
    {
        await server.SendAsync(request.Head(), cancel);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var body = request.IsChunked ? ChunkedBody.CopyAsync(client, server, done.Token) : client.CopyAsync(server, request.Length, done.Token);
        try
        {
            await ProxyResponse.CopyAsync(server, client, cancel);
        }
        finally
        {
            await done.CancelAsync();
            await body.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    public static Task BothWaysAsync(BufferedSocket client, BufferedSocket server, CancellationToken cancel) => BothWaysAsync(client, server, client.CopyAllAsync, cancel);

    /// <summary>Passes bytes until the server is done, or either side is gone.</summary>
    /// <param name="client">Inside the cell.</param>
    /// <param name="server">Outside of it.</param>
    /// <param name="upwards">Passes what the client sends.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task BothWaysAsync(BufferedSocket client, BufferedSocket server, Func<BufferedSocket, CancellationToken, Task> upwards, CancellationToken cancel)
    {
        (client.Idle, server.Idle) = (Silence, Silence);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var up = upwards(server, done.Token);
        var down = server.CopyAllAsync(client, done.Token);
        var first = await Task.WhenAny(up, down);
        if (first.IsFaulted || first == down)
        {
            await done.CancelAsync();
        }

        await Task.WhenAll(up, down).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    /// <summary>Answers a request that goes nowhere.</summary>
    public static async Task AnswerAsync(BufferedSocket client, int status, string reason)
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
}
