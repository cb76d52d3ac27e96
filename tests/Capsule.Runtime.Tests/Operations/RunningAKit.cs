using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Tests.Operations;

[TestClass]
public class RunningAKit
{
    [TestMethod]
    public async Task AnswersAtItsPublicPaths()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        Assert.AreEqual("127.0.0.1", run.Address!.Host);
        Assert.AreEqual("/http/api/x", (string?)(await Get(scene, run, "/api/x"))!["pathname"]);
        using var posted = await scene.Http.PostAsync(new Uri(run.Address, "/mcp"), new StringContent("{}"));
        var mcp = await posted.Content.ReadFromJsonAsync<JsonObject>();
        Assert.AreEqual("/mcp", (string?)mcp!["pathname"]);
        Assert.AreEqual("{}", (string?)mcp["body"]);
    }

    [TestMethod]
    public async Task SeesAnEnvironmentBuiltFromNothing()
    {
        Environment.SetEnvironmentVariable("CAPSULE_TEST_MARKER", "host");
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync(r => r with { Env = new Dictionary<string, string> { ["GIVEN"] = "by the user" } });
        var env = (await Get(scene, run, "/env"))!.AsObject();
        Assert.IsFalse(env.ContainsKey("CAPSULE_TEST_MARKER"));
        Assert.AreEqual("by the user", (string?)env["GIVEN"]);
        Assert.AreEqual("capsule", (string?)env["container"]);
        Assert.AreEqual(32, ((string?)env["CAPAKIT_PRESENCE_ID"])!.Length);
        Assert.IsFalse(env.ContainsKey("CAPAKIT_WORKLOAD_HOST_PID"));
        Assert.IsFalse(env.ContainsKey("HTTPS_PROXY"), "no way out without a network");
        StringAssert.Contains((string?)env["PATH"], "/opt/capsule/tc/bun/bin:");
    }

    [TestMethod]
    public async Task HasNoNetworkAndNoHostFiles()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        Assert.AreNotEqual("reached", (await Get(scene, run, "/fetch"))!.ToString());
        foreach (var path in new[] { scene.Project.Path, scene.HomeFolder.Path, "/root", "/etc/shadow" })
        {
            Assert.IsFalse((bool)(await Get(scene, run, "/exists?path=" + Uri.EscapeDataString(path)))!, path);
        }
    }

    [TestMethod]
    public async Task WritesToItsCopyAndNeverToTheProject()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        scene.Project.Write("workloads/hello/.git/config", "[core]");
        scene.Project.Write(".git/config", "[core]");
        var run = await scene.StartAsync();
        var files = (await Get(scene, run, "/write"))!.AsArray().Select(f => f!.ToString()).ToArray();
        CollectionAssert.Contains(files, "written.txt");
        CollectionAssert.DoesNotContain(files, ".git");
        Assert.IsFalse(File.Exists(scene.Project["workloads", "hello", "written.txt"]));
    }

    [TestMethod]
    public async Task TheBridgeAnswersEveryRequestInItsForm()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        await scene.UntilLoggedAsync("reported");
        var reported = scene.Log.First(l => l.Text == "reported");
        var ready = JsonNode.Parse(reported.Fields!)!;
        Assert.AreEqual(200, (int)ready["status"]!);
        Assert.AreEqual("application/x-capakit-workload-bridge-jsonl", (string?)ready["type"]);
        Assert.AreEqual("{\"id\":\"1\",\"ok\":null}\n", (string?)ready["text"]);
        Assert.AreEqual(LogLevel.Warn, reported.Level);

        var secret = JsonNode.Parse((string)(await Get(scene, run, "/bridge"))!["text"]!)!;
        Assert.AreEqual("2", (string?)secret["id"]);
        StringAssert.Contains((string?)secret["error"]!["message"], "CAP5710");
        StringAssert.Contains((string)(await Get(scene, run, "/unknown"))!["text"]!, "CAP5420");
        Assert.AreEqual(415, (int)(await Get(scene, run, "/wrongtype"))!["status"]!);
    }

    [TestMethod]
    public async Task StreamsChunkByChunk()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        using var response = await scene.Http.GetAsync(new Uri(run.Address!, "/stream"), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var times = new List<DateTime>();
        for (var i = 0; i < 3; i++)
        {
            Assert.AreEqual($"chunk {i}", await reader.ReadLineAsync());
            times.Add(DateTime.UtcNow);
        }

        Assert.IsGreaterThan(TimeSpan.FromMilliseconds(350), times[2] - times[0], "the chunks came one by one");
    }

    [TestMethod]
    public async Task ServesWebSockets()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        using var client = new ClientWebSocket();
        client.Options.Proxy = null;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await client.ConnectAsync(new Uri($"ws://{run.Address!.Authority}/ws"), limit.Token);
        await client.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, limit.Token);
        var answer = new byte[100];
        var read = await client.ReceiveAsync(answer.AsMemory(), limit.Token);
        Assert.AreEqual("echo hi", Encoding.UTF8.GetString(answer, 0, read.Count));
    }

    [TestMethod]
    [DataRow("bun run index.ts")]
    [DataRow("echo before && bun run index.ts; echo after")]
    public async Task StoppingLetsTheHooksFinishAndLeavesNothing(string start)
    {
        await using var scene = RunScene.Kit(KitFixtures.Good, start: $"'{start}'");
        var run = await scene.StartAsync();
        var pid = run.Record.Processes.Single().Pid;
        await run.StopAsync();
        StringAssert.Contains(scene.LogText, "hook done");
        Assert.IsFalse(Directory.Exists($"/proc/{pid}"), "the process is gone");
        Assert.AreEqual("lock,record.json", Left(scene, run.Id));
        Assert.AreEqual(RunState.Stopped, RunList.Find(scene.Home, run.Id).Value!.Record.State);
        await Assert.ThrowsAsync<HttpRequestException>(() => scene.Http.GetAsync(run.Address));
        Assert.IsFalse(run.Ended.IsCompleted, "a stop is no end of its own");
    }

    [TestMethod]
    public async Task OneThatIgnoresTheSignalIsKilledAfterItsGrace()
    {
        await using var scene = RunScene.Kit(KitFixtures.IgnoresTerm);
        var run = await scene.StartAsync();
        var pid = run.Record.Processes.Single().Pid;
        var began = DateTime.UtcNow;
        await run.StopAsync();
        Assert.IsGreaterThan(TimeSpan.FromSeconds(4.5), DateTime.UtcNow - began);
        Assert.IsLessThan(TimeSpan.FromSeconds(15), DateTime.UtcNow - began);
        StringAssert.Contains(scene.LogText, "not now");
        Assert.IsFalse(Directory.Exists($"/proc/{pid}"));
    }

    [TestMethod]
    public async Task OneThatEndsEarlyFailsWithItsLastWords()
    {
        await using var scene = RunScene.Kit(KitFixtures.EndsEarly);
        var failed = await scene.TryStartAsync();
        Assert.AreEqual("CAP5404", failed.Diagnostics.Single().Code);
        StringAssert.Contains(failed.Diagnostics.Single().Message, "exit code 3");
        StringAssert.Contains(failed.Diagnostics.Single().Message, "no model here");
        Assert.AreEqual(ExitCode.ProcessFailed, failed.Exit);
        var record = RunList.All(scene.Home).Single();
        Assert.AreEqual(RunState.Failed, record.Record.State);
        Assert.IsFalse(record.IsAlive);
        Assert.AreEqual("lock,record.json", Left(scene, record.Record.Id));
    }

    [TestMethod]
    [DataRow(nameof(KitFixtures.NeverReady), "thinking")]
    [DataRow(nameof(KitFixtures.LinksItsSocket), "")]
    public async Task OneThatNeverAnswersFailsInTime(string fixture, string words)
    {
        await using var scene = RunScene.Kit((string)typeof(KitFixtures).GetField(fixture)!.GetValue(null)!);
        var compiled = scene.Compile();
        var cell = compiled.Launch!.Cells.Single();
        var quick = cell with { Processes = [.. cell.Processes.Select(p => p with { Ready = p.Ready with { TimeoutSeconds = 2 } })] };
        var failed = await scene.TryStartAsync(r => r with { Package = compiled with { Launch = compiled.Launch with { Cells = [quick] } } });
        Assert.AreEqual("CAP5403", failed.Diagnostics.Single().Code);
        StringAssert.Contains(failed.Diagnostics.Single().Message, words);
    }

    [TestMethod]
    public async Task OneThatEndsLaterSaysSo()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        await Get(scene, run, "/crash");
        var end = await run.Ended.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.AreEqual("CAP5406", end.Problem!.Code);
        StringAssert.Contains(end.Problem.Message, "exit code 7");
    }

    [TestMethod]
    public async Task OneThatWatchesItsParentLivesOnAndSoDoesAnIdleOne()
    {
        // Longer than a thread of the pool lives without work: the sandbox must not die with the thread that started it.
        await using var scene = RunScene.Kit(KitFixtures.OrphanTrap);
        var run = await scene.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(62));
        Assert.AreEqual("alive", await scene.Http.GetStringAsync(run.Address), scene.LogText);
    }

    [TestMethod]
    public async Task LogsAreKeptAndSafeToPrint()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        await scene.UntilLoggedAsync("plain");
        await run.StopAsync();
        var kept = LogReader.Read(scene.Home, run.Id, "hello");
        Assert.AreEqual("plain red line", kept.First(l => l.Text.StartsWith("plain", StringComparison.Ordinal)).Printable);
        CollectionAssert.IsSubsetOf(new[] { "hook done" }, kept.Select(l => l.Text).ToArray());
        Assert.IsNotEmpty(LogReader.Read(scene.Home, run.Id), "the runner's own lines too");
    }

    [TestMethod]
    public async Task TheRecordTellsWhatWasTakenAndEnforced()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var run = await scene.StartAsync();
        var listed = RunList.Find(scene.Home, "fixture").Value!;
        Assert.IsTrue(listed.IsAlive);
        Assert.AreEqual(RunState.Running, listed.Record.State);
        Assert.AreEqual(run.Address, listed.Record.Address);
        Assert.AreEqual(Environment.ProcessId, listed.Record.Runner.Pid);
        Assert.AreEqual("bun", listed.Record.Toolchains.Single().Name);
        Assert.AreEqual("bubblewrap", listed.Record.Enforcement["hello/start"].Backend);
        Assert.IsNotEmpty(listed.Record.Enforcement["hello/start"].Sealed);
    }

    [TestMethod]
    public async Task PrepareRunsOnceWithANetworkAndItsFailureIsTold()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good, more: "        prepare:\n          command: echo $HTTPS_PROXY > /app/proxy.txt");
        var run = await scene.StartAsync();
        Assert.IsTrue((bool)(await Get(scene, run, "/exists?path=/app/proxy.txt"))!);

        await using var broken = RunScene.Kit(KitFixtures.Good, more: "        prepare:\n          command: echo cannot build; exit 4");
        var failed = await broken.TryStartAsync();
        Assert.AreEqual("CAP5405", failed.Diagnostics.Single().Code);
        StringAssert.Contains(failed.Diagnostics.Single().Message, "cannot build");
    }

    [TestMethod]
    public async Task TwoRunsAtOnceDoNotShareTheirFolders()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        var first = await scene.StartAsync();
        var second = await scene.StartAsync();
        Assert.AreNotEqual(first.Id, second.Id);
        await Get(scene, first, "/write");
        await Get(scene, second, "/write");
        Assert.AreEqual("CAP5408", RunList.Find(scene.Home, "fixture").Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task AKitWhoseDependencyIsNotThereIsRefused()
    {
        await using var scene = RunScene.Kit(KitFixtures.Good);
        scene.Project.Write("capability.yml", (await File.ReadAllTextAsync(scene.Project["capability.yml"])) + "\ndependencies:\n  other: { source: { path: ../other } }\n");
        var refused = await scene.TryStartAsync();
        Assert.AreEqual("CAP0286", refused.Diagnostics.Single().Code);
    }

    private static string Left(RunScene scene, string id) =>
        string.Join(',', Directory.GetFileSystemEntries(Path.Combine(scene.Home.Runs, id)).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static async Task<JsonNode?> Get(RunScene scene, RunningPackage run, string path) =>
        JsonNode.Parse(await scene.Http.GetStringAsync(new Uri(run.Address!, path)));
}
