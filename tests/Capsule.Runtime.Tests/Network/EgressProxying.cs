using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Tests.Network;

/// <summary>The proxy against real sockets. The registry exception stands for "an allowed host", since a test has only loopback.</summary>
[TestClass]
public class EgressProxying
{
    private readonly Socket _inside = Listener();
    private readonly Socket _server = Listener();
    private readonly ConcurrentQueue<EgressDecision> _log = [];
    private EgressProxy _proxy = null!;

    private int ServerPort => ((IPEndPoint)_server.LocalEndPoint!).Port;

    [TestInitialize]
    public void Start() => _proxy = new EgressProxy(
        _inside,
        "hello/prepare",
        new EgressPolicy(new NetworkPlan { Mode = NetworkMode.Full }, new Uri($"http://allowed.test:{ServerPort}/")) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }) },
        _log.Enqueue,
        trouble => Assert.Fail(trouble.Text));

    [TestCleanup]
    public async Task Stop()
    {
        await _proxy.DisposeAsync();
        _server.Dispose();
    }

    [TestMethod]
    public async Task CarriesOnePlainRequest()
    {
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nhi");
        var answer = await Ask($"POST http://allowed.test:{ServerPort}/a/b?c=1 HTTP/1.1\r\nHost: evil.test\r\nProxy-Authorization: x\r\nX-Keep: 1\r\nContent-Length: 4\r\n\r\nbodyGET http://evil.test/ HTTP/1.1\r\n\r\n");
        var seen = await serving;
        StringAssert.StartsWith(seen, $"POST /a/b?c=1 HTTP/1.1\r\nHost: allowed.test:{ServerPort}\r\nConnection: close\r\n");
        StringAssert.Contains(seen, "X-Keep: 1");
        StringAssert.EndsWith(seen, "\r\n\r\nbody");
        Assert.IsFalse(seen.Contains("evil", StringComparison.Ordinal), seen);
        Assert.IsFalse(seen.Contains("Proxy-", StringComparison.Ordinal), seen);
        StringAssert.Contains(answer, "Connection: close\r\n\r\nhi");
        Assert.IsFalse(answer.Contains("keep-alive", StringComparison.Ordinal), answer);
        Assert.AreEqual($"allowed allowed.test:{ServerPort}", _log.Single().ToString());
    }

    [TestMethod]
    public async Task KnowsWhereAChunkedBodyEnds()
    {
        var serving = ServeAsync("HTTP/1.1 204 No Content\r\n\r\n");
        await Ask($"POST http://allowed.test:{ServerPort}/ HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\nbody\r\n0\r\nTrailer: 1\r\n\r\nGET http://evil.test/ HTTP/1.1\r\n\r\n");
        var seen = await serving;
        StringAssert.EndsWith(seen, "\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
    }

    [TestMethod]
    [DataRow("GET http://other.test/ HTTP/1.1\r\n\r\n", "403")]
    [DataRow("GET http://127.0.0.1:1/ HTTP/1.1\r\n\r\n", "403")]
    [DataRow("CONNECT 169.254.169.254:80 HTTP/1.1\r\n\r\n", "403")]
    [DataRow("CONNECT [::1]:443 HTTP/1.1\r\n\r\n", "403")]
    [DataRow("GET / HTTP/1.1\r\nHost: allowed.test\r\n\r\n", "400")]
    [DataRow("GET https://allowed.test/ HTTP/1.1\r\n\r\n", "400")]
    [DataRow("GET http://u:p@allowed.test/ HTTP/1.1\r\n\r\n", "400")]
    [DataRow("GET ftp://allowed.test/ HTTP/1.1\r\n\r\n", "400")]
    [DataRow("get http://allowed.test/ HTTP/1.1\r\n\r\n", "400")]
    [DataRow("POST http://allowed.test/ HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "400")]
    [DataRow("POST http://allowed.test/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "400")]
    [DataRow("POST http://allowed.test/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "400")]
    [DataRow("POST http://allowed.test/ HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "400")]
    [DataRow("GET http://allowed.test/ HTTP/1.1\r\nBad Header: x\r\n\r\n", "400")]
    [DataRow("GET http://allowed.test/ HTTP/1.1\r\n folded: x\r\n\r\n", "400")]
    public async Task RefusesWhatIsForbiddenOrAmbiguous(string request, string status) =>
        StringAssert.StartsWith(await Ask(request), $"HTTP/1.1 {status} ");

    [TestMethod]
    public async Task RefusesAFloodOfHeaders() =>
        StringAssert.StartsWith(await Ask("GET http://allowed.test/ HTTP/1.1\r\nX: " + new string('a', 100_000)), "HTTP/1.1 400 ");

    [TestMethod]
    public async Task SaysWhyInTheLogAndInTheAnswer()
    {
        StringAssert.Contains(await Ask("CONNECT other.test:443 HTTP/1.1\r\n\r\n"), "its address is loopback");
        Assert.AreEqual("denied other.test:443: its address is loopback", _log.Single().ToString());
    }

    [TestMethod]
    public async Task TunnelsTlsForTheNameThatWasAskedFor()
    {
        var serving = ServeTlsAsync();
        using var client = await TunnelAsync();
        await using var tls = new SslStream(new NetworkStream(client), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("allowed.test").WaitAsync(TimeSpan.FromSeconds(20));
        await tls.WriteAsync("ping"u8.ToArray());
        var answer = new byte[4];
        await tls.ReadExactlyAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.AreEqual("ping", Encoding.ASCII.GetString(answer));
        Assert.IsNull(_log.Single().Refusal);
        await serving;
    }

    [TestMethod]
    [DataRow("evil.test", "its TLS is for 'evil.test'")]
    [DataRow("", "its TLS names no server")]
    public async Task ClosesATunnelWhoseTlsIsForAnother(string name, string reason)
    {
        using var client = await TunnelAsync();
        await using var tls = new SslStream(new NetworkStream(client), false, (_, _, _, _) => true);
        await Assert.ThrowsAsync<IOException>(() => tls.AuthenticateAsClientAsync(name).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.AreEqual(reason, _log.Single().Refusal);
    }

    [TestMethod]
    public async Task ClosesATunnelThatIsNotTls()
    {
        using var client = await TunnelAsync();
        await client.SendAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        Assert.AreEqual(0, await client.ReceiveAsync(new byte[10]).WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.AreEqual("the tunnel does not carry TLS", _log.Single().Refusal);
    }

    [TestMethod]
    public void AHelloInPiecesIsReadWhenItIsComplete()
    {
        var body = new List<byte> { 3, 3 };
        body.AddRange(new byte[32]);
        body.AddRange([0, 0, 2, 0x13, 1, 1, 0]);
        byte[] name = [.. "a.test"u8];
        byte[] extension = [0, 0, 0, (byte)(name.Length + 5), 0, (byte)(name.Length + 3), 0, 0, (byte)name.Length, .. name];
        body.AddRange([0, (byte)extension.Length, .. extension]);
        byte[] hello = [1, 0, 0, (byte)body.Count, .. body];
        byte[] records = [22, 3, 1, 0, 10, .. hello[..10], 22, 3, 1, 0, (byte)(hello.Length - 10), .. hello[10..]];
        for (var length = 0; length < records.Length; length++)
        {
            Assert.IsFalse(ClientHello.TryRead(records.AsSpan(0, length), out _), $"{length} bytes");
        }

        Assert.IsTrue(ClientHello.TryRead(records, out var read));
        Assert.AreEqual("a.test", read);
        for (var at = 5; at < records.Length; at++)
        {
            var broken = records.ToArray();
            broken[at] ^= 0xFF;
            ClientHello.TryRead(broken, out _);
        }
    }

    private static Socket Listener()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    private async Task<Socket> ConnectAsync()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_inside.LocalEndPoint!);
        return client;
    }

    private async Task<Socket> TunnelAsync()
    {
        var client = await ConnectAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes($"CONNECT allowed.test:{ServerPort} HTTP/1.1\r\nHost: allowed.test:{ServerPort}\r\n\r\n"));
        var buffer = new byte[200];
        var read = await client.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(20));
        StringAssert.StartsWith(Encoding.ASCII.GetString(buffer, 0, read), "HTTP/1.1 200 ");
        return client;
    }

    private async Task<string> Ask(string request)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(new NetworkStream(client));
        var answer = new StringBuilder();
        var buffer = new char[4096];
        int read;
        try
        {
            while ((read = await reader.ReadAsync(buffer.AsMemory()).AsTask().WaitAsync(TimeSpan.FromSeconds(20))) > 0)
            {
                answer.Append(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // A refusal may be followed by a reset, since not all of the request was read.
        }

        return answer.ToString();
    }

    private async Task<string> ServeAsync(string answer)
    {
        using var socket = await _server.AcceptAsync();
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        do
        {
            using var pause = new CancellationTokenSource(TimeSpan.FromMilliseconds(seen.Length == 0 ? 20_000 : 300));
            try
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(), pause.Token);
                seen.Append(Encoding.ASCII.GetString(buffer, 0, read));
                if (read == 0)
                {
                    break;
                }
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        while (true);
        await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
        socket.Shutdown(SocketShutdown.Both);
        return seen.ToString();
    }

    private async Task ServeTlsAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=allowed.test", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var socket = await _server.AcceptAsync();
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[4];
        await tls.ReadExactlyAsync(buffer);
        await tls.WriteAsync(buffer);
    }
}
