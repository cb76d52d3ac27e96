using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Two Kits that run at a time, one of which hangs: what ps, logs and stop say of both.</summary>
[TestClass]
public sealed class SeveralKits : IDisposable
{
    private const string Workload = """
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          async fetch(request: Request) {
            if (new URL(request.url).pathname === "/http/hang") { console.log("stuck"); while (true) { } }
            return Response.json(process.pid);
          },
        });
        console.log("NAME is up");
        process.on("SIGTERM", () => process.exit(0));
        """;

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AreListedReadLookedAfterAndStoppedTogether()
    {
        foreach (var name in new[] { "first", "second" })
        {
            _capsule.Write($"{name}/capability.yml", Programs.Kit().Replace("name: fixture", $"name: {name}", StringComparison.Ordinal));
            _capsule.Write($"{name}/workloads/hello/index.ts", Workload.Replace("NAME", name, StringComparison.Ordinal));
        }

        await _capsule.HoldingAsync("bun");
        using var first = await RunningRun.DetachAsync(_capsule, "first", "--health", "1", "--restart", "on-failure");
        using var second = await RunningRun.DetachAsync(_capsule, "second", "--health", "1", "--restart", "on-failure");
        using (var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }))
        {
            // It never answers: its end does.
            using var answer = await http.GetAsync(new Uri(first.Address, "/hang"));
            Assert.AreEqual(502, (int)answer.StatusCode);
        }

        for (var end = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(100))
        {
            var listed = JsonNode.Parse(await _capsule.DoAsync("ps", "--json"))!["data"]!.AsArray().ToDictionary(r => (string)r!["package"]!, r => r!["processes"]!.AsArray().Single()!);
            Assert.AreEqual(("ready", 0), ((string?)listed["second"]["state"], (int)listed["second"]["restarts"]!), "nobody else is touched");
            if ((string?)listed["first"]["state"] == "ready" && (int)listed["first"]["restarts"]! == 1)
            {
                break;
            }

            Assert.IsLessThan(end, DateTime.UtcNow, listed["first"].ToJsonString());
        }

        Assert.AreNotEqual("", await first.GetAsync("/"));
        var logs = await _capsule.DoAsync("logs", "--all");
        StringAssert.Contains(logs, $"[{first.Id} hello/start] first is up");
        StringAssert.Contains(logs, $"[{second.Id} hello/start] second is up");
        StringAssert.Contains(logs, "CAP5543: 'hello/start' gave no sign of life 3 times in a row (silence for 2 s); it is ended.");
        Assert.IsLessThan(logs.IndexOf("stuck", StringComparison.Ordinal), logs.IndexOf("second is up", StringComparison.Ordinal), "in the order of time");

        await _capsule.RefusesAsync(2, "CAP5545", "stop");
        await _capsule.RefusesAsync(2, "CAP5546", "stop", "--all", first.Id);
        await _capsule.DoAsync("stop", "--all");
        Assert.AreEqual("", await _capsule.DoAsync("ps"));
    }
}
