using System.Net;
using System.Net.Sockets;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>Sockets that are made inside a cell and served out here, at every address and port that a granted host may have.</summary>
[TestClass]
public class WaysIntoACell
{
    [TestMethod]
    [DataRow("127.77.0.1", 443)]
    [DataRow("127.77.0.2", 80)]
    [DataRow("127.77.3.9", 5432)]
    public async Task AHostsPortIsServedFromOutside(string address, int port)
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        using var listener = await cell.ListenAsync(new IPEndPoint(IPAddress.Parse(address), port), CancellationToken.None);
        var answering = AnswerAsync(listener);
        var seen = await cell.ShellAsync($"exec perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(PeerAddr => \"{address}:{port}\")->getline'", NetworkMode.Egress);
        Assert.AreEqual("from outside", seen.All);
        await answering;
        using var host = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => host.ConnectAsync(IPAddress.Parse(address), port));
    }

    [TestMethod]
    public async Task NamesAreAnsweredByTheRunnerAlone()
    {
        await using var scene = new SandboxScene();
        var hosts = new Dictionary<string, IPAddress> { ["api.test"] = IPAddress.Parse("127.77.0.1") };
        var cell = await scene.OpenAsync(new CellRequest { Name = "test/cell", Mounts = [], Files = CellNames.Files(hosts) });
        var asked = new List<string>();
        await using var server = new NameServer(await cell.BindAsync(NameServer.Address, CancellationToken.None), hosts, (name, _) => asked.Add(name));
        Assert.AreEqual("127.77.0.1      api.test\n", (await cell.ShellAsync("getent hosts api.test", NetworkMode.Egress)).All);
        Assert.IsEmpty(asked, "the file knows it");
        var unknown = await cell.ShellAsync("getent ahosts other.test || echo unknown", NetworkMode.Egress);
        Assert.AreEqual("unknown\n", unknown.All);
        CollectionAssert.Contains(asked, "other.test");
    }

    [TestMethod]
    public async Task WithoutANetworkNoNameIsWaitedFor()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(new CellRequest { Name = "test/cell", Mounts = [], Files = CellNames.Files(new Dictionary<string, IPAddress>()) });
        var started = DateTime.UtcNow;
        foreach (var mode in new[] { NetworkMode.None, NetworkMode.Loopback })
        {
            Assert.AreEqual("unknown\n", (await cell.ShellAsync("getent ahosts other.test || echo unknown", mode)).All);
        }

        Assert.IsLessThan(TimeSpan.FromSeconds(4), DateTime.UtcNow - started, "nobody listens, and that is known at once");
    }

    private static async Task AnswerAsync(Socket listener)
    {
        using var client = await listener.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(20));
        await client.SendAsync(Encoding.ASCII.GetBytes("from outside"));
    }
}
