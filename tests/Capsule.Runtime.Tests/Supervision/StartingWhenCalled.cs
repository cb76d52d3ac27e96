using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.PeerScene;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Services that nobody needs before somebody calls them.</summary>
[TestClass]
public class StartingWhenCalled
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [TestMethod]
    public async Task TheFirstCallStartsItAndTheNextOneAfterItsEnd()
    {
        await using var scene = Create();
        var api = ServerCell();
        api = api with { Processes = [Shell("api/hydrate", "echo hydrated", ProcessStage.Hydrate), .. api.Processes] };
        var listen = new ListenPlan { Name = "ingress", Path = Ingress };
        var broken = Cell("broken", Shell("broken/service", "echo no model here; exit 3", ProcessStage.Service) with { Listen = [listen], Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "ingress" } });
        var slow = Cell("slow", Shell("slow/service", "exec sleep 600", ProcessStage.Service) with { Listen = [listen], Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "ingress", TimeoutSeconds = 1 } });
        var job = Caller("job", "tell('/api/one')", NetworkMode.None, "/api");
        var request = scene.Request(api, broken, slow, job) with { OnCall = true };
        request = request with
        {
            Plan = request.Plan with
            {
                Public = [.. new[] { "api", "broken", "slow" }.Select(id => new PublicRoute { Prefix = "/" + id, Process = id + "/service", Listener = "ingress", Path = "/api" })],
            },
        };
        var started = await RunEngine.StartAsync(request, default);
        Assert.IsTrue(started.Succeeded, string.Join('\n', started.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        await using var run = started.Value;

        // A call over a connection; it waits until the other is ready.
        await run.Ended.WaitAsync(Soon);
        Assert.AreEqual("200 /api/one", Said(scene, "out").Split('\n')[^1], Said(scene, null));
        var said = Said(scene, null);
        Assert.IsLessThan(said.IndexOf("api/hydrate: echo", StringComparison.Ordinal), said.IndexOf("api/service is called and starts", StringComparison.Ordinal), said);
        Assert.AreEqual((ProcessState.Ready, ProcessState.Waiting, ProcessState.Waiting), (State(run, "api"), State(run, "broken"), State(run, "slow")));

        // From outside, many at once, after its end: one start for all of them.
        Process.GetProcessById(run.Record.Processes.Single(p => p.Id == "api/service").Pid).Kill();
        for (var end = DateTime.UtcNow + Soon; State(run, "api") is not ProcessState.Waiting; await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, State(run, "api").ToString());
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Soon };
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => http.GetStringAsync(new Uri(run.Address!, $"/api/two{i}"))));
        Assert.AreEqual("/api/two7", (string?)JsonNode.Parse(answers[7])!["path"]);
        Assert.AreEqual(2, scene.Log.Count(l => l.Text == "api/service is ready"));
        Assert.AreEqual(1, scene.Log.Count(l => l.Text == "hydrated"), "its sandbox is the same");

        // One that fails to start is told to its caller, and tried again by the next.
        foreach (var _ in new[] { 1, 2 })
        {
            var (status, problem) = await AskAsync(http, new Uri(run.Address!, "/broken"));
            Assert.AreEqual((HttpStatusCode.ServiceUnavailable, "CAP5404"), (status, (string?)problem["code"]));
            StringAssert.Contains((string?)problem["message"], "no model here");
        }

        var (late, why) = await AskAsync(http, new Uri(run.Address!, "/slow"));
        Assert.AreEqual((HttpStatusCode.GatewayTimeout, "CAP5403"), (late, (string?)why["code"]));
    }

    private static ProcessState? State(RunningPackage run, string cell) => run.Record.Processes.Single(p => p.Id == cell + "/service").State;

    private static async Task<(HttpStatusCode Status, JsonNode Error)> AskAsync(HttpClient http, Uri address)
    {
        using var answer = await http.GetAsync(address);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]!);
    }
}
