using System.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Sandbox;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Services that end and are started again, in the same place and after longer and longer waits.</summary>
[TestClass]
public class StartingAgain
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    /// <summary>Counts its starts in its kept folder, and says the number to whoever connects.</summary>
    private const string Counting = "echo >> /state/starts; n=$(wc -l < /state/starts); echo \"start $n\"; ";

    private static readonly RestartPlan Quick = new() { When = RestartCondition.OnFailure, Attempts = 3, FirstWaitMilliseconds = 100, StaysUpSeconds = 600 };

    [TestMethod]
    public async Task OneThatFailsIsStartedAgainAsOftenAsItMayAndThenEndsTheRun()
    {
        await using var scene = new Scene();
        var request = scene.Request(WithState(Shell("web/service", "trap 'exit 7' USR1; " + Counting + "while test $n = 1; do sleep 0.05; done; exit 7", ProcessStage.Service) with { Restart = Quick }));
        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        await EndFirstAsync(scene, run);
        var end = await run.Ended.WaitAsync(Soon);
        Assert.AreEqual(6, end.ExitCode);
        Assert.AreEqual("CAP5406", end.Problem!.Code);
        StringAssert.Contains(end.Problem.Message, "'web/service' ended by itself with exit code 7");
        CollectionAssert.AreEqual(new[] { "start 1", "start 2", "start 3", "start 4" }, scene.Log.Where(l => l.Stream == "out").Select(l => l.Text).ToArray());
        CollectionAssert.AreEqual(
            new[]
            {
                "web/service is started again in 0.1 s (attempt 1 of 3): it ended by itself with exit code 7",
                "web/service is started again in 0.2 s (attempt 2 of 3): it ended by itself with exit code 7",
                "web/service is started again in 0.4 s (attempt 3 of 3): it ended by itself with exit code 7",
                "web/service is not started again: attempt 3 of 3 was the last",
            },
            scene.Log.Where(l => l.Level == LogLevel.Warn && l.Process == LogLine.Runner).Select(l => l.Text).ToArray());
        var record = run.Record.Processes.Single();
        Assert.AreEqual((3, 7), (record.Restarts, record.ExitCode));
    }

    [TestMethod]
    public async Task AnEndWithoutFailureIsAnEndUnlessItIsAlways()
    {
        await using var scene = new Scene();
        var service = Shell("web/service", "trap 'exit 0' USR1; " + Counting + "while test $n != 2; do sleep 0.05; done; exit 0", ProcessStage.Service);
        await using (var run = (await RunEngine.StartAsync(scene.Request(WithState(service with { Restart = Quick })), default)).Value!)
        {
            await EndFirstAsync(scene, run);
            StringAssert.Contains((await run.Ended.WaitAsync(Soon)).Problem!.Message, "exit code 0");
            Assert.AreEqual(0, run.Record.Processes.Single().Restarts);
        }

        await using var again = (await RunEngine.StartAsync(scene.Request(WithState(service with { Restart = Quick with { When = RestartCondition.Always } })), default)).Value!;
        await UntilAsync(() => scene.Log.Any(l => l.Text == "start 3"));
        Assert.IsFalse(again.Ended.IsCompleted);
    }

    [TestMethod]
    public async Task ThoseWhoNeedItFindItAgainAndItIsWaitedForAnew()
    {
        await using var scene = new Scene();
        const string Server = """perl -e 'use Socket; socket(S, PF_INET, SOCK_STREAM, 0); setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1); bind(S, sockaddr_in(4000, inet_aton("127.0.0.1"))) or die; listen(S, 5); while (accept(C, S)) { print C "number $ARGV[0]\n"; close C; }' $n""";
        var database = Shell("all/db", Counting + Server, ProcessStage.Service) with
        {
            Network = new NetworkPlan { Mode = NetworkMode.Loopback },
            Listen = [new ListenPlan { Name = "own", Port = 4000 }],
            Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "own", TimeoutSeconds = 60 },
            Restart = Quick,
        };
        var app = Shell("all/app", "trap 'exit 0' TERM; while true; do sleep 0.1; done", ProcessStage.Service) with { DependsOn = ["all/db"], Restart = Quick };
        await using var run = (await RunEngine.StartAsync(scene.Request(WithState(database, app)), default)).Value!;
        var dial = run.Dial("all/db", "own")!;
        Assert.AreEqual("number 1", await AskAsync(dial));
        var sandbox = InitOf(run);

        // What the shell started goes with it, or its port would still be held.
        Process.GetProcessById(run.Record.Processes.Single(p => p.Id == "all/db").Pid).Kill();
        await UntilAsync(() => scene.Log.Count(l => l.Text == "all/db is ready") == 2);
        Assert.AreEqual("number 2", await AskAsync(dial));
        Assert.AreEqual(Inside(run, "all/app"), Inside(run, "all/db"), "in the same sandbox");
        Assert.AreEqual(sandbox, InitOf(run));
        Assert.AreEqual(1, scene.Log.Count(l => l.Text == "all/app is ready"), "nobody else was started again");

        // The whole sandbox is killed: both come back in one new sandbox.
        Process.GetProcessById(sandbox).Kill();
        await UntilAsync(() => scene.Log.Count(l => l.Text == "all/db is ready") == 3 && scene.Log.Count(l => l.Text == "all/app is ready") == 2);
        Assert.AreEqual("number 3", await AskAsync(dial));
        Assert.AreEqual(Inside(run, "all/app"), Inside(run, "all/db"));
        Assert.AreNotEqual(sandbox, InitOf(run));
        Assert.IsFalse(run.Ended.IsCompleted);
        await run.StopAsync();
        Assert.AreEqual(3, run.Record.Processes.Sum(p => p.Restarts));
    }

    [TestMethod]
    public async Task AFirstStartThatFailsIsTriedAgain()
    {
        await using var scene = new Scene();
        var service = Shell("web/service", Counting + """test $n -lt 3 && exit 1; perl -e 'use Socket; socket(S, PF_UNIX, SOCK_STREAM, 0); bind(S, sockaddr_un("/run/own/s")) or die $!; listen(S, 5); while (accept(C, S)) { close C; }'""", ProcessStage.Service) with
        {
            Listen = [new ListenPlan { Name = "own", Path = "/run/own/s" }],
            Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "own", TimeoutSeconds = 60 },
            Restart = Quick,
        };
        var cell = WithState(service);
        await using var run = (await RunEngine.StartAsync(scene.Request(cell), default)).Value!;
        Assert.AreEqual(2, run.Record.Processes.Single().Restarts);

        // The file of a socket that a killed process leaves is not in the way of the next.
        Process.GetProcessById(run.Record.Processes.Single().Pid).Kill();
        await UntilAsync(() => scene.Log.Count(l => l.Text == "web/service is ready") == 2);
    }

    [TestMethod]
    public async Task AStopDuringTheWaitIsAtOnce()
    {
        await using var scene = new Scene();
        var service = Shell("web/service", "exit 1", ProcessStage.Service) with { Restart = Quick with { FirstWaitMilliseconds = 600_000, LongestWaitMilliseconds = 600_000 } };
        var run = (await RunEngine.StartAsync(scene.Request(Cell("web", service)), default)).Value!;
        await UntilAsync(() => scene.Log.Any(l => l.Text.StartsWith("web/service is started again in 600 s", StringComparison.Ordinal)));
        var clock = Stopwatch.StartNew();
        await run.StopAsync();
        Assert.IsLessThan(TimeSpan.FromSeconds(10), clock.Elapsed);
        Assert.IsFalse(run.Ended.IsCompleted);
    }

    [TestMethod]
    public void WaitsDoubleUpToTheirLongestAndStartOverAfterItStayedUp()
    {
        var budget = new RestartBudget(new RestartPlan { When = RestartCondition.Always, FirstWaitMilliseconds = 500, LongestWaitMilliseconds = 3000, StaysUpSeconds = 60 });
        double[] waits = [.. Enumerable.Range(0, 100).Select(_ => budget.Next(0, TimeSpan.Zero)!.Value.TotalSeconds)];
        CollectionAssert.AreEqual(new[] { 0.5, 1, 2, 3, 3 }, waits[..5]);
        Assert.AreEqual(3, waits[99]);
        Assert.AreEqual(0.5, budget.Next(1, TimeSpan.FromSeconds(60))!.Value.TotalSeconds);
        Assert.AreEqual((1, 101), (budget.Attempt, budget.Total));
        Assert.IsNull(new RestartBudget(null).Next(1, TimeSpan.Zero), "without a plan never");
    }

    /// <summary>The first start ends on demand: one that is over before its run has started is another case.</summary>
    private static async Task EndFirstAsync(Scene scene, RunningPackage run)
    {
        await UntilAsync(() => scene.Log.Any(l => l.Text == "start 1"));
        var pid = run.Record.Processes.Single().Pid.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.AreEqual(0, (await Command.RunAsync("kill", ["-USR1", pid])).ExitCode);
    }

    private static CellPlan WithState(params ProcessPlan[] processes) =>
        Cell(processes[0].Id.Split('/')[0], processes) with { Mounts = [new MountPlan { Id = "state", Kind = MountKind.State, Target = "/state", Access = MountAccess.ReadWrite }] };

    private static string? Inside(RunningPackage run, string process) =>
        new FileInfo($"/proc/{run.Record.Processes.Single(p => p.Id == process).Pid}/ns/pid").LinkTarget;

    private static int InitOf(RunningPackage run)
    {
        var inside = Inside(run, "all/app");
        return Descendants.Of(Environment.ProcessId).First(p => new FileInfo($"/proc/{p}/ns/pid").LinkTarget == inside && File.ReadAllText($"/proc/{p}/cmdline").StartsWith("/.capsule/init\0cell", StringComparison.Ordinal));
    }

    private static async Task<string> AskAsync(Dial dial)
    {
        using var limit = new CancellationTokenSource(Soon);
        await using var connection = await dial(limit.Token);
        using var reader = new StreamReader(connection);
        return (await reader.ReadToEndAsync(limit.Token)).Trim();
    }

    private static async Task UntilAsync(Func<bool> met)
    {
        for (var end = DateTime.UtcNow + Soon; !met(); await Task.Delay(20))
        {
            Assert.IsLessThan(end, DateTime.UtcNow, "it did not come");
        }
    }
}
