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

/// <summary>A granted host's own listener, for programs that ignore proxies, against real sockets.</summary>
[TestClass]
public class EgressRelaying
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Socket _inside = Listener();
    private readonly Socket _server = Listener();
    private readonly ConcurrentQueue<EgressDecision> _log = [];
    private EgressRelay? _relay;
    private Func<IPAddress, string?> _rule = _ => null;

    private int Port => ((IPEndPoint)_server.LocalEndPoint!).Port;

    [TestCleanup]
    public async Task Stop()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
        }

        _server.Dispose();
    }

    [TestMethod]
    public async Task TlsForTheHostPassesUntouched()
    {
        Start(EgressProtocol.Https);
        var serving = ServeTlsAsync();
        await using var tls = await TlsAsync("api.test");
        await tls.WriteAsync("ping"u8.ToArray());
        var answer = new byte[4];
        await tls.ReadExactlyAsync(answer).AsTask().WaitAsync(Patience);
        Assert.AreEqual("ping", Encoding.ASCII.GetString(answer));
        Assert.AreEqual($"allowed api.test:{Port}", _log.Single().ToString());
        await serving;
    }

    [TestMethod]
    [DataRow("Https", "evil.test", "its TLS is for 'evil.test'")]
    [DataRow("Https", "", "its TLS names no server")]
    [DataRow("Any", "evil.test", "its TLS is for 'evil.test'")]
    [DataRow("Any", "", "its TLS names no server")]
    public async Task TlsForAnotherIsClosed(string protocol, string name, string reason)
    {
        Start(Enum.Parse<EgressProtocol>(protocol));
        await Assert.ThrowsAsync<IOException>(() => TlsAsync(name));
        Assert.AreEqual(reason, _log.Single(d => d.Refusal is not null).Refusal);
    }

    [TestMethod]
    public async Task WhereTlsIsDueNothingElsePasses()
    {
        Start(EgressProtocol.Https);
        Assert.AreEqual("", await AskAsync("GET / HTTP/1.1\r\nHost: api.test\r\n\r\n"));
        Assert.AreEqual("the tunnel does not carry TLS", _log.Single().Refusal);
        Assert.IsFalse(_server.Poll(0, SelectMode.SelectRead), "nothing was dialled");
    }

    [TestMethod]
    public async Task OnePlainRequestPassesAndTheNextOnTheSameConnectionDoesNot()
    {
        Start(EgressProtocol.Http);
        var serving = ServeAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nhi");
        var answer = await AskAsync($"GET /a?b HTTP/1.1\r\nHost: api.test:{Port}\r\nX-Keep: 1\r\n\r\nGET / HTTP/1.1\r\nHost: evil.test\r\n\r\n");
        StringAssert.Contains(answer, "Connection: close\r\n\r\nhi");
        Assert.AreEqual($"GET /a?b HTTP/1.1\r\nHost: api.test:{Port}\r\nConnection: close\r\nX-Keep: 1\r\n\r\n", await serving);
    }

    [TestMethod]
    [DataRow("GET / HTTP/1.1\r\nHost: evil.test\r\n\r\n", "403", "its request is for 'evil.test'")]
    [DataRow("GET / HTTP/1.1\r\nHost: api.test.evil.test\r\n\r\n", "403", "its request is for 'api.test.evil.test'")]
    [DataRow("GET / HTTP/1.1\r\n\r\n", "403", "its request is for ''")]
    [DataRow("GET / HTTP/1.1\r\nHost: api.test\r\nHost: evil.test\r\n\r\n", "403", "its request is for 'evil.test'")]
    [DataRow("GET http://evil.test/ HTTP/1.1\r\nHost: api.test\r\n\r\n", "400", null)]
    [DataRow("CONNECT evil.test:443 HTTP/1.1\r\nHost: api.test\r\n\r\n", "400", null)]
    [DataRow("\u0016\u0003\u0001\r\n\r\n", "400", null)]
    public async Task APlainRequestForAnotherIsRefused(string request, string status, string? reason)
    {
        Start(EgressProtocol.Http);
        StringAssert.StartsWith(await AskAsync(request), $"HTTP/1.1 {status} ");
        Assert.AreEqual(reason, _log.SingleOrDefault()?.Refusal);
        Assert.IsFalse(_server.Poll(0, SelectMode.SelectRead), "nothing was dialled");
    }

    [TestMethod]
    public async Task OtherProtocolsPassWhoeverSpeaksFirst()
    {
        Start(EgressProtocol.Any);
        using var client = await ConnectAsync();
        using var server = await _server.AcceptAsync().WaitAsync(Patience);
        await server.SendAsync("220 hello\r\n"u8.ToArray());
        var buffer = new byte[100];
        Assert.AreEqual("220 hello\r\n", Encoding.ASCII.GetString(buffer, 0, await client.ReceiveAsync(buffer).WaitAsync(Patience)));
        await client.SendAsync("EHLO me\r\n"u8.ToArray());
        Assert.AreEqual("EHLO me\r\n", Encoding.ASCII.GetString(buffer, 0, await server.ReceiveAsync(buffer).WaitAsync(Patience)));
    }

    [TestMethod]
    [DataRow("Any")]
    [DataRow("Http")]
    public async Task AHostThatBecomesPrivateIsNotDialled(string protocol)
    {
        _rule = AddressPolicy.Refusal;
        Start(Enum.Parse<EgressProtocol>(protocol));
        await AskAsync($"GET / HTTP/1.1\r\nHost: api.test:{Port}\r\n\r\n");
        Assert.AreEqual("its address is loopback", _log.First().Refusal);
        Assert.IsFalse(_server.Poll(0, SelectMode.SelectRead), "nothing was dialled");
    }

    private void Start(EgressProtocol protocol)
    {
        var plan = new NetworkPlan { Mode = NetworkMode.Egress, Egress = [new("api.test", [Port])] };
        var policy = new EgressPolicy(plan, null) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }), Refusal = _rule };
        _relay = new EgressRelay(_inside, "job/task", ("api.test", Port, protocol), policy, _log.Enqueue, trouble => Assert.Fail(trouble.Text));
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

    private async Task<SslStream> TlsAsync(string name)
    {
        var tls = new SslStream(new NetworkStream(await ConnectAsync(), ownsSocket: true), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync(name).WaitAsync(Patience);
        return tls;
    }

    private async Task<string> AskAsync(string request)
    {
        using var client = await ConnectAsync();
        await client.SendAsync(Encoding.Latin1.GetBytes(request));
        var seen = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = await client.ReceiveAsync(buffer).WaitAsync(Patience)) > 0;)
            {
                seen.Append(Encoding.ASCII.GetString(buffer, 0, read));
            }
        }
        catch (SocketException)
        {
            // A refusal may be followed by a reset, since not all of the request was read.
        }

        return seen.ToString();
    }

    private async Task<string> ServeAsync(string answer)
    {
        using var socket = await _server.AcceptAsync().WaitAsync(Patience);
        var buffer = new byte[4096];
        var seen = new StringBuilder();
        while (!seen.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            seen.Append(Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer).WaitAsync(Patience)));
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(answer));
        await Task.Delay(200);
        if (socket.Available > 0)
        {
            seen.Append(Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
        }

        return seen.ToString();
    }

    private async Task ServeTlsAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=api.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var socket = await _server.AcceptAsync().WaitAsync(Patience);
        await using var tls = new SslStream(new NetworkStream(socket));
        await tls.AuthenticateAsServerAsync(certificate);
        var buffer = new byte[4];
        await tls.ReadExactlyAsync(buffer);
        await tls.WriteAsync(buffer);
    }
}
