using Capsule.Core.Plans;
using Capsule.Families.Capsules.Services;

namespace Capsule.Families.Tests.Capsules;

[TestClass]
public class ServiceTargets
{
    // The lines are counted by the tests; the services begin at line 16.
    private const string Target = """
        schema_version = "0.2"
        name = "my-app"
        version = "1.0.0"
        type = "app"
        default_target = "web"

        [targets.web]
        runtime = "web"
        driver = "deno"
        runtime_version = "1.46.3"
        port = 8000
        runtime_tools = { node = "20.11.0", python = "3.11" }
        env = { LEVEL = "debug" }
        required_env = ["TOKEN"]


        """;

    private const string Services = """
        [services.main]
        entrypoint = "deno run --allow-net 'main file.ts'"
        depends_on = ["api", "db"]
        env = { API = "http://127.0.0.1:9000" }
        readiness_probe = { http_get = "/health", port = "PORT" }

        [services.api]
        command = "node api.mjs --fast"
        depends_on = ["db"]
        env = { API_PORT = "9000", LEVEL = "info" }
        readiness_probe = { tcp_connect = "127.0.0.1", port = "API_PORT" }

        [services.db]
        entrypoint = "./bin-db/db --quiet"
        env = { DB = "5432" }
        readiness_probe = { tcp_connect = "localhost:5432", port = "DB" }

        [services.log]
        entrypoint = "python3 -m http.server"
        """;

    [TestMethod]
    public void ShareOneCellAndStartWhenWhatTheyNeedIsReady()
    {
        using var project = new CapsuleScenario(Target + Services, "main file.ts", "api.mjs", "bin-db/db");
        var package = project.Plans();
        Assert.IsEmpty(package.LaunchNotYet);
        var cell = package.Launch!.Cells.Single();
        Assert.AreEqual("web/main web/api web/db web/log", string.Join(' ', cell.Processes.Select(p => p.Id)));
        var (main, api, db, log) = (cell.Processes[0], cell.Processes[1], cell.Processes[2], cell.Processes[3]);

        CollectionAssert.AreEqual(new[] { "deno", "run", "--allow-net", "main file.ts" }, main.Argv!.ToArray());
        CollectionAssert.AreEqual(new[] { "node", "api.mjs", "--fast" }, api.Argv!.ToArray());
        CollectionAssert.AreEqual(new[] { "/app/bin-db/db", "--quiet" }, db.Argv!.ToArray());
        CollectionAssert.AreEqual(new[] { "python3", "-m", "http.server" }, log.Argv!.ToArray());
        CollectionAssert.AreEqual(
            new[] { new ToolchainPlan("deno", "1.46.3"), new ToolchainPlan("node", "20.11.0"), null, new ToolchainPlan("python", "3.11") },
            cell.Processes.Select(p => p.Toolchain).ToArray());
        CollectionAssert.AreEqual(new[] { "web/api", "web/db" }, main.DependsOn.ToArray());
        CollectionAssert.AreEqual(new[] { "web/db" }, api.DependsOn.ToArray());

        Assert.AreEqual(("8000", "debug", "http://127.0.0.1:9000"), (main.Env["PORT"], main.Env["LEVEL"], main.Env["API"]));
        Assert.AreEqual(("info", "9000", false), (api.Env["LEVEL"], api.Env["API_PORT"], api.Env.ContainsKey("PORT")));
        CollectionAssert.AreEqual(new[] { "TOKEN" }, main.RequiredEnv.ToArray());
        Assert.IsEmpty(api.RequiredEnv);

        Assert.AreEqual(new ReadyPlan { Kind = ReadyKind.Http, Listener = "probe", Path = "/health", TimeoutSeconds = 30 }, main.Ready);
        Assert.AreEqual("http:8000 probe:8000", string.Join(' ', main.Listen.Select(l => $"{l.Name}:{l.Port}")));
        Assert.AreEqual((ReadyKind.Connect, 9000), (api.Ready.Kind, api.Listen.Single().Port));
        Assert.AreEqual((ReadyKind.Connect, 5432), (db.Ready.Kind, db.Listen.Single().Port));
        Assert.AreEqual(ReadyKind.Started, log.Ready.Kind);
        Assert.IsTrue(cell.Processes.All(p => p.Network.Mode == NetworkMode.Loopback && p.Stage == ProcessStage.Service));

        Assert.AreEqual(("web/main", "http", 8000), (package.Launch.Public.Single().Process, package.Launch.Public[0].Listener, package.Launch.PublicPort));
        Assert.AreEqual("deno node", string.Join(' ', package.Toolchains.Select(t => t.Name)));
        Assert.IsTrue(package.Pack.Entries.Single(e => e.Path == "bin-db/db").Executable);
    }

    [TestMethod]
    public void ALockIsPreparedOnceForEachServiceThatNeedsIt()
    {
        using var project = new CapsuleScenario(Target + Services, "main file.ts", "api.mjs", "bin-db/db")
            .With("deno.lock", """{"version":"4","npm":{"left@1.0.0":{}}}""");
        var prepare = project.Plans().Launch!.Cells.Single().Processes.Single(p => p.Stage == ProcessStage.Prepare);
        Assert.AreEqual(("web/main-prepare", NetworkMode.Full), (prepare.Id, prepare.Network.Mode));
        Assert.AreEqual("/app/main file.ts", prepare.Argv![^1]);
    }

    [TestMethod]
    public void WithoutAProbeMainIsReadyWhenItsPortAnswers()
    {
        using var project = new CapsuleScenario(Target + "[services.main]\nentrypoint = \"deno run main.ts\"", "main.ts");
        Assert.AreEqual(
            new ReadyPlan { Kind = ReadyKind.Connect, Listener = "http", TimeoutSeconds = 60 }, project.Plans().Launch!.Cells.Single().Processes.Single().Ready);
    }

    [TestMethod]
    public void AnotherTargetOfTheManifestIsNotAboutThem()
    {
        using var project = new CapsuleScenario(
            Target + Services + "\n[targets.cli]\nruntime = \"source\"\ndriver = \"native\"\nentrypoint = \"cli.sh\"\n", "main file.ts", "api.mjs", "bin-db/db", "cli.sh");
        Assert.AreEqual("cli/task", project.Plans("cli").Launch!.Cells.Single().Processes.Single().Id);
    }

    [TestMethod]
    [DataRow("entrypoint = \"deno run\"\nreadiness_probe = {}", "18,1: CAP0077", "18,1: CAP0078")]
    [DataRow("entrypoint = \"deno run\"\nreadiness_probe = { http_get = \"/\", port = \" \" }", "18,44: CAP0078")]
    [DataRow("entrypoint = \"deno run\"\nreadiness_probe = { http_get = \"/\", port = \"NOPE\" }", "18,44: CAP0079")]
    [DataRow("entrypoint = \"deno run\"\nenv = { P = \"x\" }\nreadiness_probe = { http_get = \"/\", port = \"P\" }", "19,44: CAP0079")]
    [DataRow("entrypoint = \"deno run\"\nreadiness_probe = { http_get = \"http://x/\", port = \"PORT\" }", "18,32: CAP0080")]
    [DataRow("entrypoint = \"deno run\"\nreadiness_probe = { tcp_connect = \"10.0.0.1\", port = \"PORT\" }", "18,35: CAP0080")]
    [DataRow("entrypoint = \"deno run\"\nexpose = [\"x\"]", "18,1: CAP0074")]
    [DataRow("entrypoint = \"deno run\"\ndepends_on = [\"mian\"]", "18,15: CAP0075")]
    [DataRow("entrypoint = \"deno run\"\ndepends_on = [\"main\"]", "18,15: CAP0076")]
    [DataRow("entrypoint = \"\"", "17,14: CAP0072")]
    [DataRow("depends_on = []", "16,11: CAP0072")]
    [DataRow("entrypoint = \"deno 'run\"", "17,14: CAP0073")]
    [DataRow("entrypoint = \"uv run x\"", "17,14: CAP0081")]
    [DataRow("entrypoint = \"./nowhere\"", "17,14: CAP0083")]
    [DataRow("entrypoint = \"../nowhere\"", "17,14: CAP0083")]
    [DataRow("entrypoint = \"deno run\"\nenv = { \"A-B\" = \"1\" }", "18,9: CAP0016")]
    [DataRow("entrypoint = \"deno run\"\nenv = { A = \"\\u0000\" }", "18,13: CAP0009")]
    public void AMistakeIsToldAtItsPlace(string main, params string[] problems)
    {
        using var project = new CapsuleScenario($"{Target}[services.main]\n{main}\n");
        project.Says([.. problems.Select(p => $"capsule.toml({p[..p.IndexOf(':', StringComparison.Ordinal)]}): error {p[^7..]}")]);
    }

    [TestMethod]
    [DataRow("[services.api]\nentrypoint = \"true\"", "capsule.toml(16,2): error CAP0071")]
    [DataRow("[services.main]\nentrypoint = \"true\"\n[services.prepare]\nentrypoint = \"true\"", "capsule.toml(18,11): error CAP0084")]
    [DataRow("[services.main]\nentrypoint = \"true\"\n[services.api]\nentrypoint = \"true\"\nenv = { P = \"8000\" }\nreadiness_probe = { tcp_connect = \"localhost\", port = \"P\" }", "capsule.toml(21,55): error CAP0082")]
    public void MistakesBetweenServicesAreTold(string services, string line)
    {
        using var project = new CapsuleScenario(Target + services);
        project.Says(line);
    }

    [TestMethod]
    public void APortOfAServiceIsNotGrantedOfAnotherHost()
    {
        using var project = new CapsuleScenario(
            Target + Services + "\n[network]\negress_allow = [\"db.example.com:5432\"]\n", "main file.ts", "api.mjs", "bin-db/db");
        Assert.AreEqual("CAP0026", project.Compile().Diagnostics.Single().Code);
    }

    [TestMethod]
    public void ALoopIsPrintedAsItGoes()
    {
        using var project = new CapsuleScenario(
            Target + "[services.main]\nentrypoint = \"true\"\ndepends_on = [\"b\"]\n[services.b]\nentrypoint = \"true\"\ndepends_on = [\"c\"]\n[services.c]\nentrypoint = \"true\"\ndepends_on = [\"b\"]\n");
        var result = project.Says("capsule.toml(24,15): error CAP0076");
        Assert.AreEqual("These services wait for each other: b -> c -> b.", result.Diagnostics[0].Message);
    }

    [TestMethod]
    public void TheyNeedATargetThatStartsThem()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[services.main]\nentrypoint = \"true\"\n", "server.mjs");
        project.Says("capsule.toml(13,2): error CAP0070");
    }

    [TestMethod]
    public void UvComesFromNowhereThatCanBeTrusted()
    {
        using var project = new CapsuleScenario(Target.Replace("python = \"3.11\"", "uv = \"0.4.19\"", StringComparison.Ordinal) + "[services.main]\nentrypoint = \"uv run x\"\n");
        CollectionAssert.AreEqual(new[] { "capsule.toml(12,37): error CAP5972" }, CapsuleScenario.Lines(project.Plans().LaunchNotYet));
    }

    [TestMethod]
    [DataRow("a  b\tc", "a|b|c")]
    [DataRow("a 'b c' \"d e\"f", "a|b c|d ef")]
    [DataRow("a\\ b \"c\\\"d\\n\" '\\'", "a b|c\"d\\n|\\")]
    [DataRow("'' x", "|x")]
    [DataRow("a 'b", null)]
    [DataRow("a \"b", null)]
    [DataRow("a\\", null)]
    [DataRow("$HOME *", "$HOME|*")]
    public void CommandLinesAreSplitAsAShellDoes(string line, string? words) =>
        Assert.AreEqual(words, ShellWords.Split(line) is { } split ? string.Join('|', split) : null);
}
