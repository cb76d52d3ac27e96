using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

[TestClass]
public class RunningPlans
{
    [TestMethod]
    [DataRow(0)]
    [DataRow(5)]
    public async Task ATaskEndsTheRunWithItsExitCode(int code)
    {
        await using var scene = new Scene();
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", Shell("job/task", $"echo working; exit {code}"))), default)).Value!;
        var end = await run.Ended.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.AreEqual(code, end.ExitCode);
        Assert.IsNull(end.Problem);
        Assert.AreEqual("working", scene.Log.Single(l => l.Process == "job/task").Text);
        Assert.AreEqual(code, run.Record.Processes.Single().ExitCode);
    }

    [TestMethod]
    public async Task CellsStartAfterThoseTheyNeedAndStopInReverse()
    {
        await using var scene = new Scene();
        const string Service = "trap 'echo down; exit 0' TERM; echo up; while true; do sleep 0.1; done";
        var first = Shell("database/service", Service, ProcessStage.Service);
        var second = Shell("app/service", Service, ProcessStage.Service) with { DependsOn = ["database/service"] };
        var run = (await RunEngine.StartAsync(scene.Request(Cell("app", second), Cell("database", first)), default)).Value!;
        await Until(scene, "database/service", "up");
        await Until(scene, "app/service", "up");
        await run.StopAsync();

        // A service without a listener is ready once it has started; what it prints may come later than what the next one does.
        var ready = scene.Log.Where(l => l.Stream == "runner" && l.Text.EndsWith(" is ready", StringComparison.Ordinal)).Select(l => l.Text).ToArray();
        CollectionAssert.AreEqual(new[] { "database/service is ready", "app/service is ready" }, ready);
        CollectionAssert.AreEqual(new[] { "app/service", "database/service" }, scene.Log.Where(l => l.Text == "down").Select(l => l.Process).ToArray());
    }

    [TestMethod]
    public async Task CellsThatNeedEachOtherAreRefused()
    {
        await using var scene = new Scene();
        var a = Shell("a/service", "true", ProcessStage.Service) with { DependsOn = ["b/service"] };
        var b = Shell("b/service", "true", ProcessStage.Service) with { DependsOn = ["a/service"] };
        Assert.AreEqual("CAP5413", (await RefusedAsync(scene.Request(Cell("a", a), Cell("b", b)))).Code);
    }

    [TestMethod]
    public async Task APlanWithNothingInItIsRefused()
    {
        await using var scene = new Scene();
        Assert.AreEqual("CAP5414", (await RefusedAsync(scene.Request())).Code);
    }

    [TestMethod]
    public async Task ARequiredVariableMustHaveAValue()
    {
        await using var scene = new Scene();
        var plan = scene.Request(Cell("job", Shell("job/task", "echo $TOKEN") with { RequiredEnv = ["TOKEN"] }));
        foreach (var blank in new[] { null, "", "  " })
        {
            var missing = await RefusedAsync(blank is null ? plan : plan with { Env = new Dictionary<string, string> { ["TOKEN"] = blank } });
            Assert.AreEqual("CAP5402", missing.Code);
            Assert.AreEqual(ExitCode.MissingInput, missing.Kind.Exit);
        }

        await using var run = (await RunEngine.StartAsync(plan with { Env = new Dictionary<string, string> { ["TOKEN"] = "given" } }, default)).Value!;
        await Until(scene, "job/task", "given");
    }

    [TestMethod]
    public async Task ADeclaredMountMustBeGiven()
    {
        await using var scene = new Scene();
        var cell = Cell("job", Shell("job/task", "cat /mnt/models/m.txt")) with { Mounts = [new MountPlan { Id = "models", Kind = MountKind.Host, Target = "/mnt/models" }] };
        Assert.AreEqual("CAP5410", (await RefusedAsync(scene.Request(cell))).Code);
    }

    [TestMethod]
    public async Task AFolderThatThePackageLacksIsNamed()
    {
        await using var scene = new Scene();
        var cell = Cell("job", Shell("job/task", "true")) with { Mounts = [new MountPlan { Id = "app", Kind = MountKind.Work, Source = "workloads/none", Target = "/app" }] };
        var missing = await RefusedAsync(scene.Request(cell));
        Assert.AreEqual("CAP5412", missing.Code);
        StringAssert.Contains(missing.Message, "workloads/none");
    }

    [TestMethod]
    public async Task ACopyThatCannotBeMadeIsTold()
    {
        await using var scene = new Scene();
        scene.Tree.Write("app/file", "x");
        Directory.CreateDirectory(scene.Home.State);
        scene.HomeFolder.Write("state/acme-scene", "a file where a folder should be");
        var cell = Cell("job", Shell("job/task", "true")) with { Mounts = [new MountPlan { Id = "app", Kind = MountKind.Work, Source = "app", Target = "/app" }] };
        Assert.AreEqual("CAP5411", (await RefusedAsync(scene.Request(cell))).Code);
    }

    [TestMethod]
    public async Task AHomeThatCannotBeWrittenIsTold()
    {
        await using var scene = new Scene();
        scene.HomeFolder.Write("runs", "a file where the folder should be");
        Assert.AreEqual("CAP5416", (await RefusedAsync(scene.Request(Cell("job", Shell("job/task", "true"))))).Code);
    }

    [TestMethod]
    public async Task CommandsRunInAPreparedCellOnly()
    {
        await using var scene = new Scene();
        await using var prepared = (await RunEngine.PrepareAsync(scene.Request(Cell("job", Shell("job/task", "true"))), default)).Value!;
        var ran = (await prepared.ExecAsync("job", null, "echo out; echo err >&2; exit 3", default)).Value!;
        Assert.AreEqual(new ExecOutcome(3, "out\n", "err\n"), ran);
        Assert.AreEqual("CAP5415", (await prepared.ExecAsync("other", null, "true", default)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task CommandsRunBesideARunningService()
    {
        await using var scene = new Scene();
        scene.Tree.Write("app/file", "x");
        var cell = Cell("web", Shell("web/service", "while true; do touch /app/alive || exit 9; sleep 0.05; done", ProcessStage.Service)) with
        {
            Mounts = [new MountPlan { Id = "app", Kind = MountKind.Work, Source = "app", Target = "/app", Access = MountAccess.ReadWrite }],
        };
        var prepared = (await RunEngine.PrepareAsync(scene.Request(cell), default)).Value!;
        await using var run = (await prepared.StartAsync(default)).Value!;
        var ran = (await prepared.ExecAsync("web", null, "echo mine > /app/mine; cat /app/mine; sleep 300 & exit 0", default)).Value!;
        Assert.AreEqual("mine\n", ran.Output);
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(0.5));
        await Assert.ThrowsAsync<OperationCanceledException>(() => prepared.ExecAsync("web", null, "sleep 300", soon.Token));
        await Task.Delay(300);
        Assert.IsFalse(run.Ended.IsCompleted, "the service is not disturbed");
        var left = (await prepared.ExecAsync("web", null, "ps -A -o args= | grep -c '[s]leep 300'", default)).Value!;
        Assert.AreEqual("0\n", left.Output, "nothing of an ended command lives on");
    }

    [TestMethod]
    public async Task AMachineThatCannotConfineIsToldFirst()
    {
        await using var scene = new Scene();
        await using var nothing = new BubblewrapSandbox(new SandboxOptions { BwrapPath = "/nonexistent/bwrap" });
        var cell = Cell("job", Shell("job/task", "true") with { Toolchain = new ToolchainPlan("no such tool") });
        Assert.AreEqual("CAP5101", (await RefusedAsync(scene.Request(cell) with { Sandbox = nothing })).Code, "before toolchains are looked for");
    }

    [TestMethod]
    public async Task StateIsKeptAndTheRestIsNot()
    {
        await using var scene = new Scene();
        scene.Tree.Write("app/file", "x");
        var cell = Cell("job", Shell("job/task", "cat /home/me/count 2>/dev/null; echo again >> /home/me/count; ls /app; touch /app/new")) with
        {
            Mounts =
            [
                new MountPlan { Id = "home", Kind = MountKind.State, Target = "/home/me", Access = MountAccess.ReadWrite },
                new MountPlan { Id = "app", Kind = MountKind.Work, Source = "app", Target = "/app", Access = MountAccess.ReadWrite },
            ],
        };
        for (var i = 0; i < 2; i++)
        {
            scene.Log.Clear();
            await using var run = (await RunEngine.StartAsync(scene.Request(cell), default)).Value!;
            await run.Ended.WaitAsync(TimeSpan.FromSeconds(20));
        }

        CollectionAssert.AreEqual(new[] { "again", "file" }, scene.Log.Where(l => l.Stream == "out").Select(l => l.Text).ToArray());
    }

    [TestMethod]
    public async Task WhatAWorkloadMakesIsRemovedHoweverDeepOrLocked()
    {
        await using var scene = new Scene();
        scene.Tree.Write("app/file", "x");
        const string Script = "cd /app; mkdir locked; touch locked/file; chmod 0 locked; perl -e 'for (1..2500) { mkdir \"dd\" and chdir \"dd\" or exit 1 }'";
        var cell = Cell("job", Shell("job/task", Script)) with
        {
            Mounts = [new MountPlan { Id = "app", Kind = MountKind.Work, Source = "app", Target = "/app", Access = MountAccess.ReadWrite }],
        };
        var run = (await RunEngine.StartAsync(scene.Request(cell), default)).Value!;
        Assert.AreEqual(0, (await run.Ended.WaitAsync(TimeSpan.FromSeconds(30))).ExitCode);
        await run.DisposeAsync();
        Assert.IsEmpty(Directory.GetDirectories(Path.Combine(scene.Home.Runs, run.Id)));
    }

    [TestMethod]
    public async Task ACancelledStartLeavesNothing()
    {
        await using var scene = new Scene();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var sleeper = Shell("job/prepare", "sleep 60", ProcessStage.Prepare);
        await Assert.ThrowsAsync<OperationCanceledException>(() => RunEngine.StartAsync(scene.Request(Cell("job", sleeper, Shell("job/task", "true"))), soon.Token));
        var left = RunList.All(scene.Home).Single();
        Assert.IsFalse(left.IsAlive);
        Assert.IsEmpty(Directory.GetDirectories(Path.Combine(scene.Home.Runs, left.Record.Id)));
    }

    [TestMethod]
    public async Task ADeniedDestinationIsLogged()
    {
        await using var scene = new Scene();
        var process = new ProcessPlan
        {
            Id = "job/task",
            Stage = ProcessStage.Task,
            Argv = ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${HTTP_PROXY##*:}; printf 'CONNECT 169.254.169.254:443 HTTP/1.1\\r\\n\\r\\n' >&3; head -1 <&3"],
            Cwd = "/tmp",
            Network = new NetworkPlan { Mode = NetworkMode.Full, Permission = new Permission("network:job", new Origin("capsule.toml", "/network", null), "network = full") },
        };
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", process)), default)).Value!;
        await run.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        StringAssert.Contains(scene.Log.Single(l => l.Stream == "out").Text, "403");
        var denied = scene.Log.Single(l => l.Level == LogLevel.Warn);
        StringAssert.Contains(denied.Text, "CAP5306");
        StringAssert.Contains(denied.Text, "169.254.169.254:443");
        StringAssert.Contains(denied.Text, "capsule.toml");
    }

    private static async Task Until(Scene scene, string process, string text)
    {
        var end = DateTime.UtcNow.AddSeconds(20);
        while (!scene.Log.Any(l => l.Process == process && l.Text == text))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, $"{process} never said {text}");
            await Task.Delay(20);
        }
    }
}
