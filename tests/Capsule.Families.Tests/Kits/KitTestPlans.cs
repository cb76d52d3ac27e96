using Capsule.Core.Plans;

namespace Capsule.Families.Tests.Kits;

[TestClass]
public class KitTestPlans
{
    private const string Manifest = """
        version: '1'
        name: hello
        workloads:
          hello:
            endpoints: [mcp, {protocol: http, path: /test}, http]
            mounts: [images]
            runtime: {source: {toolchain: bun, start: {command: a}}}
        expose:
          - {path: /mcp, target: hello, endpoints: [mcp]}
          - {path: /, target: hello, endpoints: [http]}
        host_mounts:
          images: {usage: x}

        """;

    [TestMethod]
    public void EveryKindOfCaseIsPlanned()
    {
        var cases = Plan("""
            tests:
              - id: tool
                kind: mcp
                target: {exposed_path: /mcp}
                request: {tool: hello, inputs: {n: 1, deep: [true, null, 0.5, x]}}
                validations: [$.text.eq("hi"), $.n.gte(1)]
                verbose_output: $.text
              - id: inner
                kind: http
                target: {workload: hello, endpoint: /test}
                request: {path: /run}
              - id: shorthand
                kind: http
                target: {workload: hello, endpoint: http}
                request: {path: /, method: GET}
              - id: public
                kind: http
                target: {exposed_path: /}
                request: {path: '/x?q=%20', method: PUT, json: [1]}
              - id: argv
                kind: exec
                target: {workload: hello}
                request: {command: [bun, x, tsc]}
              - id: shell
                kind: exec
                target: {workload: hello}
                request: {command: bun run build && echo ok}

            """).Cases;
        Assert.AreEqual(
            """
            tool Mcp /mcp   tool=hello {"n":1,"deep":[true,null,0.5,"x"]}
            inner Http  hello/start /test POST /run {}
            shorthand Http  hello/start /http GET /
            public Http /   PUT /x?q=%20 [1]
            argv Exec  hello/start  argv=bun,x,tsc
            shell Exec  hello/start  shell=bun run build && echo ok
            """,
            string.Join('\n', cases.Select(Line)));
        Assert.AreEqual("$.text.eq(\"hi\") at 6,19|$.n.gte(1) at 6,36", string.Join('|', cases[0].Validations.Select(v => $"{v.Text} at {v.Span.Line},{v.Span.Column}")));
        Assert.AreEqual("$.text", cases[0].Verbose.Single());
        Assert.AreEqual((8, 9), (cases[1].Span.Line, cases[1].Span.Column));
    }

    [TestMethod]
    public void ASingleCaseMayStandAtTheRoot() => Assert.AreEqual("only", Plan("""
        id: only
        kind: mcp
        target: {exposed_path: /mcp}
        request: {tool: hello}

        """).Cases.Single().Id);

    [TestMethod]
    public void AKitWithoutTestFileHasNoTestPlan()
    {
        using var scene = new KitScene();
        Assert.IsNull(scene.Compiled().Tests);
    }

    [TestMethod]
    public void TwoTestFilesAreRefused()
    {
        using var scene = new KitScene(tests: "tests: []");
        scene.Folder.Write("capability-test.yaml", "tests: []");
        Assert.AreEqual(
            "capability-test.yaml(1,1): error CAP0300: There are two test files, 'capability-test.yml' and 'capability-test.yaml'.",
            KitScene.Said(scene.Compile().Diagnostics));
    }

    [TestMethod]
    public void FixturesAreBoundToTheMountTheyAreNamedAfter()
    {
        using var scene = new KitScene(Manifest, Case);
        scene.Folder.Write("tests/only/images/.gitkeep", "");
        scene.Folder.Write("tests/only/pictures/a.jpg", "");
        scene.Folder.Write("tests/other/images/a.jpg", "");
        Directory.CreateSymbolicLink(scene.Folder["tests/only/linked"], "images");
        var result = scene.Compile();
        var fixture = result.Value!.Tests!.Cases.Single().Fixtures.Single();
        Assert.AreEqual(("images", "tests/only/images"), (fixture.Key, fixture.Value));
        Assert.AreEqual(
            "capability.yml(1,1): warning CAP0317: The folder 'tests/only/pictures' belongs to no declared mount. Declared: images.",
            KitScene.Said(result.Diagnostics));
    }

    private const string Case = "id: only\nkind: mcp\ntarget: {exposed_path: /mcp}\nrequest: {tool: hello}\n";

    private static string Line(TestCase test) => test.Kind switch
    {
        TestKind.Mcp => $"{test.Id} Mcp {test.PublicPath} {test.Process} {test.Endpoint} tool={test.Tool} {test.Json}",
        TestKind.Http => $"{test.Id} Http {test.PublicPath} {test.Process} {test.Endpoint} {test.Method} {test.Path} {test.Json}".TrimEnd(),
        _ => $"{test.Id} Exec {test.PublicPath} {test.Process} {test.Endpoint} " + (test.Argv is null ? $"shell={test.Shell}" : $"argv={string.Join(',', test.Argv)}"),
    };

    private static TestPlan Plan(string tests)
    {
        using var scene = new KitScene(Manifest, tests);
        return scene.Compiled().Tests!;
    }
}
