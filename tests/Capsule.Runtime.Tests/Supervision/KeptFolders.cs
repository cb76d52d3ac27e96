using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>State and caches of workloads: kept, not shared by runs at the same time, measured.</summary>
[TestClass]
public class KeptFolders
{
    private static readonly MountPlan[] Kept =
    [
        new() { Id = "home", Kind = MountKind.State, Target = "/home/capsule", Access = MountAccess.ReadWrite, Exec = true },
        new() { Id = "cache", Kind = MountKind.Cache, Target = "/var/cache/capsule", Access = MountAccess.ReadWrite, Exec = true },
    ];

    [TestMethod]
    public async Task BelongToOneRunAtATimeAndOutliveIt()
    {
        const string Script = """
            cd /home/capsule; ls -A | tr '\n' ' '; ls -A /var/cache/capsule
            echo kept > notes; head -c 3000000 /dev/urandom > /var/cache/capsule/big; truncate -s 1T holes; ln -s / root; mkdir -m 700 inner; echo x > inner/file
            echo ready; while true; do sleep 0.1; done
            """;
        await using var scene = new Scene();
        var plan = Cell("tool", Shell("tool/service", Script, ProcessStage.Service)) with { Mounts = Kept };
        var first = (await RunEngine.StartAsync(scene.Request(plan), default)).Value!;
        await UntilAsync(scene, "ready", 1);
        await using var second = (await RunEngine.StartAsync(scene.Request(plan), default)).Value!;
        await UntilAsync(scene, "ready", 2);
        Assert.IsFalse(scene.Log.Any(l => l.Process == "tool/service" && l.Text.Contains("notes", StringComparison.Ordinal)), "each began with folders of its own");

        var held = DiskUseReport.Workloads(scene.Home, default);
        CollectionAssert.AreEquivalent(
            new[] { "state tool 1 True", "state tool 2 True", "cache tool 1 True", "cache tool 2 True" },
            held.Select(u => $"{u.Kind} {u.Owner!.Value.Workload} {u.Owner.Value.Slot} {u.InUse}").ToArray());
        Assert.IsTrue(held.Where(u => u.Kind == "cache").All(u => u is { Files: 1, Bytes: > 2_900_000 and < 4_000_000 }), string.Join('\n', held));
        Assert.IsTrue(held.Where(u => u.Kind == "state").All(u => u is { Files: 4, Bytes: < 1_000_000 }), "neither holes nor what lies behind a link counts");

        await first.StopAsync();
        await using var third = (await RunEngine.StartAsync(scene.Request(plan), default)).Value!;
        await UntilAsync(scene, "ready", 3);
        Assert.IsTrue(scene.Log.Any(l => l.Process == "tool/service" && l.Text == "holes inner notes root big"), string.Join('\n', scene.Log.Select(l => l.Text)));

        var kinds = DiskUseReport.Kinds(scene.Home, default).ToDictionary(u => u.Kind);
        CollectionAssert.AreEqual(new[] { "store", "toolchains", "sources", "state", "cache", "runs", "logs" }, kinds.Keys.ToArray());
        Assert.IsGreaterThan(5_800_000, kinds["cache"].Bytes);
        Assert.AreEqual(0, kinds["store"].Files);
    }

    private static async Task UntilAsync(Scene scene, string text, int times)
    {
        for (var end = DateTime.UtcNow.AddSeconds(60); scene.Log.Count(l => l.Process == "tool/service" && l.Text == text) < times; await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, string.Join('\n', scene.Log.Select(l => l.Text)));
        }
    }
}
