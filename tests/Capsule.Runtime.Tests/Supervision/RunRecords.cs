using System.Diagnostics;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Supervision;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

[TestClass]
public class RunRecords
{
    [TestMethod]
    public async Task WhatAKilledRunnerLeftIsSweptByTheNext()
    {
        await using var scene = new Scene();
        Write(scene, "dead-1", new ProcessIdentity(int.MaxValue - 1, 1));
        scene.HomeFolder.Write("runs/dead-1/cells/a/copy/file", "left behind");
        File.SetUnixFileMode(scene.HomeFolder["runs", "dead-1", "cells", "a", "copy"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.IsFalse(RunList.Find(scene.Home, "dead-1").Value!.IsAlive);

        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", Shell("job/task", "true"))), default)).Value!;

        Assert.IsFalse(Directory.Exists(scene.HomeFolder["runs", "dead-1", "cells"]));
        Assert.IsTrue(File.Exists(scene.HomeFolder["runs", "dead-1", "record.json"]), "the record stays");
    }

    [TestMethod]
    public async Task WhatARunnerKilledAtItsRecordLeftIsSweptByTheNext()
    {
        await using var scene = new Scene();
        Write(scene, "dead-1", new ProcessIdentity(int.MaxValue - 1, 1));
        scene.HomeFolder.Write("runs/dead-1/record.json.new", "{ \"id\": \"de");
        scene.HomeFolder.Write("runs/dead-2/lock", "");
        scene.HomeFolder.Write("runs/dead-2/record.json.new", "");
        Directory.CreateDirectory(scene.HomeFolder["logs", "dead-2"]);

        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", Shell("job/task", "true"))), default)).Value!;

        CollectionAssert.AreEquivalent(new[] { "lock", "record.json" }, Directory.GetFileSystemEntries(scene.HomeFolder["runs", "dead-1"]).Select(Path.GetFileName).ToArray());
        Assert.IsFalse(Directory.Exists(scene.HomeFolder["runs", "dead-2"]), "it never said what it was");
        Assert.IsFalse(Directory.Exists(scene.HomeFolder["logs", "dead-2"]));
    }

    [TestMethod]
    public async Task ALivingRunIsNotSwept()
    {
        await using var scene = new Scene();
        using var other = Runner(scene, "alive-1");
        scene.HomeFolder.Write("runs/alive-1/cells/file", "in use");
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", Shell("job/task", "true"))), default)).Value!;
        Assert.IsTrue(File.Exists(scene.HomeFolder["runs", "alive-1", "cells", "file"]));
        Assert.IsTrue(RunList.Find(scene.Home, "alive").Value!.IsAlive);
        other.Kill(entireProcessTree: true);
    }

    [TestMethod]
    public async Task OldRecordsGoWithTheirLogs()
    {
        await using var scene = new Scene();
        for (var i = 0; i < 60; i++)
        {
            Write(scene, $"old-{i}", new ProcessIdentity(1, 1));
            scene.HomeFolder.Write($"logs/old-{i}/a.log", "{}");
        }

        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", Shell("job/task", "true"))), default)).Value!;
        Assert.HasCount(51, RunList.All(scene.Home));
        Assert.HasCount(51, Directory.GetDirectories(scene.Home.Logs));
    }

    [TestMethod]
    public async Task StopAsksTheRunnerAndWaits()
    {
        await using var scene = new Scene();
        using var runner = Runner(scene, "run-1");
        var stopped = await RunList.StopAsync(scene.Home, "run-1", TimeSpan.FromSeconds(10), force: false, default);
        Assert.IsTrue(stopped.Succeeded);
        Assert.IsFalse(stopped.Value.IsAlive);
        Assert.IsTrue(runner.WaitForExit(10_000));
    }

    [TestMethod]
    public async Task ARunnerThatDoesNotStopIsKilledWhenForced()
    {
        await using var scene = new Scene();
        using var runner = Runner(scene, "run-1", "trap '' TERM; ");
        var stuck = await RunList.StopAsync(scene.Home, "run-1", TimeSpan.FromSeconds(0.5), force: false, default);
        Assert.AreEqual("CAP5409", stuck.Diagnostics.Single().Code);
        Assert.IsTrue((await RunList.StopAsync(scene.Home, "run-1", TimeSpan.FromSeconds(0.5), force: true, default)).Succeeded);
        Assert.IsTrue(runner.WaitForExit(10_000));
    }

    [TestMethod]
    public async Task AProcessThatMerelyHasTheSameNumberIsNeverSignalled()
    {
        using var bystander = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        Assert.IsFalse(new ProcessIdentity(bystander.Id, 1).Signal(9));
        await Task.Delay(100);
        Assert.IsFalse(bystander.HasExited);
        bystander.Kill();
    }

    [TestMethod]
    public void ARunIsFoundByIdStartOfIdAndName()
    {
        using var folder = new TemporaryFolder();
        var home = new CapsuleHome(folder.Path);
        Write(folder, "scene-aa", new ProcessIdentity(1, 1));
        Assert.AreEqual("scene-aa", RunList.Find(home, "scene-aa").Value!.Record.Id);
        Assert.AreEqual("scene-aa", RunList.Find(home, "scene-a").Value!.Record.Id);
        Assert.AreEqual("scene-aa", RunList.Find(home, "acme/scene").Value!.Record.Id);
        var none = RunList.Find(home, "other");
        Assert.AreEqual("CAP5407", none.Diagnostics.Single().Code);
        Assert.AreEqual(ExitCode.NotFound, none.Exit);
    }

    [TestMethod]
    public void ALockIsHeldOnceAndALockThatCannotBeMadeIsAnError()
    {
        using var folder = new TemporaryFolder();
        using (FileLock.TryTake(folder["lock"]))
        {
            Assert.IsNull(FileLock.TryTake(folder["lock"]));
            Assert.IsTrue(FileLock.IsHeld(folder["lock"]));
            Assert.IsTrue(FileLock.IsHeld(folder["lock"]), "asking does not change the answer");
        }

        Assert.IsFalse(FileLock.IsHeld(folder["lock"]));
        Assert.Throws<Exception>(() => FileLock.TryTake("/proc/self/lock"));
        Assert.Throws<IOException>(() => FileLock.TryTake(folder["none", "lock"]));
    }

    [TestMethod]
    public void ADamagedRecordIsNoRun()
    {
        using var folder = new TemporaryFolder();
        folder.Write("runs/a/record.json", "{ half");
        folder.Write("runs/b/other", "");
        Assert.IsEmpty(RunList.All(new CapsuleHome(folder.Path)));
    }

    [TestMethod]
    public void TheHomeIsWhereTheEnvironmentSays()
    {
        var before = Environment.GetEnvironmentVariable("CAPSULE_HOME");
        try
        {
            Environment.SetEnvironmentVariable("CAPSULE_HOME", "/somewhere/");
            Assert.AreEqual("/somewhere", CapsuleHome.Find().Value!.Root);
            Environment.SetEnvironmentVariable("CAPSULE_HOME", "relative");
            Assert.AreEqual("CAP5400", CapsuleHome.Find().Diagnostics.Single().Code);
            Environment.SetEnvironmentVariable("CAPSULE_HOME", null);
            Assert.AreEqual(".capsule", Path.GetFileName(CapsuleHome.Find().Value!.Root));
            Assert.AreEqual("CAP5401", SupervisionDiagnostics.NoHome.Code);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CAPSULE_HOME", before);
        }
    }

    [TestMethod]
    public void FoldersOfTheHomeArePrivate()
    {
        using var folder = new TemporaryFolder();
        var home = new CapsuleHome(folder["home"]);
        foreach (var path in new[] { home.Runs, home.Logs, home.State, home.Cache, home.Toolchains, home.Store, home.Root })
        {
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path), path);
        }
    }

    /// <summary>A process that stands for another runner: it holds the lock of its record.</summary>
    private static Process Runner(Scene scene, string id, string before = "")
    {
        Directory.CreateDirectory(scene.HomeFolder["runs", id]);
        var file = scene.HomeFolder["runs", id, "lock"];
        var start = new ProcessStartInfo("bash", ["-c", $"{before}exec 9>'{file}'; flock 9; echo held; while true; do read -t 0.1 <> <(:); done"]) { RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        Assert.AreEqual("held", process.StandardOutput.ReadLine());
        var ticks = long.Parse(File.ReadAllText($"/proc/{process.Id}/stat").Split(") ")[1].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture);
        Write(scene, id, new ProcessIdentity(process.Id, ticks));
        return process;
    }

    private static void Write(Scene scene, string id, ProcessIdentity runner) => Write(scene.HomeFolder, id, runner);

    private static void Write(TemporaryFolder home, string id, ProcessIdentity runner)
    {
        var record = new RunRecord
        {
            Id = id,
            Package = new("capsule", "acme", "scene", "1.0.0"),
            Source = "/nowhere",
            Runner = runner,
            Started = DateTimeOffset.UtcNow,
            State = RunState.Running,
        };
        home.Write($"runs/{id}/record.json", JsonSerializer.Serialize(record, RunRecord.Json));
        if (!File.Exists(home["runs", id, "lock"]))
        {
            home.Write($"runs/{id}/lock", "");
        }
    }
}
