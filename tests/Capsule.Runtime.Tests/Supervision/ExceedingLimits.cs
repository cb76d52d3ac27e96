using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>A limit that is reached is reported like every other refusal: the process cannot say it itself.</summary>
[TestClass]
public class ExceedingLimits
{
    [TestMethod]
    [DynamicData(nameof(Limits))]
    public async Task IsADenialAtTheProcesssPlace(LimitsPlan limits, string script, int exit, string name, string value, string code)
    {
        if (name == "pids" && !CgroupHost.Find("/sys/fs/cgroup", await File.ReadAllLinesAsync("/proc/self/cgroup")).Has("pids"))
        {
            // Only a control group counts what it refused; RLIMIT_NPROC is seen by the process alone.
            return;
        }

        await using var scene = new Scene();
        var process = Shell("job/task", script) with { Limits = limits, Origin = new Origin("capsule.toml", "/targets/job", new SourceRange(8, 10, 8, 13)) };
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", process)), default)).Value!;
        Assert.AreEqual(exit, (await run.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
        var line = scene.Log.Single(l => l.Denial is not null);
        var denial = line.Denial!;
        Assert.AreEqual(("job/task", DeniedOperation.Exceed, name, value, "limits:job/task"), (denial.Process, denial.Operation, denial.Target, denial.Value, denial.Permission));
        Assert.AreEqual("capsule.toml:8:10", denial.Place);
        StringAssert.StartsWith(line.Text, code + ": ");
    }

    [TestMethod]
    public async Task AProcesssOwnLimitsAreNotItsNeighbours()
    {
        await using var scene = new Scene();
        var first = Shell("job/a", "head -c 2M /dev/zero > /tmp/x; exit $?") with { Limits = new LimitsPlan { FileSize = 1 << 20, WallSeconds = 600 } };
        var second = Shell("job/b", "head -c 2M /dev/zero > /tmp/y; wc -c < /tmp/y; sleep 600", ProcessStage.Service);
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", second, first)), default)).Value!;
        Assert.AreEqual(153, (await run.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
        Assert.IsTrue(SpinWait.SpinUntil(() => scene.Log.Any(l => l.Process == "job/b" && l.Text == "2097152"), TimeSpan.FromSeconds(60)), "the other writes more");
        Assert.AreEqual("job/a", scene.Log.Select(l => l.Denial).OfType<Denial>().Single().Process);
    }

    private static IEnumerable<(LimitsPlan Limits, string Script, int Exit, string Name, string Value, string Code)> Limits() =>
    [
        (new LimitsPlan { Memory = 64L << 20 }, "perl -e '$x = \"a\" x 300_000_000; sleep 20'", 137, "memory", "67108864 bytes", "CAP5132"),
        (new LimitsPlan { Pids = 8 }, "perl -e 'for (1..20) { defined(my $p = fork) or last; if (!$p) { sleep 20; exit } } kill 9, -getpgrp'", 137, "pids", "8 processes", "CAP5171"),
        (new LimitsPlan { Tmp = 4 << 20 }, "head -c 5M /dev/zero > /tmp/x 2>/dev/null; exit 3", 3, "tmp", "4194304 bytes", "CAP5172"),
        (new LimitsPlan { FileSize = 1 << 20 }, "head -c 2M /dev/zero > /tmp/x; exit $?", 153, "fileSize", "1048576 bytes", "CAP5173"),
        (new LimitsPlan { WallSeconds = 1 }, "trap '' TERM; sleep 60 & wait", 137, "wall", "1 s", "CAP5174"),
    ];
}
