using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

[TestClass]
public class HoldingLimits
{
    private const string TakeMemory = "perl -e '$x = \"a\" x (300 << 20); print \"had it\"; sleep 20'";

    [TestMethod]
    public async Task FilesProcessesAndSizesAreLimited()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(Limited(new LimitsPlan { Pids = 16, Files = 32, FileSize = 1 << 20, Tmp = 4 << 20 }));
        var outcome = await cell.ShellAsync(
            """
            ulimit -n; ulimit -c
            (trap '' XFSZ; head -c 2M /dev/zero > /tmp/big) 2>/dev/null || echo too large
            for i in 1 2 3 4 5 6; do head -c 900k /dev/zero > /tmp/part$i || echo no room; done 2>/dev/null
            perl -e '$| = 1; $n = 0; for (1..40) { $p = fork; last if !defined $p; if (!$p) { sleep 5; exit } $n++ } print $n < 20 ? "few\n" : "many\n"; kill 9, -getpgrp'
            """);
        Assert.AreEqual("32\n0\ntoo large\nno room\nno room\nno room\nfew\n", outcome.Output);
        Assert.AreEqual("rlimit", cell.Enforcement.Limits["files"]);
        Assert.AreEqual("tmpfs", cell.Enforcement.Limits["tmp"]);
        Assert.AreEqual("CAP5172", cell.Exceeded.Single(e => e.Name == "tmp").Problem.Code, "seen from outside, whoever runs it");
    }

    [TestMethod]
    public async Task AProcessMayNarrowItsOwn()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(Limited(new LimitsPlan { Files = 64 }));
        Assert.AreEqual("20\n", (await cell.RunAsync(CellProcesses.Shell("ulimit -n") with { Limits = new LimitsPlan { Files = 20 } })).Output);
        Assert.AreEqual("64\n", (await cell.ShellAsync("ulimit -n")).Output);
    }

    [TestMethod]
    public async Task TheWatchdogKillsWhatTakesTooMuchMemory()
    {
        await using var scene = new SandboxScene(WithoutCgroups);
        var cell = await scene.OpenAsync(Limited(new LimitsPlan { Memory = 64 << 20 }));
        Assert.AreEqual("watchdog", cell.Enforcement.Limits["memory"]);
        Assert.AreEqual(137, (await cell.ShellAsync(TakeMemory)).ExitCode);
        Assert.AreEqual("CAP5132", cell.Exceeded.Single().Problem.Code);
        var late = await cell.StartAsync(CellProcesses.Shell("true"), CancellationToken.None);
        Assert.AreEqual("CAP5127", late.Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task WithoutAMechanismOrStrictlyALimitIsRefused()
    {
        await using var plain = new SandboxScene(WithoutCgroups);
        Assert.AreEqual("CAP5130", (await plain.RefusalAsync(Limited(new LimitsPlan { Cpu = 0.5 }))).Code);
        var strict = Limited(new LimitsPlan { Memory = 64 << 20 }) with { Requires = new LaunchRequirements { StrictLimits = true } };
        Assert.AreEqual("CAP5130", (await plain.RefusalAsync(strict)).Code);
    }

    [TestMethod]
    public async Task ControlGroupsHoldThemWhereTheyMayBeMade()
    {
        var host = CgroupHost.Find("/sys/fs/cgroup", await File.ReadAllLinesAsync("/proc/self/cgroup"));
        await using var scene = new SandboxScene();
        if (!host.Has("memory") || !host.Has("pids") || !host.Has("cpu"))
        {
            Assert.AreEqual("CAP5130", (await scene.RefusalAsync(Limited(new LimitsPlan { Cpu = 0.2 }))).Code, "nothing else holds this limit");
            return;
        }

        var cell = await scene.OpenAsync(Limited(new LimitsPlan { Memory = 64 << 20, Pids = 12, Cpu = 0.2 }));
        foreach (var limit in new[] { "memory", "pids", "cpu" })
        {
            Assert.AreEqual("cgroup", cell.Enforcement.Limits[limit]);
        }

        var spent = await cell.ShellAsync("timeout 2 sh -c 'while :; do :; done'; times | tail -n 1");
        var seconds = spent.Output.Split('m', 's')[1];
        Assert.IsLessThan(1.0, double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), spent.Output);
        Assert.IsEmpty(cell.Exceeded);
        Assert.AreEqual(137, (await cell.ShellAsync(TakeMemory)).ExitCode);
        Assert.AreEqual("CAP5132", cell.Exceeded.Single().Problem.Code);
        Assert.AreEqual(0, (await cell.ShellAsync("true")).ExitCode, "only the greedy process died");
        await cell.DisposeAsync();
        Assert.IsEmpty(Directory.GetDirectories(host.Folder("pids"), $"capsule-{Environment.ProcessId}-*"));
    }

    [TestMethod]
    public async Task ACellWhoseControlGroupDisappearsIsEnded()
    {
        var host = CgroupHost.Find("/sys/fs/cgroup", await File.ReadAllLinesAsync("/proc/self/cgroup"));
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(Limited(new LimitsPlan { Pids = 12 }));
        if (!host.Has("pids"))
        {
            Assert.AreNotEqual("cgroup", cell.Enforcement.Limits["pids"], "there is none that could disappear");
            return;
        }

        var process = await cell.StartAsync(CellProcesses.Shell("echo up; exec sleep 300"));
        await process.Output.UntilAsync("up");
        Assert.IsEmpty(cell.Exceeded);
        var group = Directory.GetDirectories(host.Folder("pids"), $"capsule-{Environment.ProcessId}-*").Single(g => File.ReadAllLines(g + "/cgroup.procs").Length > 1);
        foreach (var pid in await File.ReadAllLinesAsync(group + "/cgroup.procs"))
        {
            await File.WriteAllTextAsync(host.Folder("pids") + "/cgroup.procs", pid);
        }

        Directory.Delete(group);

        Assert.AreEqual(137, await process.Exited.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.AreEqual("CAP5147", cell.Exceeded.Single().Problem.Code);
        Assert.AreEqual("CAP5127", (await cell.StartAsync(CellProcesses.Shell("true"), CancellationToken.None)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void TheSecondVersionIsPreferredWhereItsControllersAreHandedOn()
    {
        using var folder = new TemporaryFolder();
        folder.Write("user/cgroup.controllers", "cpu memory pids\n");
        folder.Write("user/cgroup.subtree_control", "cpu memory pids\n");
        folder.Write("user/cgroup.procs", "");
        folder.Write("pids/user/cgroup.procs", "");
        var host = CgroupHost.Find(folder.Path, ["4:pids:/user", "0::/user"]);
        Assert.IsTrue(host.IsUnified);
        Assert.IsTrue(host.Has("memory") && host.Has("pids"));
        Assert.AreEqual(folder["user"], host.Folder("memory"));

        folder.Write("user/cgroup.subtree_control", "");
        CgroupHost.Find(folder.Path, ["0::/user"]);
        Assert.AreEqual("+cpu +memory +pids", File.ReadAllText(folder["user", "cgroup.subtree_control"]), "what is missing is asked for");
        Assert.AreEqual("0", File.ReadAllText(folder["user", "capsule-runner", "cgroup.procs"]), "and the runner has left the group");
    }

    private static SandboxOptions WithoutCgroups(SandboxOptions options) => options with { CgroupRoot = "/nonexistent" };

    private static CellRequest Limited(LimitsPlan limits) => new() { Name = "test/cell", Mounts = [], Limits = limits };
}
