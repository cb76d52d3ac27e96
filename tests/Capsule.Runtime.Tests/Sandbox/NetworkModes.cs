using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

[TestClass]
public class NetworkModes
{
    private const string MakeSockets = "for f in 1 2 10 16; do perl -e 'print socket(S,shift,2,0) ? \"made\" : $!+0, \" \"' $f; done";

    [TestMethod]
    public async Task NoneHasNoInternetSocketAtAll()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        Assert.AreEqual("made 97 97 97 ", (await cell.ShellAsync(MakeSockets)).All, "97 is EAFNOSUPPORT");
    }

    [TestMethod]
    [DataRow(NetworkMode.Loopback)]
    [DataRow(NetworkMode.Egress)]
    [DataRow(NetworkMode.Full)]
    public async Task TheOthersHaveTheCellsOwnLoopbackOnly(NetworkMode mode)
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        Assert.AreEqual("made made made made ", (await cell.ShellAsync(MakeSockets, mode)).All);
        var interfaces = await cell.ShellAsync("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '; wc -l < /proc/net/route", mode);
        Assert.AreEqual("lo\n1\n", interfaces.Output);
    }

    [TestMethod]
    public async Task HostIsTheMachinesNetworkAndNothingElseOfIt()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        using var hidden = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var name = $"capsule-test-{Guid.NewGuid():N}";
        hidden.Bind(new UnixDomainSocketEndPoint('\0' + name));
        hidden.Listen();
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(new CellRequest { Name = "test/cell", Mounts = [], HostNetwork = true });
        var port = ((IPEndPoint)server.LocalEndpoint).Port;

        Assert.AreEqual("there\n", (await cell.ShellAsync($"bash -c '(exec 3<>/dev/tcp/127.0.0.1/{port}) && echo there'", NetworkMode.Host)).All);
        var abstracted = await cell.ShellAsync($"perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); print connect(S, pack_sockaddr_un(\"\\0{name}\")) ? \"reached\" : $!+0'", NetworkMode.Host);
        Assert.AreEqual("1", abstracted.All, "1 is EPERM, from the Landlock scope");
        Assert.AreEqual("made 97 97 97 ", (await cell.ShellAsync(MakeSockets)).All, "a process without network beside it still has none");
    }

    [TestMethod]
    [DataRow(true, NetworkMode.Loopback)]
    [DataRow(true, NetworkMode.Egress)]
    [DataRow(true, NetworkMode.Full)]
    [DataRow(false, NetworkMode.Host)]
    public async Task ACellIsInOneNetwork(bool hostNetwork, NetworkMode mode)
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(new CellRequest { Name = "test/cell", Mounts = [], HostNetwork = hostNetwork });
        var started = await cell.StartAsync(CellProcesses.Shell("true", mode), CancellationToken.None);
        Assert.AreEqual("CAP5128", started.Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow(5, false)]
    [DataRow(6, true)]
    public void HostNeedsAKernelThatScopesAbstractSockets(int abi, bool given)
    {
        var problems = MachineRules.Check(new CellRequest { Name = "test/cell", Mounts = [], HostNetwork = true }, abi).ToArray();
        Assert.AreEqual(given, problems.Length == 0);
        Assert.AreEqual(!given, problems.Any(p => p.Code == "CAP5149" && p.IsError));
    }
}
