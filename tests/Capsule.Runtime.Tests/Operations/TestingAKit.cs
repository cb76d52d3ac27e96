using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Testing;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Testing;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

[TestClass]
public class TestingAKit
{
    /// <summary>An MCP server without a library: one tool that greets, one that fails; and a little HTTP.</summary>
    private const string Program = """
        const socket = process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length);
        const tool = (call: any) => call.name === "greet"
          ? { content: [], structuredContent: { greeting: `Hello, ${call.arguments.name}!` } }
          : { content: [{ type: "text", text: "no such tool" }], isError: true };
        Bun.serve({
          unix: socket,
          async fetch(request: Request) {
            const { pathname } = new URL(request.url);
            if (pathname === "/http/crash") process.exit(7);
            if (pathname === "/http/hang") await Bun.sleep(600_000);
            if (pathname !== "/mcp") return Response.json({ pathname, host: request.headers.get("x-forwarded-host") });
            const { id, method, params } = await request.json() as any;
            if (id === undefined) return new Response(null, { status: 202 });
            const result = method === "initialize" ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "kit", version: "1" } }
              : method === "tools/call" ? tool(params) : undefined;
            const answer = result ? { result } : { error: { code: -32601, message: "Method not found" } };
            return new Response(JSON.stringify({ jsonrpc: "2.0", id, ...answer }) + "\n", { headers: { "content-type": "application/x-ndjson" } });
          },
        });
        """;

    [TestMethod]
    public async Task RunsEveryKindOfCaseInTheSandbox()
    {
        await using var scene = Scene("""
            tests:
              - id: public-http
                kind: http
                target: { exposed_path: / }
                request: { path: /a, method: GET }
                validations: [$.status_code.eq(200), $.body.pathname.eq(/http/a), $.body.host.contains(127.0.0.1)]
                verbose_output: $.body.pathname
              - id: internal-http
                kind: http
                target: { workload: hello, endpoint: http }
                request: { path: /, method: GET }
                validations: [$.body.pathname.eq(/http), $.body.host.eq(null)]
              - id: public-tool
                kind: mcp
                target: { exposed_path: /mcp }
                request: { tool: greet, inputs: { name: Ada } }
                validations: $.greeting.eq("Hello, Ada!")
              - id: internal-tool
                kind: mcp
                target: { workload: hello, endpoint: mcp }
                request: { tool: other }
              - id: shell
                kind: exec
                target: { workload: hello }
                request: { command: 'test "$(pwd)" = /app && test -f index.ts && bun --version' }
                validations:
                  - $.targets[0].workload.eq(hello)
                  - $.targets[0].artifact_root.eq(/app)
                  - $.targets[0].command_root.eq(/app)
              - id: argv
                kind: exec
                target: { workload: hello }
                request: { command: [bun, -e, 'console.log("no good"); process.exit(5)'] }
            """);
        var run = await PackageTests.RunAsync(scene.Request(), new TestRunOptions(), null, default);

        var outcomes = string.Join('\n', run.Results.Select(r => $"{r.Case.Id} {r.Outcome} {r.Diagnostics.FirstOrDefault()?.Code} {r.Access}"));
        Assert.AreEqual(
            """
            public-http Passed  GET /a 200
            internal-http Passed  GET /http 200
            public-tool Passed  POST /mcp greet 200
            internal-tool Failed CAP6005 POST /mcp other 200
            shell Passed  
            argv Failed CAP6008 
            """,
            outcomes,
            string.Join('\n', run.Results.SelectMany(r => r.Diagnostics).Select(d => d.Message)) + scene.LogText);
        Assert.AreEqual("$.body.pathname = \"/http/a\"", run.Results[0].Verbose.Single().ToString());
        StringAssert.Contains(run.Results[5].Diagnostics.Single().Message, "exit code 5.\n  | no good");
        Assert.IsEmpty(RunList.All(scene.Home).Where(r => r.IsAlive), "nothing runs any more");
    }

    [TestMethod]
    public async Task TheSampleKitPassesItsOwnCases()
    {
        await using var scene = RunScene.Kit("");
        var sample = Checkout.File("samples", "hello-kit");
        foreach (var file in Directory.EnumerateFiles(sample, "*", SearchOption.AllDirectories).Where(f => !f.Contains("node_modules", StringComparison.Ordinal)))
        {
            scene.Project.Write(Path.GetRelativePath(sample, file), File.ReadAllText(file));
        }

        var run = await PackageTests.RunAsync(scene.Request(), new TestRunOptions(), null, default);

        Assert.IsTrue(run.Succeeded, string.Join('\n', run.Results.SelectMany(r => r.Diagnostics).Concat(run.Diagnostics).Select(d => d.Message)) + scene.LogText);
        Assert.AreEqual(3, run.Count(TestOutcome.Passed));
        Assert.AreEqual("$.body.words = 9", run.Results.SelectMany(r => r.Verbose).Single().ToString());
    }

    [TestMethod]
    public async Task TellsWhyALaterCaseGetsNoAnswer()
    {
        await using var scene = Scene("""
            tests:
              - { id: crashes, kind: http, target: { exposed_path: / }, request: { path: /crash } }
              - { id: later, kind: http, target: { exposed_path: / }, request: { path: / } }
            """);
        await using var package = new PackageUnderTest(scene.Request());
        var cases = scene.Compile().Tests!.Cases;
        var first = await TestEngine.RunCaseAsync(cases[0] with { PublicPath = null, Process = "hello/start", Endpoint = "/http" }, package, new TestRunOptions(), default);
        Assert.AreEqual("CAP6003", first.Diagnostics.Single().Code);
        await scene.UntilAsync(() => RunList.All(scene.Home).Single().Record.Processes.Any(p => p.ExitCode == 7));
        var second = await TestEngine.RunCaseAsync(cases[1], package, new TestRunOptions(), default);
        Assert.AreEqual(TestOutcome.Error, second.Outcome);
        Assert.AreEqual("CAP5406", second.Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow("kind: exec, target: { workload: hello }, request: { command: 'sleep 4711' }")]
    [DataRow("kind: http, target: { exposed_path: / }, request: { path: /hang }")]
    public async Task LeavesNothingWhenACaseTakesTooLongOrIsCancelled(string what)
    {
        await using var scene = Scene($$"""{ id: slow, {{what}} }""");
        var late = await PackageTests.RunAsync(scene.Request(), new TestRunOptions { CaseTimeout = TimeSpan.FromSeconds(2) }, null, default);
        Assert.AreEqual("CAP6002", late.Results.Single().Diagnostics.Single().Code);

        using var stop = new CancellationTokenSource();
        var running = PackageTests.RunAsync(scene.Request(), new TestRunOptions(), null, stop.Token);
        await scene.UntilAsync(() => RunList.All(scene.Home).Any(r => r.IsAlive));
        stop.CancelAfter(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.IsEmpty(RunList.All(scene.Home).Where(r => r.IsAlive));
        Assert.IsFalse(Programs().Any(p => p.Contains("sleep\04711", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task SaysThatAPackageHasNoTests()
    {
        await using var scene = RunScene.Kit(Program);
        var run = await PackageTests.RunAsync(scene.Request(), new TestRunOptions(), null, default);
        Assert.AreEqual("CAP6020", run.Diagnostics.Single().Code);
        Assert.AreEqual(ExitCode.NotFound, run.Exit);
    }

    [TestMethod]
    public async Task ReportsAStartThatFailsForEachCaseAndTriesItOnce()
    {
        await using var scene = RunScene.Kit(KitFixtures.EndsEarly);
        scene.Project.Write("capability-test.yml", """
            tests:
              - { id: a, kind: http, target: { exposed_path: / }, request: { path: / } }
              - { id: b, kind: http, target: { exposed_path: / }, request: { path: / } }
            """);
        var run = await PackageTests.RunAsync(scene.Request(), new TestRunOptions(), null, default);
        CollectionAssert.AreEqual(new[] { "CAP5404", "CAP5404" }, run.Results.Select(r => r.Diagnostics.Single().Code).ToArray());
        Assert.HasCount(1, RunList.All(scene.Home).ToList());
    }

    [TestMethod]
    public async Task SaysWhenThereIsNothingToCall()
    {
        await using var scene = Scene("{ id: a, kind: http, target: { exposed_path: / }, request: { path: / } }");
        var compiled = scene.Compile();
        var hidden = compiled with { Launch = compiled.Launch! with { Public = [] } };
        var run = await PackageTests.RunAsync(scene.Request() with { Package = hidden }, new TestRunOptions(), null, default);
        Assert.AreEqual("CAP6021", run.Results.Single().Diagnostics.Single().Code);

        await using var package = new PackageUnderTest(scene.Request());
        await package.PrepareAsync(new Dictionary<string, string>(), default);
        Assert.AreEqual("CAP6022", (await package.ReachAsync("hello/other", default)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task BindsTheFixturesOfACaseAndStartsAnewForOthers()
    {
        await using var scene = Scene("{ id: a, kind: exec, target: { workload: hello }, request: { command: cat /mnt/models/name } }");
        scene.Project.Write("tests/a/models/name", "first");
        scene.Project.Write("tests/b/models/name", "second");
        var compiled = scene.Compile();
        var cell = compiled.Launch!.Cells.Single();
        var mounted = cell with { Mounts = [.. cell.Mounts, new MountPlan { Id = "models", Kind = MountKind.Host, Target = "/mnt/models" }] };
        var request = scene.Request() with { Package = compiled with { Launch = compiled.Launch with { Cells = [mounted] } } };
        await using var package = new PackageUnderTest(request);
        foreach (var (test, expected) in new[] { ("a", "first"), ("b", "second") })
        {
            var problems = await package.PrepareAsync(new Dictionary<string, string> { ["models"] = $"tests/{test}/models", ["unused"] = "tests" }, default);
            Assert.IsEmpty(problems, string.Join('\n', problems.Select(p => p.Message)));
            var ran = await package.ExecAsync(new TestCommand { Process = "hello/start", Shell = "cat /mnt/models/name" }, default);
            Assert.AreEqual(expected, ran.Value!.Output.Trim(), ran.Value.Error);
        }
    }

    [TestMethod]
    public async Task CopiesTheFixturesOfAnInstalledPackage()
    {
        await using var scene = Scene("{ id: a, kind: exec, target: { workload: hello }, request: { command: cat /mnt/models/name } }");
        scene.Project.Write("capability.yml", File.ReadAllText(scene.Project["capability.yml"]).Replace(
            "    endpoints: [http, mcp]", "    endpoints: [http, mcp]\n    mounts: [models]", StringComparison.Ordinal) + "\nhost_mounts:\n  models: { usage: names, access: read_write }\n");
        scene.Project.Write("tests/a/models/deep/name", "first");
        await using var package = new PackageUnderTest(scene.Request() with { Installed = true });
        File.CreateSymbolicLink(scene.Project["tests", "a", "models", "link"], "/etc/hostname");
        Assert.IsEmpty(await package.PrepareAsync(new Dictionary<string, string> { ["models"] = "tests/a/models" }, default));
        var ran = await package.ExecAsync(new TestCommand { Process = "hello/start", Shell = "cat /mnt/models/deep/name; ls /mnt/models; echo more > /mnt/models/deep/name" }, default);
        Assert.AreEqual("first" + "deep", ran.Value!.Output.Trim(), ran.Value.Error);
        Assert.AreEqual("first", await File.ReadAllTextAsync(scene.Project["tests", "a", "models", "deep", "name"]));
        var copy = RunList.All(scene.Home).Single().Record.Grants.Mounts["models"];
        Assert.IsTrue(Directory.Exists(copy));
        await package.DisposeAsync();
        Assert.IsFalse(Directory.Exists(copy));

        var problems = await package.PrepareAsync(new Dictionary<string, string> { ["models"] = "tests/gone/models" }, default);
        Assert.AreEqual("CAP6023", problems.Single().Code);
    }

    private static RunScene Scene(string tests)
    {
        var scene = RunScene.Kit(Program);
        scene.Project.Write("capability-test.yml", tests);
        return scene;
    }

    private static IEnumerable<string> Programs()
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                // Gone meanwhile.
                continue;
            }

            yield return line;
        }
    }
}
