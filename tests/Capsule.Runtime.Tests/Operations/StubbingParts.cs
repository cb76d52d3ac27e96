using Capsule.Families;
using Capsule.Operations.Testing;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Tests of a Kit whose parts are not there: what the author wrote down answers for them. And commands in another variant than the one that starts.</summary>
[TestClass]
public class StubbingParts
{
    private const string Manifest = """
        version: '1'
        name: book
        workloads:
          app:
            endpoints: [http]
            connections: [story, tools, llm]
            variants:
              default: {runtime: {source: {toolchain: bun, prepare: {command: 'echo plain > kind'}, start: {command: bun run index.ts}}}}
              loud: {runtime: {source: {toolchain: bun, prepare: {command: 'echo loud > kind'}, start: {command: bun run index.ts}}}}
          tools:
            endpoints: [mcp]
            runtime: {source: {toolchain: bun, prepare: {command: exit 9}, start: {command: exit 9}}}
          llm:
            runtime: {attachments: {relays: [{kind: exit_to_open_ai, endpoint: oaic, api_key_secret: key}]}}
          story: {import: {dependency: story, exposed_path: /tell}}
        expose:
          - {path: /, target: app, endpoints: [http]}
          - {path: /tools, target: tools, endpoints: [mcp]}
        dependencies:
          story: {source: {path: parts/story}}
        vault_secrets:
          - {key: key, usage: the provider}

        """;

    private const string Story = """
        version: '1'
        name: story
        workloads:
          teller:
            endpoints: [{protocol: http, path: /inner/tell}]
            mounts: [pages]
            runtime: {source: {toolchain: bun, prepare: {command: exit 9}, start: {command: exit 9}}}
        expose:
          - {path: /tell, target: teller, endpoints: [/inner/tell]}
        host_mounts:
          pages: {usage: pages}

        """;

    private const string App = """
        const connected = JSON.parse(process.env.CAPAKIT_CONNECTED_WORKLOADS!);
        const ask = async (workload: string, endpoint: string, path: string, body?: unknown) => {
          const unix = connected.find((c: any) => c.workloadMid === workload && c.endpoint === endpoint).bind.slice("unix:".length);
          const answer = await fetch(`http://capakit.local${path}`, { unix, method: body ? "POST" : "GET", body: body && JSON.stringify(body) + "\n", headers: body ? { "content-type": "application/x-ndjson" } : {} } as any);
          const text = await answer.text();
          try { return { status: answer.status, body: JSON.parse(text) }; } catch { return { status: answer.status, body: text }; }
        };
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          fetch: async () => Response.json({
            told: await ask("story", "/tell", "/tell/once?page=1"),
            other: await ask("story", "/tell", "/tell/twice"),
            looked: await ask("tools", "/mcp", "/mcp", { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "lookup", arguments: {} } }),
            model: await ask("llm", "/oaic", "/oaic/v1/chat/completions", { messages: [] }),
          }),
        });
        """;

    private const string Tests = """
        stubs:
          story:
            answers:
              - {path: /tell/once, method: POST, status: 500}
              - {path: /tell/once, json: {text: once upon a time}}
          tools:
            answers:
              - {path: /mcp, tool: lookup, json: {city: Paris}}
          llm:
            answers:
              - {path: /oaic/v1/chat/completions, text: "data: hi\n\n", content_type: text/event-stream}
        tests:
          - id: through-all
            kind: http
            target: {exposed_path: /}
            request: {path: /, method: GET}
            validations:
              - $.body.told.body.text.eq("once upon a time")
              - $.body.other.status.eq(404)
              - $.body.other.body.error.code.eq(CAP6040)
              - $.body.looked.body.result.structuredContent.city.eq(Paris)
              - '$.body.model.body.contains("data: hi")'
          - id: a-stubbed-tool
            kind: mcp
            target: {exposed_path: /tools}
            request: {tool: lookup}
            validations: $.city.eq(Rome)
          - id: loud
            kind: exec
            target: {workload: app, variant: loud}
            request: {command: grep loud kind}
            validations: $.targets[0].variant.eq(loud)
          - id: plain
            kind: exec
            target: {workload: app}
            request: {command: grep plain kind}

        """;

    [TestMethod]
    public async Task AnImportIsNotStubbedButWhatItImports()
    {
        await using var scene = RunScene.Kit("");
        scene.Project.Write("capability.yml", Manifest);
        scene.Project.Write("capability-test.yml", "stubs:\n  told: {answers: [{path: /tell}]}\n" + Tests[Tests.IndexOf("tests:", StringComparison.Ordinal)..]);
        scene.Project.Write("capability.yml", Manifest.Replace("story: {import", "told: {import", StringComparison.Ordinal).Replace("[story,", "[told,", StringComparison.Ordinal));
        scene.Project.Write("parts/story/capability.yml", Story);

        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = scene.Project["capability.yml"] });

        var problem = compiled.Diagnostics.Single(d => d.IsError);
        Assert.AreEqual(("CAP0341", 2, 3), (problem.Code, problem.Span!.Value.Line, problem.Span.Value.Column));
        Assert.AreEqual("The workload 'told' is another Kit's, which stands for the dependency 'story'. Name 'story' under 'stubs' instead.", $"{problem.Message} {problem.Hint}");
    }

    [TestMethod]
    public async Task TheRestIsTestedWithoutThem()
    {
        await using var scene = RunScene.Kit("");
        scene.Project.Write("capability.yml", Manifest);
        scene.Project.Write("capability-test.yml", Tests);
        scene.Project.Write("workloads/app/index.ts", App);
        scene.Project.Write("workloads/tools/index.ts", "");
        scene.Project.Write("parts/story/capability.yml", Story);
        scene.Project.Write("parts/story/workloads/teller/index.ts", "");

        var run = await PackageTests.RunAsync(scene.Request(), new TestRunOptions(), null, default);

        var outcomes = string.Join('\n', run.Results.Select(r => $"{r.Case.Id} {r.Outcome} {string.Join(' ', r.Diagnostics.Select(d => $"{d.Code} {d.Message}"))}".TrimEnd()));
        Assert.AreEqual(
            """
            through-all Passed
            a-stubbed-tool Failed CAP6000 $.city.eq(Rome) does not hold: expected "Rome" but was "Paris" at $.city.
            loud Passed
            plain Passed
            """,
            outcomes,
            scene.LogText);
        StringAssert.Contains(scene.LogText, "CAP6040: The stub of 'story' has no answer for GET /inner/tell/twice. It has: POST /inner/tell/once, any method /inner/tell/once.");
        Assert.IsFalse(scene.LogText.Contains("exit 9", StringComparison.Ordinal), "nothing of them is prepared or started");
    }
}
