using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>A limit that ends a process is reported like every other refusal: the process cannot say it itself.</summary>
[TestClass]
public class ExceedingLimits
{
    [TestMethod]
    public async Task TheEndByTheMemoryLimitIsADenialAtTheProcesssPlace()
    {
        await using var scene = new Scene();
        var process = Shell("job/task", "perl -e '$x = \"a\" x 300_000_000; sleep 20'") with
        {
            Limits = new LimitsPlan { Memory = 64L << 20 },
            Origin = new Origin("capsule.toml", "/targets/job", new SourceRange(8, 10, 8, 13)),
        };
        await using var run = (await RunEngine.StartAsync(scene.Request(Cell("job", process)), default)).Value!;
        Assert.AreEqual(137, (await run.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
        var line = scene.Log.Single(l => l.Denial is not null);
        var denial = line.Denial!;
        Assert.AreEqual(("job/task", DeniedOperation.Exceed, "memory", "limits:job/task"), (denial.Process, denial.Operation, denial.Target, denial.Permission));
        Assert.AreEqual("capsule.toml:8:10", denial.Place);
        StringAssert.StartsWith(line.Text, "CAP5132: ");
    }
}
