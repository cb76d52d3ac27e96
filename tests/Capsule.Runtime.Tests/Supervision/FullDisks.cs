using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Sandbox;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>A disk without room: what runs goes on, what cannot be kept is told, and no half of a file stays.</summary>
[TestClass]
public sealed class FullDisks : IDisposable
{
    private readonly SmallDisk _disk = new();

    public void Dispose() => _disk.Dispose();

    [TestMethod]
    public void ALogGoesOnWithWholeLinesWhenThereIsRoomAgain()
    {
        var home = new CapsuleHome(_disk.Path);
        Directory.CreateDirectory(Path.Combine(home.Logs, "r"));
        var seen = new List<LogLine>();
        using (var log = new RunLog(Path.Combine(home.Logs, "r"), seen.Add))
        {
            log.Say("before");
            _disk.Fill();
            for (var i = 0; i < 40; i++)
            {
                log.Say($"lost {i} {new string('x', 1000)}");
            }

            Assert.HasCount(1, seen.Where(l => l.Text.StartsWith("CAP5418: ", StringComparison.Ordinal)), "told once, at once");
            _disk.Free();
            log.Say("after");
        }

        var files = Directory.GetFiles(Path.Combine(home.Logs, "r"));
        Assert.IsTrue(files.SelectMany(File.ReadLines).All(l => l.StartsWith('{') && l.EndsWith('}')), "no half of a line");
        var kept = LogReader.Read(home, "r").Select(l => l.Text).ToArray();
        Assert.AreEqual("before", kept[0]);
        Assert.AreEqual("after", kept[^2]);
        StringAssert.StartsWith(kept[^1], "CAP5418: ");
        StringAssert.EndsWith(kept[^1], $"and {40 - kept.Count(l => l.StartsWith("lost", StringComparison.Ordinal))} of its lines are missing.");
    }

    [TestMethod]
    public async Task ARunningPackageGoesOnAndItsRecordIsTrueWhenThereIsRoomAgain()
    {
        await using var scene = new Scene();
        var request = scene.Request(Cell("web", Shell("web/service", "while :; do echo a line of the workload; sleep 0.05; done", ProcessStage.Service))) with { Home = new CapsuleHome(_disk.Path) };
        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        var record = Path.Combine(request.Home.Runs, run.Id, "record.json");
        _disk.Fill();
        var full = scene.Log.Count;
        await UntilAsync(() => scene.Log.Skip(full).Any(l => l.Text.StartsWith("CAP5418: ", StringComparison.Ordinal)));
        var told = scene.Log.Count;
        await UntilAsync(() => scene.Log.Count > told + 5);
        Assert.IsFalse(run.Ended.IsCompleted, "it still runs");

        _disk.Free();
        await UntilAsync(() => LogReader.Read(request.Home, run.Id).Any(l => l.Text.StartsWith("CAP5418: ", StringComparison.Ordinal)));
        _disk.Fill();
        await run.StopAsync();

        Assert.IsFalse(File.Exists(record + ".new"), "no half of a record");
        Assert.IsNotNull(RunList.Find(request.Home, run.Id).Value, "the record can be read");
        Assert.IsFalse(RunList.Find(request.Home, run.Id).Value!.IsAlive);
    }

    private static async Task UntilAsync(Func<bool> seen)
    {
        for (var clock = System.Diagnostics.Stopwatch.StartNew(); !seen(); await Task.Delay(20))
        {
            Assert.IsLessThan(TimeSpan.FromSeconds(60), clock.Elapsed);
        }
    }

    [TestMethod]
    public async Task NothingOfARunIsMadeWhereItCannotBeRecorded()
    {
        await using var scene = new Scene();
        var home = new CapsuleHome(_disk.Path);
        var request = scene.Request(Cell("job", Shell("job/task", "true"))) with { Home = home };
        Directory.CreateDirectory(home.Runs);
        _disk.Fill();

        var refused = await RefusedAsync(request);

        Assert.AreEqual("CAP5416", refused.Code, refused.Message);
        StringAssert.Contains(refused.Message, "No space left on device");
        Assert.IsEmpty(Directory.GetDirectories(home.Runs), "no run is left");
        _disk.Free();
        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        Assert.AreEqual(0, (await run.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
    }

    [TestMethod]
    public async Task AToolchainThatDoesNotFitIsNotKept()
    {
        await using var registry = await Toolchains.FakeRegistry.StartAsync();
        var noise = new byte[3 << 20];
        new Random(1).NextBytes(noise);
        registry.Serve("@oven/bun-linux-x64", "1.0.0", Toolchains.FakeRegistry.Archive(("package/bin/bun", Convert.ToHexString(noise))));
        var home = new CapsuleHome(_disk.Path);
        var resolver = new ToolchainResolver(home) { Settings = registry.Settings(), Platform = new("linux", "x64") };

        var refused = (await resolver.ResolveAsync(new ToolchainPlan("bun"), default)).Diagnostics.Single();

        Assert.AreEqual("CAP5210", refused.Code, refused.Message);
        StringAssert.Contains(refused.Message, "No space left on device");
        Assert.IsEmpty(Directory.GetFiles(_disk.Path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)), "no download and no half of a toolchain");
    }

    [TestMethod]
    public void AUserIdThatCannotBeRecordedIsNotCalledInUse()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file", "");
        var refused = UidLease.Take(SandboxScene.Range, Path.Combine(file, "leases")).Diagnostics.Single();
        Assert.AreEqual("CAP5146", refused.Code);
        StringAssert.Contains(refused.Hint, "room");
    }
}
