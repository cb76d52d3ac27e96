using System.Diagnostics;
using System.Globalization;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Several processes in one cell: started as soon as what they need is ready, stopped the other way round.</summary>
[TestClass]
public class StartingInOrder
{
    private const string Service = "trap 'echo down; exit 0' TERM; echo up; while true; do sleep 0.1; done";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [Timeout(120_000)]
    public async Task TwoHundredProcessesStartNearTheirCriticalPath()
    {
        const int Layers = 10, Wide = 20, Delay = 100;
        await using var scene = new Scene();
        scene.Tree.Write("late.c", """
            #include <arpa/inet.h>
            #include <stdlib.h>
            #include <unistd.h>
            int main(int count, char **words) {
              usleep(atoi(words[2]) * 1000);
              struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons(atoi(words[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
              int server = socket(AF_INET, SOCK_STREAM, 0);
              if (bind(server, (struct sockaddr *)&at, sizeof at) || listen(server, 9)) return 1;
              for (;;) close(accept(server, 0, 0));
            }
            """);
        var built = await Command.RunAsync("gcc", ["-static", "-o", scene.Tree["late"], scene.Tree["late.c"]]);
        Assert.AreEqual(0, built.ExitCode, built.All);
        var processes =
            from layer in Enumerable.Range(0, Layers)
            from place in Enumerable.Range(0, Wide)
            let port = 10000 + (layer * Wide) + place
            select new ProcessPlan
            {
                Id = $"all/{layer}-{place}",
                Stage = ProcessStage.Service,
                Argv = ["/app/late", Text(port), Text(Delay)],
                Cwd = "/tmp",
                Network = new NetworkPlan { Mode = NetworkMode.Loopback },
                Listen = [new ListenPlan { Name = "own", Port = port }],
                Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "own", TimeoutSeconds = 60 },
                DependsOn = layer == 0 ? [] : [$"all/{layer - 1}-{place}", $"all/{layer - 1}-{(place + 1) % Wide}"],
            };
        var cell = new CellPlan
        {
            Id = "all",
            Mounts = [new MountPlan { Id = "app", Kind = MountKind.Tree, Source = "", Target = "/app", Exec = true }],
            Processes = [.. processes],
        };

        var clock = Stopwatch.StartNew();
        var run = (await RunEngine.StartAsync(scene.Request(cell), default)).Value!;
        var took = clock.Elapsed;
        TestContext.WriteLine($"200 processes, critical path {Layers * Delay} ms: ready in {took.TotalMilliseconds:0} ms");
        var ready = scene.Log.Where(l => l.Text.EndsWith(" is ready", StringComparison.Ordinal)).Select(l => l.Text.Split(' ')[0]).ToList();
        Assert.HasCount(Layers * Wide, ready);
        foreach (var process in cell.Processes)
        {
            Assert.IsTrue(process.DependsOn.All(d => ready.IndexOf(d) < ready.IndexOf(process.Id)), $"{process.Id} was ready before what it needs");
        }

        // One after the other they would take twenty seconds by their delays alone.
        Assert.IsLessThan(TimeSpan.FromSeconds(10), took);
        clock.Restart();
        await run.StopAsync();
        TestContext.WriteLine($"stopped in {clock.ElapsedMilliseconds} ms");
        Assert.HasCount(Layers * Wide, run.Record.Processes);
    }

    [TestMethod]
    public async Task ProcessesOfOneCellStopBeforeWhatTheyNeed()
    {
        await using var scene = new Scene();
        var cell = Cell(
            "all",
            Shell("all/app", Service, ProcessStage.Service) with { DependsOn = ["all/api"] },
            Shell("all/api", Service, ProcessStage.Service) with { DependsOn = ["all/db"] },
            Shell("all/db", Service, ProcessStage.Service));
        var run = (await RunEngine.StartAsync(scene.Request(cell), default)).Value!;
        await Task.Delay(500);
        await run.StopAsync();
        Assert.AreEqual(
            "all/db up, all/api up, all/app up, all/app down, all/api down, all/db down",
            string.Join(", ", scene.Log.Where(l => l.Stream == "out").Select(l => $"{l.Process} {l.Text}")));
    }

    [TestMethod]
    public async Task OneThatIgnoresItsSignalDelaysTheOthersByItsGraceOnly()
    {
        await using var scene = new Scene();
        var deaf = Shell("all/deaf", "trap '' TERM; echo up; while true; do sleep 0.1; done", ProcessStage.Service) with { DependsOn = ["all/db"], Stop = new StopPlan("TERM", 1) };
        var run = (await RunEngine.StartAsync(scene.Request(Cell("all", deaf, Shell("all/db", Service, ProcessStage.Service))), default)).Value!;
        await Task.Delay(500);
        var clock = Stopwatch.StartNew();
        await run.StopAsync();
        Assert.IsTrue(scene.Log.Any(l => l is { Process: "all/db", Text: "down" }), "the other one could say goodbye");
        Assert.IsLessThan(TimeSpan.FromSeconds(5), clock.Elapsed);
    }

    [TestMethod]
    public async Task OneThatFailsEndsTheStartOfAll()
    {
        await using var scene = new Scene();
        var cell = Cell(
            "all",
            Shell("all/db", Service, ProcessStage.Service),
            Shell("all/api", "echo no such model >&2; exit 3", ProcessStage.Service) with
            {
                DependsOn = ["all/db"],
                Network = new NetworkPlan { Mode = NetworkMode.Loopback },
                Listen = [new ListenPlan { Name = "own", Port = 9000 }],
                Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "own" },
            },
            Shell("all/app", Service, ProcessStage.Service) with { DependsOn = ["all/api"] });
        var problem = await RefusedAsync(scene.Request(cell));
        Assert.AreEqual("CAP5404", problem.Code);
        StringAssert.Contains(problem.Message, "no such model");
        Assert.IsFalse(scene.Log.Any(l => l.Process == "all/app"), "what needs it is not started");
    }

    [TestMethod]
    public async Task OneThatWasReadyAndEndsWhileOthersStartEndsTheStart()
    {
        await using var scene = new Scene();
        var never = Shell("all/slow", "sleep 60", ProcessStage.Service) with
        {
            Network = new NetworkPlan { Mode = NetworkMode.Loopback },
            Listen = [new ListenPlan { Name = "own", Port = 9000 }],
            Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "own", TimeoutSeconds = 60 },
        };
        var clock = Stopwatch.StartNew();
        var problem = await RefusedAsync(scene.Request(Cell("all", Shell("all/db", "sleep 1; exit 4", ProcessStage.Service), never)));
        Assert.AreEqual("CAP5406", problem.Code);
        StringAssert.Contains(problem.Message, "exit code 4");
        Assert.IsLessThan(TimeSpan.FromSeconds(20), clock.Elapsed);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
