using System.Diagnostics;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>However a runner or a cell ends, nothing that ran in it is left.</summary>
[TestClass]
public class EndOfTheRunner
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [TestMethod]
    public async Task KilledItLeavesNoProcess()
    {
        var command = await RefusingToStart.ProbeCommandAsync("hold");
        using var runner = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        try
        {
            Assert.AreEqual("held", await runner.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
            var below = Descendants.Of(runner.Id);
            Assert.IsGreaterThanOrEqualTo(6, below.Count, "outer, bubblewrap, init, shell and two sleeps");
            runner.Kill();
            Assert.IsTrue(await Descendants.AllEndAsync(below, Soon), string.Join(", ", below.Where(Descendants.IsAlive)));
        }
        finally
        {
            runner.Kill(entireProcessTree: true);
        }
    }

    [TestMethod]
    public async Task WhenTheOuterInitIsKilledTheCellsEndAndTheNextOneOpens()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var process = await cell.StartAsync(CellProcesses.Shell("trap '' TERM; echo ready; sleep 1000"));
        await process.Output.UntilAsync("ready");
        var outer = scene.Sandbox.OuterPid;
        var below = Descendants.Of(outer);
        Process.GetProcessById(outer).Kill();
        Assert.AreEqual(137, await process.Exited.WaitAsync(Soon));
        Assert.IsTrue(await Descendants.AllEndAsync(below, Soon));
        var next = await scene.OpenAsync();
        Assert.AreEqual("next\n", (await next.ShellAsync("echo next")).Output);
    }

    /// <summary>
    /// Struck while bubblewrap starts, again and again: a bubblewrap that died between making its child and letting it go on would leave
    /// one that waits for ever, and with the outer init gone nobody else would find it.
    /// </summary>
    [TestMethod]
    public async Task WheneverTheOuterInitIsKilledDuringAStartNothingIsLeft()
    {
        const int LongestStart = 30;
        var rounds = Environment.GetEnvironmentVariable("CAPSULE_LONG") is null ? 60 : 600;
        var random = new Random(4);
        for (var round = 0; round < rounds; round++)
        {
            await using var scene = new SandboxScene();
            await (await scene.OpenAsync()).DisposeAsync();
            var outer = scene.Sandbox.OuterPid;
            var opening = scene.Sandbox.OpenAsync(new CellRequest { Name = "test/struck", Mounts = [] }, CancellationToken.None);
            var below = new HashSet<int>();
            var moment = TimeSpan.FromMilliseconds(random.NextDouble() * LongestStart);
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < moment;)
            {
                below.UnionWith(Descendants.Of(outer));
            }

            Process.GetProcessById(outer).Kill();
            below.UnionWith(Descendants.Of(outer));
            if ((await opening).Value is { } cell)
            {
                await cell.DisposeAsync();
            }

            Assert.IsTrue(await Descendants.AllEndAsync([.. below], Soon), $"round {round}, after {moment.TotalMilliseconds:0.0} ms: {string.Join(", ", below.Where(Descendants.IsAlive))}");
        }
    }

    /// <summary>A script stands for bubblewrap: the moment before its child asks to die with it cannot be met at will.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task WhatABubblewrapLeavesThatIsKilledDuringItsStartEnds(bool cellOnly)
    {
        using var folder = new TemporaryFolder();
        var script = folder.Write("bwrap", "#!/bin/sh\nsleep 1234 &\nsleep 1234\n");
        Assert.AreEqual(0, (await Command.RunAsync("chmod", ["-R", "a+rx", folder.Path])).ExitCode);
        var outer = (await OuterInit.StartAsync(SandboxScene.InitPath, script, CancellationToken.None)).Value!;
        var (read, write) = Descriptors.Pipe();
        using (read)
        using (write)
        {
            var user = Environment.UserName == "root" ? SandboxScene.Range.First : -1;
            var watch = outer.Open(user, user, write, write);
            var below = new List<int>();
            for (var end = DateTime.UtcNow + Soon; (below = Descendants.Of(outer.Pid)).Count < 3; await Task.Delay(20))
            {
                Assert.IsLessThan(end, DateTime.UtcNow, "the shell and its two children");
            }

            if (cellOnly)
            {
                outer.Kill(watch);
            }
            else
            {
                await outer.DisposeAsync();
            }

            Assert.IsTrue(await Descendants.AllEndAsync(below, Soon), string.Join(", ", below.Where(Descendants.IsAlive)));
            if (cellOnly)
            {
                await outer.DisposeAsync();
            }
        }
    }

    [TestMethod]
    public async Task ADisposedCellIsEmptyWhenTheCallReturns()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var process = await cell.StartAsync(CellProcesses.Shell("trap '' TERM HUP; (setsid sleep 1000 &) ; echo ready; sleep 1000"));
        await process.Output.UntilAsync("ready");
        var below = Descendants.Of(scene.Sandbox.OuterPid);
        await cell.DisposeAsync();
        Assert.IsFalse(below.Any(Descendants.IsAlive));
        Assert.AreEqual(137, await process.Exited.WaitAsync(Soon));
    }

    [TestMethod]
    public async Task CellsHaveUsersOfTheirOwn()
    {
        await using var scene = new SandboxScene();
        var first = await scene.OpenAsync();
        var second = await scene.OpenAsync();
        Assert.IsTrue(Environment.UserName != "root" || first.Enforcement.Uid != second.Enforcement.Uid);
        var secret = await first.StartAsync(CellProcesses.Shell("echo ready; sleep 1000"));
        await secret.Output.UntilAsync("ready");
        Assert.AreEqual("", (await second.ShellAsync("ps -e -o args 2>/dev/null | grep 'sleep 1000' | grep -v grep")).Output);
    }

    [TestMethod]
    public async Task ACancelledStartLeavesTheCellUsable()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => cell.StartAsync(CellProcesses.Shell("true"), cancelled.Token));
        await Assert.ThrowsAsync<OperationCanceledException>(() => scene.Sandbox.OpenAsync(new CellRequest { Name = "test/cell", Mounts = [] }, cancelled.Token));
        Assert.AreEqual(0, (await cell.ShellAsync("true")).ExitCode);
    }
}
