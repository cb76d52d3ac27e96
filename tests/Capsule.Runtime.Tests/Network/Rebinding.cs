using System.Net;
using System.Net.Sockets;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Tests.Network;

/// <summary>
/// A name that leads to a public address when it is checked and to a private one when it is asked again: it is asked once for each
/// connection, and what was checked is what is dialled. 127.0.0.1 plays the public address here, 127.0.0.2 the private one.
/// </summary>
[TestClass]
public sealed class Rebinding : IAsyncDisposable
{
    private readonly Socket _inside = Listener(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Socket _public = Listener(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly Socket _private;
    private readonly EgressProxy _proxy;
    private readonly Queue<IPAddress> _answers = [];
    private int _asked;

    public Rebinding()
    {
        _private = Listener(new IPEndPoint(IPAddress.Parse("127.0.0.2"), Port));
        var policy = new EgressPolicy(new NetworkPlan { Mode = NetworkMode.Full }, null)
        {
            Resolve = (_, _) =>
            {
                _asked++;
                return Task.FromResult(new[] { _answers.Dequeue() });
            },
            Refusal = address => address.Equals(IPAddress.Loopback) ? null : "private",
        };
        _proxy = new EgressProxy(_inside, "web/start", policy, _ => { }, trouble => Assert.Fail(trouble.Text));
    }

    private int Port => ((IPEndPoint)_public.LocalEndPoint!).Port;

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        _public.Dispose();
        _private.Dispose();
    }

    [TestMethod]
    [DataRow("GET http://rebound.test:{0}/ HTTP/1.1\r\n\r\n")]
    [DataRow("CONNECT rebound.test:{0} HTTP/1.1\r\n\r\n")]
    public async Task ReachesOnlyWhatWasChecked(string request)
    {
        _answers.Enqueue(IPAddress.Loopback);
        _answers.Enqueue(IPAddress.Parse("127.0.0.2"));

        using var first = await AskAsync(request);
        using (await _public.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(30)))
        {
            Assert.AreEqual(1, _asked, "asked once for the check and the way there");
        }

        using var second = await AskAsync(request);
        StringAssert.StartsWith(await ReadAsync(second), "HTTP/1.1 403 ");
        Assert.AreEqual(2, _asked);
        Assert.IsFalse(_private.Poll(0, SelectMode.SelectRead), "nobody came to the private address");
    }

    private async Task<Socket> AskAsync(string request)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(_inside.LocalEndPoint!);
        await client.SendAsync(Encoding.ASCII.GetBytes(request.Replace("{0}", $"{Port}", StringComparison.Ordinal)));
        return client;
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.ASCII.GetString(buffer, 0, read);
    }

    private static Socket Listener(IPEndPoint at)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(at);
        socket.Listen();
        return socket;
    }
}
