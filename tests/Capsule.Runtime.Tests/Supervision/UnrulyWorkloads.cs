using System.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Sandbox;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Workloads that take what they can. The runner goes on, and stops them in time with all they started.</summary>
[TestClass]
public class UnrulyWorkloads
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [TestMethod]
    public async Task AFloodedLogStaysWithinItsBounds()
    {
        await using var scene = new Scene();
        await using var run = await StartAsync(scene, Shell("job/task", "head -c 40000000 /dev/zero | tr '\\0' 'x' | fold -w 4000; echo; echo the end"));
        Assert.AreEqual(0, (await run.Ended.WaitAsync(Soon)).ExitCode);
        var logs = new DirectoryInfo(Path.Combine(scene.Home.Logs, run.Id)).GetFiles();
        Assert.IsLessThan(22L << 20, logs.Sum(f => f.Length), "two files of 10 MiB at most");
        Assert.AreEqual("the end", LogReader.Read(scene.Home, run.Id, "job/task")[^1].Text);
    }

    [TestMethod]
    public async Task AFloodDoesNotDelayTheStop()
    {
        await using var scene = new Scene();
        var run = await StartAsync(scene, Shell("web/service", "trap 'exit 0' TERM; yes 'and again' & while true; do sleep 0.1; done", ProcessStage.Service));
        await Task.Delay(500);
        await StopsAsync(run, seconds: 5);
    }

    [TestMethod]
    public async Task ForkingWithoutEndEndsAtTheLimitAndWithTheRun()
    {
        await using var scene = new Scene();
        const string Bomb = "perl -e '$SIG{TERM} = \"IGNORE\"; $| = 1; while (1) { defined fork or do { print \"no more\\n\"; sleep 1 } }'";
        var run = await StartAsync(scene, Shell("web/service", Bomb, ProcessStage.Service) with { Limits = new LimitsPlan { Pids = 40 }, Stop = new StopPlan("TERM", 1) });
        await UntilAsync(scene, "no more");
        var below = Descendants.Of(Environment.ProcessId).Where(p => Line(p).Contains("IGNORE", StringComparison.Ordinal)).ToList();
        Assert.IsGreaterThan(10, below.Count);
        Assert.IsLessThan(60, below.Count);
        await StopsAsync(run, seconds: 5);
        Assert.IsTrue(await Descendants.AllEndAsync(below, Soon));
    }

    [TestMethod]
    public async Task AFullTmpIsItsOwnProblem()
    {
        await using var scene = new Scene();
        var service = Shell("web/service", "head -c 50M /dev/zero > /tmp/all || echo full; while true; do sleep 0.1; done", ProcessStage.Service);
        var run = await StartAsync(scene, service with { Limits = new LimitsPlan { Tmp = 4 << 20 }, Stop = new StopPlan("TERM", 1) });
        await UntilAsync(scene, "full");
        Assert.IsFalse(run.Ended.IsCompleted, "the run goes on");
        await StopsAsync(run, seconds: 5);
    }

    [TestMethod]
    public async Task ATermThatIsIgnoredIsFollowedByKillAfterTheGrace()
    {
        await using var scene = new Scene();
        var deaf = Shell("web/service", "trap '' TERM HUP INT; (setsid sleep 987 &); echo up; while true; do sleep 0.1; done", ProcessStage.Service) with { Stop = new StopPlan("TERM", 1) };
        var run = await StartAsync(scene, deaf);
        await UntilAsync(scene, "up");
        var below = Descendants.Of(Environment.ProcessId).Where(p => Line(p).Contains("sleep 987", StringComparison.Ordinal)).ToList();
        Assert.IsNotEmpty(below);
        var took = await StopsAsync(run, seconds: 5);
        Assert.IsGreaterThan(0.9, took.TotalSeconds, "it had its grace");
        Assert.IsFalse(below.Any(Descendants.IsAlive));
        Assert.AreEqual(137, run.Record.Processes.Single().ExitCode);
    }

    [TestMethod]
    public async Task AnEndDuringTheProbeIsToldAtOnceWithItsCode()
    {
        await using var scene = new Scene();
        const string Server = "use Socket; socket(S, PF_INET, SOCK_STREAM, 0); bind(S, sockaddr_in(4000, inet_aton(\"127.0.0.1\"))) or die; listen(S, 5); accept(C, S); print \"asked\\n\"; exit 3";
        var process = Shell("web/service", $"perl -e '{Server}'", ProcessStage.Service) with
        {
            Network = new NetworkPlan { Mode = NetworkMode.Loopback },
            Listen = [new ListenPlan { Name = "http", Port = 4000 }],
            Ready = new ReadyPlan { Kind = ReadyKind.Http, Listener = "http", Path = "/health", TimeoutSeconds = 60 },
        };
        var watch = Stopwatch.StartNew();
        var ended = await RefusedAsync(scene.Request(Cell("web", process)));
        Assert.AreEqual("CAP5404", ended.Code);
        StringAssert.Contains(ended.Message, "'web/service' ended with exit code 3 before it was ready.");
        StringAssert.Contains(ended.Message, "asked");
        Assert.IsLessThan(20, watch.Elapsed.TotalSeconds);
        Assert.IsFalse(RunList.All(scene.Home).Single().IsAlive);
    }

    private static async Task<RunningPackage> StartAsync(Scene scene, ProcessPlan process)
    {
        var started = await RunEngine.StartAsync(scene.Request(Cell(process.Id.Split('/')[0], process)), default);
        return started.Value ?? throw new AssertFailedException(started.Diagnostics[0].Text);
    }

    private static async Task<TimeSpan> StopsAsync(RunningPackage run, int seconds)
    {
        var watch = Stopwatch.StartNew();
        await run.StopAsync().WaitAsync(Soon);
        Assert.IsLessThan(seconds, watch.Elapsed.TotalSeconds);
        return watch.Elapsed;
    }

    private static async Task UntilAsync(Scene scene, string text)
    {
        for (var end = DateTime.UtcNow + Soon; !scene.Log.Any(l => l.Text == text); await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, $"it never said {text}");
        }
    }

    private static string Line(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/cmdline").Replace('\0', ' ');
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
