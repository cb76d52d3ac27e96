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
    public async Task HostIsRefused()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var started = await cell.StartAsync(CellProcesses.Shell("true", NetworkMode.Host), CancellationToken.None);
        Assert.AreEqual("CAP5128", started.Diagnostics.Single().Code);
    }
}
