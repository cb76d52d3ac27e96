using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

[TestClass]
public class PortsThatAreHeld
{
    [TestMethod]
    public async Task TheProgramThatHoldsItIsNamed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var holder = PortHolder.Of(port)!;
        Assert.AreEqual(Environment.ProcessId, holder.Pid);

        await using var scene = new Scene();
        var refused = await RefusedAsync(Site(scene, port));
        Assert.AreEqual("CAP5300", refused.Code);
        StringAssert.Contains(refused.Message, string.Create(CultureInfo.InvariantCulture, $"Port {port} on 127.0.0.1 is held by {holder.Program} (process {Environment.ProcessId})."));

        listener.Stop();
        Assert.IsNull(PortHolder.Of(port));
        await using var run = (await RunEngine.StartAsync(Site(scene, port), default)).Value!;
        Assert.AreEqual(port, run.Address!.Port);
    }

    [TestMethod]
    public async Task TheRunThatHoldsItIsNamed()
    {
        await using var scene = new Scene();
        await using var first = (await RunEngine.StartAsync(Site(scene, 0), default)).Value!;
        var refused = await RefusedAsync(Site(scene, first.Address!.Port));
        Assert.AreEqual("CAP5300", refused.Code);
        StringAssert.Contains(refused.Message, string.Create(CultureInfo.InvariantCulture, $"is held by the capsule run '{first.Id}' (process {Environment.ProcessId})."));
    }

    [TestMethod]
    [DataRow("0100007F:1F90", "0A", true)]
    [DataRow("00000000:1F90", "0A", true)]
    [DataRow("00000000000000000000000000000000:1F90", "0A", true)]
    [DataRow("0000000000000000FFFF00000100007F:1F90", "0A", true)]
    [DataRow("0200007F:1F90", "0A", false, DisplayName = "127.0.0.2 stands in nobody's way")]
    [DataRow("0100007F:1F91", "0A", false, DisplayName = "another port")]
    [DataRow("0100007F:1F90", "01", false, DisplayName = "a connection, not a listener")]
    public void OnlyAListenerInTheWayCounts(string local, string state, bool found)
    {
        var line = $"   0: {local} 00000000:0000 {state} 00000000:00000000 00:00000000 00000000  1000        0 4711 1 0000000000000000 100 0 0 10 0";
        Assert.AreEqual(found ? "4711" : null, PortHolder.Inodes(["  sl  local_address rem_address   st", line], 8080).SingleOrDefault());
    }

    private static RunRequest Site(Scene scene, int port)
    {
        scene.Tree.Write("site/index.html", "hello");
        var request = scene.Request();
        return request with { Port = port, Plan = request.Plan with { Public = [new PublicRoute { Prefix = "/", Files = "site" }] } };
    }
}
