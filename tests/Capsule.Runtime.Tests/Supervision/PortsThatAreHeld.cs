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
    public async Task NothingIsFetchedCopiedOrStartedForAPortThatIsHeld()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var scene = new Scene();
        var refused = await RefusedAsync(Service(scene, ((IPEndPoint)listener.LocalEndpoint).Port));
        Assert.AreEqual("CAP5300", refused.Code);
        Assert.IsEmpty(scene.Log);
        Assert.IsEmpty(RunList.All(scene.Home).Single().Record.Enforcement);
        Assert.IsFalse(Directory.Exists(scene.Home.State) && Directory.EnumerateFileSystemEntries(scene.Home.State).Any());
    }

    [TestMethod]
    public async Task WhoCallsWhileItStartsIsToldToComeAgain()
    {
        await using var scene = new Scene();
        using var cancelled = new CancellationTokenSource();
        var starting = RunEngine.StartAsync(Service(scene, 0), cancelled.Token);
        for (var end = DateTime.UtcNow.AddSeconds(60); !scene.Log.Any(l => l.Text == "up"); await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, "it never started");
        }

        var address = RunList.All(scene.Home).Single().Record.Address!;
        using var client = new HttpClient();
        using (var answer = await client.GetAsync(address))
        {
            Assert.AreEqual(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.AreEqual(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta);
            StringAssert.Contains(await answer.Content.ReadAsStringAsync(), "CAP5310");
        }

        // Another one that wants the same port is told who has it, although that one does not run yet.
        var refused = await RefusedAsync(Service(scene, address.Port));
        StringAssert.Contains(refused.Message, "is held by the capsule run '");
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => starting);
        Assert.IsNull(PortHolder.Of(address.Port));
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

    /// <summary>It is never ready.</summary>
    private static RunRequest Service(Scene scene, int port)
    {
        var request = scene.Request(Cell("web", Shell("web/service", "echo up; sleep 1000", ProcessStage.Service) with
        {
            Network = new NetworkPlan { Mode = NetworkMode.Loopback },
            Listen = [new ListenPlan { Name = "http", Port = 4000 }],
            Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "http", TimeoutSeconds = 600 },
        }));
        return request with { Port = port, Plan = request.Plan with { Public = [new PublicRoute { Prefix = "/", Process = "web/service", Listener = "http" }] } };
    }

    private static RunRequest Site(Scene scene, int port)
    {
        scene.Tree.Write("site/index.html", "hello");
        var request = scene.Request();
        return request with { Port = port, Plan = request.Plan with { Public = [new PublicRoute { Prefix = "/", Files = "site" }] } };
    }
}
