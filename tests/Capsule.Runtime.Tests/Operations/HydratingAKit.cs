using System.Diagnostics;
using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Before its start, a workload fetches what it needs into its folders (specs: kits 1.3, 3.12).</summary>
[TestClass]
public class HydratingAKit
{
    private const string Server = """
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          fetch: async () => Response.json({ weights: await Bun.file("/mnt/models/weights").text(), unpacked: await Bun.file("/app/unpacked").text(), presence: process.env.CAPAKIT_PRESENCE_ID }),
        });
        """;

    private const string Hydrate = """
        const bridge = await fetch("http://capakit.local/rpc", {
          unix: process.env.CAPAKIT_WORKLOAD_BRIDGE_BIND!.slice("unix:".length), method: "POST",
          headers: { "content-type": "application/x-capakit-workload-bridge-jsonl" }, body: `${JSON.stringify({ id: "1", op: "other", params: null })}\n`,
        } as any);
        await Bun.write(`${process.env.CAPAKIT_MOUNT_MODELS}/weights`, `${process.env.SIZE} ${process.env.CAPAKIT_PRESENCE_ID} ${bridge.status}`);
        """;

    [TestMethod]
    public async Task WhatItFetchesIsThereWhenItStarts()
    {
        await using var scene = Scene("bun run hydrate.ts && echo done > unpacked");
        var models = Directory.CreateDirectory(scene.Project["mine"]).FullName;
        var run = await scene.StartAsync(Giving(models));
        var said = JsonNode.Parse(await scene.Http.GetStringAsync(run.Address))!;
        Assert.AreEqual("done\n", (string?)said["unpacked"]);
        Assert.AreEqual($"8 {said["presence"]} 200", (string?)said["weights"], "the same instance, with a bridge");
        Assert.AreEqual((string?)said["weights"], await File.ReadAllTextAsync(Path.Combine(models, "weights")));
        Assert.IsTrue(scene.Log.Any(l => l.Process == "hello/prepare" && l.Text == "no mount"), scene.LogText);
        Assert.IsTrue(scene.Log.Any(l => l.Text == $"the mount 'models' is {models}"), scene.LogText);
    }

    [TestMethod]
    public async Task AFailureIsToldAndNothingStarts()
    {
        await using var scene = Scene("echo no such model; exit 3");
        var failed = await scene.TryStartAsync(Giving(Directory.CreateDirectory(scene.Project["mine"]).FullName));
        var problem = failed.Diagnostics.Single();
        Assert.AreEqual("CAP5405", problem.Code);
        StringAssert.Contains(problem.Message, "'hello/hydrate' failed with exit code 3");
        StringAssert.Contains(problem.Message, "no such model");
        var record = RunList.All(scene.Home).Single();
        Assert.AreEqual((false, RunState.Failed, 0), (record.IsAlive, record.Record.State, record.Record.Processes.Count));
    }

    [TestMethod]
    public async Task AStopEndsItAndSoDoesTheFailureOfAnother()
    {
        await using var scene = Scene("sleep 4712");
        var giving = Giving(Directory.CreateDirectory(scene.Project["mine"]).FullName);
        using var stop = new CancellationTokenSource();
        var starting = PackageRunner.StartAsync(giving(scene.Request()), stop.Token);
        await scene.UntilLoggedAsync("hello/hydrate: sleep");
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => starting);
        Assert.IsEmpty(RunList.All(scene.Home).Where(r => r.IsAlive));

        scene.Project.Write("capability.yml", (await File.ReadAllTextAsync(scene.Project["capability.yml"])).Replace("expose:", """
              bad:
                endpoints: [http]
                runtime:
                  source:
                    toolchain: bun
                    start:
                      command: exit 9
            expose:
            """, StringComparison.Ordinal));
        scene.Project.Write("workloads/bad/index.ts", "");
        var clock = Stopwatch.StartNew();
        var failed = await scene.TryStartAsync(giving);
        Assert.AreEqual("CAP5404", failed.Diagnostics.Single().Code, failed.Diagnostics.Single().Message);
        Assert.IsLessThan(TimeSpan.FromSeconds(60), clock.Elapsed);
        Assert.IsFalse(HostHas("sleep\04712"), "nothing of it is left");
    }

    private static Func<PackageRunRequest, PackageRunRequest> Giving(string models) => request => request with { Grants = new Grants { Mounts = new Dictionary<string, string> { ["models"] = models } } };

    private static RunScene Scene(string hydrate)
    {
        var scene = RunScene.Kit(Server, more: $$"""
                    prepare:
                      command: test -e /mnt/models || test -n "$CAPAKIT_MOUNT_MODELS" || echo no mount
                      network: none
                    hydrate:
                      command: {{hydrate}}
                      network: none
                      env: { SIZE: 8 }
            """);
        scene.Project.Write("workloads/hello/hydrate.ts", Hydrate);
        scene.Project.Write("capability.yml", File.ReadAllText(scene.Project["capability.yml"]).Replace("    endpoints: [http, mcp]", "    endpoints: [http, mcp]\n    mounts: [models]", StringComparison.Ordinal)
            + "\nhost_mounts:\n  models: { usage: weights, access: read_write }\n");
        return scene;
    }

    private static bool HostHas(string commandLine) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Contains(commandLine, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
