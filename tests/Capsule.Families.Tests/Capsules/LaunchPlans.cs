using Capsule.Core.Plans;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class LaunchPlans
{
    [TestMethod]
    public void ASiteIsServedByUsAndStartsNothing()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Site, "dist/index.html");
        var launch = project.Plans().Launch!;
        Assert.IsEmpty(launch.Cells);
        Assert.AreEqual(8080, launch.PublicPort);
        var route = launch.Public.Single();
        Assert.AreEqual(("/", "dist", "index.html", null), (route.Prefix, route.Files, route.Index, route.Process));
        Assert.AreEqual("/targets/site/entrypoint", route.Origin!.Pointer);
        Assert.AreEqual(10, route.Origin.Range!.Line);
    }

    [TestMethod]
    public void ASiteMayNameItsPage()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Site.Replace("\"dist\"", "\"dist/start.html\"", StringComparison.Ordinal), "dist/start.html");
        var route = project.Plans().Launch!.Public.Single();
        Assert.AreEqual(("dist", "start.html"), (route.Files, route.Index));
    }

    [TestMethod]
    public void AServerListensOnLoopbackOfItsOwn()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\ncmd = [\"--fast\"]\nhealth_check = \"/health\"\nrequired_env = [\"TOKEN\", \"HOST\", \"TOKEN\"]\n[targets]\nstartup_timeout = 5\nenv = {{ A = \"1\" }}\n[targets.server.env]\nB = \"2\"\n", "server.mjs");
        var package = project.Plans();
        var launch = package.Launch!;
        var cell = launch.Cells.Single();
        var process = cell.Processes.Single();
        Assert.AreEqual("server/service", process.Id);
        Assert.AreEqual(ProcessStage.Service, process.Stage);
        Assert.AreEqual(new ToolchainPlan("node", "20.11.0"), process.Toolchain);
        CollectionAssert.AreEqual(new[] { process.Toolchain }, package.Toolchains.ToArray());
        CollectionAssert.AreEqual(new[] { "node", "server.mjs", "--fast" }, process.Argv!.ToArray());
        Assert.AreEqual("/app", process.Cwd);
        Assert.AreEqual("A=1 B=2 HOME=/home/capsule PORT=3000 TMPDIR=/tmp XDG_CACHE_HOME=/var/cache/capsule", string.Join(' ', process.Env.Select(e => $"{e.Key}={e.Value}")));
        CollectionAssert.AreEqual(new[] { "HOST", "TOKEN" }, process.RequiredEnv.ToArray());
        Assert.AreEqual(NetworkMode.Loopback, process.Network.Mode);
        Assert.AreEqual("/targets/server/port", process.Network.Permission!.Origin.Pointer);
        Assert.AreEqual(new ListenPlan { Name = "http", Port = 3000 }, process.Listen.Single());
        Assert.AreEqual(new ReadyPlan { Kind = ReadyKind.Http, Listener = "http", Path = "/health", TimeoutSeconds = 5 }, process.Ready);
        Assert.AreEqual(
            "Tree:/app:ReadOnly State:/home/capsule:ReadWrite Cache:/var/cache/capsule:ReadWrite Tmp:/tmp:ReadWrite",
            string.Join(' ', cell.Mounts.Select(m => $"{m.Kind}:{m.Target}:{m.Access}")));
        Assert.AreEqual(("/", "server/service", "http"), (launch.Public[0].Prefix, launch.Public[0].Process, launch.Public[0].Listener));
        Assert.AreEqual(3000, launch.PublicPort);
        Assert.AreEqual("server", launch.Selection.Target);
        Assert.IsEmpty(package.LaunchNotYet);
        Assert.IsNull(package.Tests);
    }

    [TestMethod]
    public void ThePortMayStandInTheEnvironment()
    {
        using var project = CapsuleScenario.ServerWith("port = 3000", "[targets.server.env]\nPORT = \"4000\"");
        var launch = project.Plans().Launch!;
        Assert.AreEqual(4000, launch.PublicPort);
        Assert.AreEqual(4000, launch.Cells[0].Processes[0].Listen.Single().Port);
        Assert.AreEqual("/targets/server/env/PORT", launch.Cells[0].Processes[0].Network.Permission!.Origin.Pointer);
    }

    [TestMethod]
    public void AProgramWithoutAPortRunsToItsEndWithoutNetwork()
    {
        using var project = CapsuleScenario.ServerWith("port = 3000", "working_dir = \"data\"").With("data/x.txt", "x");
        var launch = project.Plans().Launch!;
        var process = launch.Cells[0].Processes[0];
        Assert.AreEqual(("server/task", ProcessStage.Task, NetworkMode.None), (process.Id, process.Stage, process.Network.Mode));
        Assert.AreEqual("/app/data", process.Cwd);
        CollectionAssert.AreEqual(new[] { "node", "/app/server.mjs" }, process.Argv!.ToArray());
        Assert.IsEmpty(launch.Public);
        Assert.IsNull(launch.PublicPort);
        Assert.AreEqual(ReadyKind.Started, process.Ready.Kind);
    }

    [TestMethod]
    public void WithoutADriverTheCommandNamesTheProgram()
    {
        using var project = CapsuleScenario.ServerWith("driver = \"node\"\nruntime_version = \"20.11.0\"", "cmd = [\"node\", \"--no-warnings\", \"server.mjs\"]");
        var process = project.Plans().Launch!.Cells[0].Processes[0];
        Assert.AreEqual(new ToolchainPlan("node"), process.Toolchain);
        CollectionAssert.AreEqual(new[] { "node", "--no-warnings", "server.mjs" }, process.Argv!.ToArray());
    }

    [TestMethod]
    public void AnotherTargetCanBeChosen()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[targets.site]\nruntime = \"web\"\ndriver = \"static\"\nentrypoint = \"dist\"\nport = 8080\n", "server.mjs", "dist/index.html");
        Assert.AreEqual(("server", 3000), (project.Plans().Launch!.Selection.Target, project.Plans().Launch!.PublicPort));
        Assert.AreEqual(("site", 8080), (project.Plans("site").Launch!.Selection.Target, project.Plans("site").Launch!.PublicPort));
        var unknown = project.Compile("sites").Diagnostics.Single();
        Assert.AreEqual("CAP0021", unknown.Code);
        StringAssert.Contains(unknown.Message, "Did you mean 'site'?");
    }
}
