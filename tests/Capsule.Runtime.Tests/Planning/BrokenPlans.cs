using Capsule.Core.Plans;
using Capsule.Runtime.Planning;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Supervision;

namespace Capsule.Runtime.Tests.Planning;

/// <summary>Each rule about plans, broken once. A family's own rules stand before these and have tests of their own.</summary>
[TestClass]
public sealed class BrokenPlans
{
    private static readonly ProcessPlan Main = new()
    {
        Id = "web/main",
        Stage = ProcessStage.Service,
        Shell = "true",
        Cwd = "/tmp",
        Network = new NetworkPlan { Mode = NetworkMode.Egress, Egress = [new EgressRule("api.example.com", [443]), new EgressRule("*.example.org", [])] },
        Listen = [new ListenPlan { Name = "http", Port = 3000 }],
        Ready = new ReadyPlan { Kind = ReadyKind.Connect, Listener = "http" },
        DependsOn = ["web/db"],
    };

    private static readonly ProcessPlan Db = new() { Id = "web/db", Stage = ProcessStage.Service, Argv = ["/usr/bin/true"], Cwd = "/tmp", Listen = [new ListenPlan { Name = "db", Path = "/run/db.sock" }] };

    private static readonly MountPlan App = new() { Id = "app", Kind = MountKind.Tree, Source = "workloads/web", Target = "/app" };

    [TestMethod]
    public void OneThatKeepsAllOfThemIsNot() => Assert.IsEmpty(PlanRules.Check(Plan(Main, Db)), string.Join("; ", PlanRules.Check(Plan(Main, Db)).Select(p => p.Message)));

    [TestMethod]
    public void HaveEachNameOnce()
    {
        Says("CAP5470", "two processes called 'web/main'", Plan(Main, Main, Db));
        var twice = Plan(Main, Db);
        Says("CAP5470", "two cells called 'web'", twice with { Cells = [.. twice.Cells, new CellPlan { Id = "web" }] });
    }

    [TestMethod]
    public void NameOnlyWhatIsThere()
    {
        Says("CAP5471", "'web/main' needs the process 'web/cache'", Plan(Main with { DependsOn = ["web/cache"] }, Db));
        Says("CAP5471", "needs the process 'other/start'", Plan(Main with { Peers = [new PeerPlan("other/start", "/mcp", "mcp", "PEER")] }, Db));
        Says("CAP5471", "The public path '/' needs the process 'web/gone'", Plan(Main, Db) with { Public = [new PublicRoute { Prefix = "/", Process = "web/gone" }] });
        Says("CAP5479", "The public path '/' needs the listener 'https'", Plan(Main, Db) with { Public = [new PublicRoute { Prefix = "/", Process = "web/main", Listener = "https" }] });
        Says("CAP5479", "The readiness of 'web/main' needs the listener 'admin'", Plan(Main with { Ready = Main.Ready with { Listener = "admin" } }, Db));
    }

    [TestMethod]
    public void StartSomething()
    {
        Says("CAP5472", "has nothing to start", Plan(Main with { Shell = null }, Db));
        Says("CAP5472", "has nothing to start", Plan(Main, Db with { Argv = [] }));
        Says("CAP5472", "has both a program and a shell line", Plan(Main, Db with { Shell = "true" }));
        Says("CAP5482", "'web/main' is to be stopped by 'STOP'", Plan(Main with { Stop = new StopPlan("STOP") }, Db));
        Says("CAP5483", "'A=B' cannot be the name of a variable", Plan(Main with { Env = new Dictionary<string, string> { ["A=B"] = "" } }, Db));
    }

    [TestMethod]
    [DataRow("memory", 0)]
    [DataRow("memory", -1)]
    [DataRow("memory", long.MaxValue)]
    [DataRow("pids", 0)]
    [DataRow("pids", -1)]
    [DataRow("pids", int.MaxValue)]
    [DataRow("files", 0)]
    [DataRow("files", int.MaxValue)]
    [DataRow("fileSize", 0)]
    [DataRow("fileSize", -5)]
    [DataRow("tmp", 0)]
    [DataRow("tmp", long.MaxValue)]
    [DataRow("cpu", 0)]
    [DataRow("cpu", -1)]
    [DataRow("cpu", 1_000_000)]
    [DataRow("wall", 0)]
    public void LimitToAnAmountThatCanBeHeld(string limit, long value) =>
        Says("CAP5473", $"The limit '{limit}' of 'web/main' is {(value == long.MaxValue ? "92233720368547758" : value)}", Plan(Main with { Limits = Limit(limit, value) }, Db));

    [TestMethod]
    public void LimitToNumbersOnly()
    {
        Says("CAP5473", "The limit 'cpu'", Plan(Main with { Limits = new LimitsPlan { Cpu = double.NaN } }, Db));
        Says("CAP5473", "size of the mount tmp", Plan(Main, Db, new MountPlan { Id = "tmp", Kind = MountKind.Tmp, Target = "/tmp", Size = -1 }));
        Assert.IsEmpty(PlanRules.Check(Plan(Main with { Limits = new LimitsPlan { Memory = 64 << 20, Pids = 1, Cpu = 0.5, Files = 8, FileSize = 1, Tmp = 1 } }, Db)));
    }

    [TestMethod]
    public void AgreeOnWhatASandboxShares() => Says(
        "CAP5474", "'web/main' and 'web/db' share a sandbox, and its limit 'memory'", Plan(Main, Db with { Limits = new LimitsPlan { Memory = 64 << 20 } }));

    [TestMethod]
    public void ListenWhereOneCan()
    {
        Says("CAP5475", "it has neither", Plan(Main with { Listen = [new ListenPlan { Name = "http" }] }, Db));
        Says("CAP5475", "it has both", Plan(Main with { Listen = [new ListenPlan { Name = "http", Port = 1, Path = "/run/s" }] }, Db));
        Says("CAP5475", "65536 is no port", Plan(Main with { Listen = [new ListenPlan { Name = "http", Port = 65536 }] }, Db));
        Says("CAP5475", "is no absolute path", Plan(Main with { Listen = [new ListenPlan { Name = "http", Path = "/run/../etc/s" }] }, Db));
        Says("CAP5475", "is longer than 107 bytes", Plan(Main with { Listen = [new ListenPlan { Name = "http", Path = "/run/" + new string('s', 103) }] }, Db));
        Says("CAP5476", "'web/main' and 'web/db' share a sandbox and both listen on port 3000", Plan(Main, Db with { Listen = Main.Listen }));
        Says("CAP5477", "'web/main' listens on port 443, and its sandbox has api.example.com", Plan(Main with { Listen = [new ListenPlan { Name = "http", Port = 443 }] }, Db));
    }

    [TestMethod]
    [DataRow("*", null, "it is not a host name")]
    [DataRow("", null, "it is not a host name")]
    [DataRow("https://api.example.com", null, "it is not a host name")]
    [DataRow("api.example.com:443", null, "it is not a host name")]
    [DataRow("a b", null, "it is not a host name")]
    [DataRow("[::1]", null, "it is not a host name")]
    [DataRow("Api.example.com", null, "its letters are not lower case")]
    [DataRow("api.example.com", "ftp", "'ftp' is neither http nor https")]
    public void GrantHosts(string host, string? protocol, string problem) => Says(
        "CAP5478", problem, Plan(Main with { Network = Main.Network with { Egress = [new EgressRule(host, [443], protocol)] } }, Db));

    [TestMethod]
    public void GrantPorts() => Says(
        "CAP5478", "it has a port outside", Plan(Main with { Network = Main.Network with { Egress = [new EgressRule("api.example.com", [443, 0])] } }, Db));

    [TestMethod]
    public void MountWhatIsTheirsWhereItMayBe()
    {
        Says("CAP5480", "takes '../other' from the package", Plan(Main, Db, App with { Source = "../other" }));
        Says("CAP5480", "takes '/etc' from the package", Plan(Main, Db, App with { Source = "/etc" }));
        Says("CAP5125", "/usr belongs to the sandbox itself", Plan(Main, Db, App with { Target = "/usr/share/app" }));
        Says("CAP5125", "it is named twice", Plan(Main, Db, App, App with { Id = "again" }));
        Says("CAP5126", "/app/data lies below /app", Plan(Main, Db, App, App with { Id = "data", Target = "/app/data" }));
    }

    [TestMethod]
    public void WaitForATimeThatPasses()
    {
        Says("CAP5481", "The time to get ready of 'web/main' is 0", Plan(Main with { Ready = Main.Ready with { TimeoutSeconds = 0 } }, Db));
        Says("CAP5481", "The time to stop of 'web/main' is -1", Plan(Main with { Stop = new StopPlan(GraceSeconds: -1) }, Db));
    }

    [TestMethod]
    public async Task AreRefusedBeforeAnythingIsMade()
    {
        await using var scene = new Scene();
        var refused = await Scene.RefusedAsync(scene.Request(Scene.Cell("job", Scene.Shell("job/task", "true"), Scene.Shell("job/task", "true"))));
        Assert.AreEqual("CAP5470", refused.Code);
        Assert.IsFalse(Directory.Exists(Path.Combine(scene.HomeFolder.Path, "runs")), "not even a record");
    }

    [TestMethod]
    public async Task ALimitThatNothingHoldsEndsTheRunBeforeItsFirstStage()
    {
        await using var scene = new Scene(options => options with { CgroupRoot = "/nonexistent" });
        var prepare = Scene.Shell("job/prepare", "echo it ran", ProcessStage.Prepare);
        var refused = await Scene.RefusedAsync(scene.Request(Scene.Cell("job", prepare, Scene.Shell("job/task", "echo it ran") with { Limits = new LimitsPlan { Cpu = 0.5 } })));
        Assert.AreEqual("CAP5130", refused.Code);
        StringAssert.Contains(refused.Message, "'cpu'");
        Assert.IsFalse(scene.Log.Any(l => l.Text == "it ran"), "nothing of the package ran");
        Assert.AreEqual(RunState.Failed, RunList.All(scene.Home).Single().Record.State);
    }

    private static LimitsPlan Limit(string name, long value) => name switch
    {
        "memory" => new() { Memory = value },
        "pids" => new() { Pids = (int)value },
        "cpu" => new() { Cpu = value },
        "files" => new() { Files = (int)value },
        "fileSize" => new() { FileSize = value },
        "tmp" => new() { Tmp = value },
        _ => new() { WallSeconds = (int)value },
    };

    private static LaunchPlan Plan(ProcessPlan first, ProcessPlan second, params MountPlan[] mounts) => Plan([first, second], mounts);

    private static LaunchPlan Plan(ProcessPlan first, ProcessPlan second, ProcessPlan third) => Plan([first, second, third], []);

    private static LaunchPlan Plan(ProcessPlan[] processes, MountPlan[] mounts) => new()
    {
        Package = new PackageReference(FamilyNames.Capsule, "acme", "broken", "1.0.0"),
        Cells = [new CellPlan { Id = "web", Processes = processes, Mounts = mounts }],
        Public = [new PublicRoute { Prefix = "/", Process = "web/main", Listener = "http" }],
    };

    private static void Says(string code, string message, LaunchPlan plan)
    {
        var problem = PlanRules.Check(plan).Single();
        Assert.AreEqual(code, problem.Code, problem.Message);
        StringAssert.Contains(problem.Message, message);
        Assert.AreNotEqual("", problem.Hint);
    }
}
