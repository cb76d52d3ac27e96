using System.Globalization;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>System calls that are refused, as the log and programs tell of them.</summary>
[TestClass]
public class ReportingRefusals
{
    private const string Socket = "perl -e 'socket(S, 2, 1, 0); socket(S, 10, 1, 0); socket(S, 2, 2, 0)'";
    private static readonly Origin Place = new("capsule.toml", "/network/egress_allow", new SourceRange(7, 1, 7, 13));

    [TestMethod]
    public async Task ASocketNamesTheLineThatGrantsIt()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Shell("job/task", Socket) with { EgressGrant = new Permission("network:job/task", Place, "egress_allow = [\"{destination}\"]") });
        var expected = new Denial(
            "job/task", DeniedOperation.Socket, "internet", "the manifest grants no network", "network:job/task", "egress_allow = [\"HOST\"]", "capsule.toml", 7, 1, Program: "perl");
        var lines = scene.Log.Where(l => l.Denial is not null).ToArray();
        Assert.AreEqual(expected, lines[0].Denial);
        Assert.AreEqual(expected with { Program = null, Count = 3 }, lines[1].Denial, "the summary at the end");
        Assert.HasCount(2, lines);
        Assert.AreEqual(
            "CAP5170: job/task (perl) may not open an internet socket: the manifest grants no network. To allow it, write: egress_allow = [\"HOST\"] (capsule.toml:7:1)", lines[0].Text);
        StringAssert.StartsWith(lines[1].Text, "CAP5170: job/task may not open an internet socket: the manifest grants no network; 3 times in all. To allow it");
        var kept = LogReader.Read(scene.Home, RunList.All(scene.Home).Single().Record.Id).First(l => l.Denial is not null);
        Assert.AreEqual(expected, kept.Denial, "the log on disk holds it");
    }

    [TestMethod]
    public async Task TheLineOfAKitIsItsNetwork()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Shell("job/task", Socket) with { Network = new NetworkPlan { Permission = new Permission("job/task", Place with { File = "capability.yml" }, "network: full") } });
        var denial = scene.Log.First(l => l.Denial is not null).Denial!;
        Assert.AreEqual(("network: full", "capability.yml:7:1"), (denial.Grant, denial.Place));
    }

    [TestMethod]
    public async Task WhatNothingGrantsSaysSo()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Shell("job/task", "perl -e 'syscall(101, 0, 0, 0, 0); syscall(425, 0, 0); socket(S, 40, 1, 0)'") with { Network = new NetworkPlan { Mode = NetworkMode.Loopback } });
        var lines = scene.Log.Where(l => l.Denial is not null).ToArray();
        Assert.AreEqual(new Denial("job/task", DeniedOperation.Syscall, "ptrace", "no manifest grants it", Program: "perl"), lines[0].Denial);
        Assert.AreEqual((DeniedOperation.Syscall, "io_uring_setup", LogLevel.Debug), (lines[1].Denial!.Operation, lines[1].Denial!.Target, lines[1].Level), "runtimes try it and do without");
        Assert.AreEqual((DeniedOperation.Socket, "vsock", LogLevel.Warn), (lines[2].Denial!.Operation, lines[2].Denial!.Target, lines[2].Level));
        Assert.AreEqual("CAP5170: job/task (perl) may not open a vsock socket: no manifest grants it.", lines[2].Text);
        Assert.HasCount(3, lines);
    }

    [TestMethod]
    public async Task IsInTheLogWithinATenthOfASecond()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Shell("job/task", "for n in 101 165 250 321 308; do echo $(date +%s%3N); perl -e 'syscall(shift, 0, 0, 0, 0, 0)' $n; sleep 0.1; done"));
        var asked = scene.Log.Where(l => l.Stream == "out").Select(l => long.Parse(l.Text, CultureInfo.InvariantCulture)).ToArray();
        var told = scene.Log.Where(l => l.Denial is not null).Select(l => l.Time.ToUnixTimeMilliseconds()).ToArray();
        Assert.HasCount(5, told);
        var delays = asked.Zip(told, (a, t) => t - a).ToArray();

        // The start of perl is in each; a busy machine delays some of them. The promise is for the best, and none is forgotten.
        Assert.IsLessThan(100, delays.Min(), $"ms until the log had them: {string.Join(", ", delays)}");
        Assert.IsLessThan(2000, delays.Max(), $"ms until the log had them: {string.Join(", ", delays)}");
    }

    private static async Task RunAsync(Scene scene, ProcessPlan process)
    {
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", process)), default)).Value!;
        await run.Ended.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
