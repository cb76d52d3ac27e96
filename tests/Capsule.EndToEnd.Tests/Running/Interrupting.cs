using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>However the runner ends, no process, port, socket or half-written file is left.</summary>
[TestClass]
public sealed class Interrupting
{
    [TestMethod]
    [DataRow(LiveProgram.Interrupt, 130)]
    [DataRow(LiveProgram.Terminate, 143)]
    [DataRow(LiveProgram.Kill, 137)]
    public async Task AForegroundRunnerLeavesNothing(int signal, int exit)
    {
        using var capsule = await KitAsync(Programs.Kit());
        using var runner = capsule.Start("run", "kit", "--port", "0");
        using var run = await RunningRun.OfAsync(capsule, runner);
        Assert.AreEqual("alive", await run.GetAsync("/"));
        var left = Leftovers.Of(capsule, runner.Id, run.Address.Port);
        Assert.AreEqual(1, left.Sandboxes);
        Assert.IsGreaterThanOrEqualTo(6, left.Processes, "runner, spawner, bubblewrap, init, bun and its child");

        runner.Signal(signal);
        var end = await runner.EndAsync();

        Assert.AreEqual(exit, end.ExitCode, end.All);
        await left.AreGoneAsync(killed: signal == LiveProgram.Kill);
        await EndsCleanAsync(capsule, run, signal);
    }

    [TestMethod]
    [DataRow(LiveProgram.Interrupt)]
    [DataRow(LiveProgram.Terminate)]
    [DataRow(LiveProgram.Kill)]
    public async Task ADetachedRunnerLeavesNothing(int signal)
    {
        using var capsule = await KitAsync(Programs.Kit());
        using var run = await RunningRun.DetachAsync(capsule, "kit");
        Assert.AreEqual("alive", await run.GetAsync("/"));
        var left = Leftovers.Of(capsule, run.RunnerPid, run.Address.Port);
        Assert.AreEqual(1, left.Sandboxes);

        Assert.AreEqual(0, LiveProgram.Send(run.RunnerPid, signal));

        await left.AreGoneAsync(killed: signal == LiveProgram.Kill);
        await EndsCleanAsync(capsule, run, signal);
    }

    /// <summary>npm takes its time, and would write its own log into a home that may be gone by then.</summary>
    [TestMethod]
    public async Task AnNpmThatWasAskedIsEndedWithTheRunner()
    {
        using var capsule = await KitAsync(Programs.Kit("echo busy"));
        var asked = capsule["asked"];
        var npm = capsule.Write("bin/npm", $"#!/bin/sh\necho $$ > '{asked}.new'\nmv '{asked}.new' '{asked}'\nexec sleep 1000\n");
        Assert.AreEqual(0, (await Command.RunAsync("chmod", ["+x", npm])).ExitCode);
        capsule.Write("npmrc", "");
        capsule.Environment["PATH"] = $"{capsule["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        capsule.Environment["HOME"] = capsule["bin"];
        foreach (var (setting, value) in new[] { ("registry", null), ("userconfig", capsule["npmrc"]), ("globalconfig", capsule["npmrc"]) })
        {
            capsule.Environment[$"npm_config_{setting}"] = value;
        }

        using var runner = capsule.Start("run", "kit", "--port", "0");
        await runner.UntilAsync(() => File.Exists(asked), "asked npm");
        var id = int.Parse(await File.ReadAllTextAsync(asked), System.Globalization.CultureInfo.InvariantCulture);
        Assert.IsTrue(HostProcesses.IsAlive(id));

        runner.Signal(LiveProgram.Interrupt);
        var end = await runner.EndAsync();

        Assert.AreEqual(130, end.ExitCode, end.All);
        Assert.IsFalse(HostProcesses.IsAlive(id));
    }

    [TestMethod]
    [DataRow(LiveProgram.Interrupt, 130)]
    [DataRow(LiveProgram.Terminate, 143)]
    [DataRow(LiveProgram.Kill, 137)]
    public async Task ARunnerThatPreparesLeavesNothing(int signal, int exit)
    {
        using var capsule = await KitAsync(Programs.Kit("echo busy && sleep 1000"));
        using var runner = capsule.Start("run", "kit", "--port", "0");
        await runner.UntilPrintedAsync("[hello/prepare] busy");
        var left = Leftovers.Of(capsule, runner.Id);
        Assert.AreEqual(1, left.Sandboxes);

        runner.Signal(signal);
        var end = await runner.EndAsync();

        Assert.AreEqual(exit, end.ExitCode, end.All);
        await left.AreGoneAsync(killed: signal == LiveProgram.Kill);
        Assert.AreEqual("", await capsule.DoAsync("ps"));
    }

    [TestMethod]
    [DataRow(LiveProgram.Interrupt, 130)]
    [DataRow(LiveProgram.Terminate, 143)]
    public async Task ADetachedStartThatIsGivenUpLeavesNothing(int signal, int exit)
    {
        using var capsule = await KitAsync(Programs.Kit("echo busy && sleep 1000"));
        using var runner = capsule.Start("run", "kit", "--port", "0", "--detach");
        await runner.UntilPrintedAsync("[hello/prepare] busy");
        var left = Leftovers.Of(capsule, runner.Id);
        Assert.AreEqual(1, left.Sandboxes);

        runner.Signal(signal);
        var end = await runner.EndAsync();

        Assert.AreEqual(exit, end.ExitCode, end.All);
        await left.AreGoneAsync();
        Assert.AreEqual("", await capsule.DoAsync("ps"));
    }

    /// <summary>The moment at which a runner waits for the process that starts its sandboxes.</summary>
    [TestMethod]
    public async Task ARunnerThatIsKilledWhileItConnectsToItsSpawnerLeavesNothing()
    {
        using var capsule = new CapsuleProgram();
        capsule.Write("app/capsule.toml", Programs.Native("serve.pl", "port = 4000"));
        capsule.Write("app/serve.pl", Programs.PerlServer);
        for (var round = 0; round < 3; round++)
        {
            using var runner = capsule.Start("run", "app", "--port", "0");
            int[] spawners;
            for (var end = DateTime.UtcNow.AddSeconds(60); ; await Task.Yield())
            {
                spawners = [.. HostProcesses.Tree(runner.Id).Where(p => HostProcesses.CommandLine(p).Contains("capsule-init outer ", StringComparison.Ordinal))];
                if (spawners.Length > 0)
                {
                    break;
                }

                Assert.IsFalse(runner.HasEnded, runner.All);
                Assert.IsLessThan(end, DateTime.UtcNow, $"it started no spawner: {runner.All}");
            }

            runner.Signal(LiveProgram.Kill);
            Assert.AreEqual(137, (await runner.EndAsync()).ExitCode);
            for (var end = DateTime.UtcNow.AddSeconds(30); spawners.Any(HostProcesses.IsAlive); await Task.Delay(20))
            {
                Assert.IsLessThan(end, DateTime.UtcNow, "the spawner outlives its runner");
            }

            var left = Directory.GetFileSystemEntries(capsule.Temporary, "capsule-*");
            Assert.IsEmpty(left, string.Join(", ", left));
        }
    }

    /// <summary>An idle sandbox has no reason to end: a workload's watch over its parent, a proxy's timeout and a missing reader are such reasons.</summary>
    [TestMethod]
    public async Task NothingEndsASandboxThatIsIdleForAMinute()
    {
        using var capsule = await KitAsync(Programs.Kit());
        using var run = await RunningRun.DetachAsync(capsule, "kit");
        Assert.AreEqual("alive", await run.GetAsync("/"));

        await Task.Delay(TimeSpan.FromSeconds(65));

        Assert.AreEqual("alive", await run.GetAsync("/"));
        StringAssert.Contains(await capsule.DoAsync("ps"), "running");
        await capsule.DoAsync("stop", run.Id);
    }

    /// <summary>What a killed runner could not clear away goes when the next one starts.</summary>
    private static async Task EndsCleanAsync(CapsuleProgram capsule, RunningRun run, int signal)
    {
        Assert.AreEqual("", await capsule.DoAsync("ps"));
        if (signal == LiveProgram.Kill)
        {
            StringAssert.Contains(await capsule.DoAsync("ps", "--all"), "dead");
            using var next = await RunningRun.DetachAsync(capsule, "kit");
            await capsule.DoAsync("stop", next.Id);
            Assert.IsEmpty(Leftovers.In(next.Folder), string.Join(", ", Leftovers.In(next.Folder)));
        }

        Assert.IsEmpty(Leftovers.In(run.Folder), string.Join(", ", Leftovers.In(run.Folder)));
    }

    private static async Task<CapsuleProgram> KitAsync(string manifest)
    {
        var capsule = await new CapsuleProgram().HoldingAsync("bun");
        capsule.Write("kit/capability.yml", manifest);
        capsule.Write("kit/workloads/hello/index.ts", Programs.Probe);
        return capsule;
    }
}
