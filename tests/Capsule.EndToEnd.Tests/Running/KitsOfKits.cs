using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit that takes one part from a folder and one from a real git server, and gives them options and folders.</summary>
[TestClass]
public sealed class KitsOfKits : IDisposable
{
    private const string Book = """
        version: '1'
        name: book
        workloads:
          app:
            endpoints: [http]
            connections: [story, greeter]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
          island:
            endpoints: [http]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
          story: {import: {dependency: story, exposed_path: /tell}}
          greeter: {import: {dependency: greeter, exposed_path: /v1}}
        expose:
          - {path: /, target: app, endpoints: [http]}
          - {path: /island, target: island, endpoints: [http]}
          - {path: /direct, target: greeter, endpoints: [http]}
        options:
          hero: {kind: string, default: Ada}
        host_mounts:
          shelf: {usage: stories, access: read_write}
        kit_secrets:
          - {key: library, usage: the library}
        dependencies:
          story:
            source: {path: ../story}
            options: {hero: {from_option: hero}}
            mount_bindings: {pages: shelf}
            secret_bindings: {pass: library}
          greeter:
            source: {git: 'URL', ref: v1}
            options: {greeting: Hello}

        """;

    private const string Tests = """
        tests:
          - id: through-both
            kind: http
            target: {exposed_path: /}
            request: {path: /all, method: GET}
            validations: ['$.body.story.text.contains(once)', '$.body.greeting.text.eq("Hello, book!")']
          - id: an-import
            kind: http
            target: {workload: greeter, endpoint: http}
            request: {path: /x, method: GET}
            validations: $.status_code.eq(200)

        """;

    private const string Story = """
        version: '1'
        name: story-teller
        workloads:
          teller:
            endpoints: [{protocol: http, path: /inner/tell}]
            mounts: [pages]
            exposed_secrets: [pass]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts, env_from_options: {HERO: hero}}}}
        expose:
          - {path: /tell, target: teller, endpoints: [/inner/tell]}
        options:
          hero: {kind: string, required: true}
        host_mounts:
          pages: {usage: pages, access: read_write}
        kit_secrets:
          - {key: pass, usage: who may read}

        """;

    private const string Greeter = """
        version: '1'
        name: greeter
        workloads:
          voice:
            endpoints: [http]
            variants:
              default: {runtime: {source: {toolchain: bun, start: {command: bun run index.ts, env_from_options: {GREETING: greeting}}}}}
              loud: {runtime: {source: {toolchain: bun, start: {command: bun run index.ts, env: {LOUD: '1'}, env_from_options: {GREETING: greeting}}}}}
        expose:
          - {path: /v1, target: voice, endpoints: [http]}
        options:
          greeting: {kind: string, default: Hi}

        """;

    private const string Serve = """
        import { appendFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
        const connected = JSON.parse(process.env.CAPAKIT_CONNECTED_WORKLOADS ?? "[]");
        const ask = async (workload: string, endpoint: string, path: string) => {
          const bind = connected.find((c: any) => c.workloadMid === workload && c.endpoint === endpoint)?.bind.slice("unix:".length);
          const answer = await fetch(`http://capakit.local${endpoint}${path}`, { unix: bind } as any);
          return { status: answer.status, ...(await answer.json() as any) };
        };
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          async fetch(request: Request) {
            const { pathname } = new URL(request.url);
            return Response.json(await answer(pathname, ask));
          },
        });
        const secret = async (name: string) => {
          const answer = await fetch("http://bridge/rpc", {
            unix: process.env.CAPAKIT_WORKLOAD_BRIDGE_BIND!.slice("unix:".length), method: "POST", headers: { "content-type": "application/x-capakit-workload-bridge-jsonl" },
            body: JSON.stringify({ id: "1", op: "resolve_secret", params: { secret_mid: name } }) + "\n",
          } as any);
          return (await answer.json() as any).ok?.value ?? "refused";
        };
        const sees = () => existsSync("/run/capsule/peers") ? readdirSync("/run/capsule/peers") : [];

        """;

    private readonly CapsuleProgram _capsule = new();
    private readonly GitServer _git = new();

    public void Dispose()
    {
        _capsule.Dispose();
        _git.Dispose();
    }

    [TestMethod]
    public async Task RunWithWhatTheyTakeFromOthersAndNothingMore()
    {
        var first = _git.Commit(
            "greeter",
            ("capability.yml", Greeter),
            ("workloads/voice/index.ts", Serve + "const answer = (path: string, _: any) => ({ path, text: `${process.env.GREETING}, book!${process.env.LOUD ? \"!!\" : \"\"}`, sees: sees() });\n"));
        _git.Git("greeter", "tag", "v1");
        _capsule.Write("story/capability.yml", Story);
        _capsule.Write("story/workloads/teller/index.ts", Serve + """
            const answer = async (path: string, _: any) => {
              const file = `${process.env.CAPAKIT_MOUNT_PAGES}/story.txt`;
              appendFileSync(file, `${process.env.HERO} once\n`);
              return { path, text: readFileSync(file, "utf8"), sees: sees(), pass: await secret("pass"), library: await secret("library") };
            };
            """);
        _capsule.Write("book/capability.yml", Book.Replace("URL", _git.Url("greeter"), StringComparison.Ordinal));
        _capsule.Write("book/capability-test.yml", Tests);
        _capsule.Write("book/workloads/app/index.ts", Serve + "const answer = async (_: string, ask: any) => ({ story: await ask(\"story\", \"/tell\", \"/a\"), greeting: await ask(\"greeter\", \"/v1\", \"/b\"), other: await ask(\"story\", \"/tell\", \"/../../secret\"), sees: sees() });\n");
        _capsule.Write("book/workloads/island/index.ts", Serve + "const answer = (path: string, _: any) => ({ path, sees: sees(), connected, files: existsSync(\"/app/../story\") });\n");
        var shelf = Directory.CreateDirectory(_capsule["shelf"]).FullName;
        await _capsule.HoldingAsync("bun");
        _capsule.Environment["LIBRARY"] = "open-sesame";

        var plan = await _capsule.DoAsync("plan", "book", "--mount", $"shelf={shelf}");
        StringAssert.Contains(plan, "app/start may call story.teller/start at /tell (http)");
        using (var run = await RunningRun.DetachAsync(_capsule, "book", "--mount", $"shelf={shelf}", "--option", "hero=Eve", "--secret", "library=env:LIBRARY"))
        {
            var all = await run.GetJsonAsync("/all");
            Assert.AreEqual(("/inner/tell/a", "Eve once\n"), ((string?)all["story"]!["path"], (string?)all["story"]!["text"]), all.ToJsonString());
            Assert.AreEqual(("open-sesame", "refused"), ((string?)all["story"]!["pass"], (string?)all["story"]!["library"]), "it knows a secret by its own name only");
            Assert.AreEqual(("/http/b", "Hello, book!"), ((string?)all["greeting"]!["path"], (string?)all["greeting"]!["text"]));
            Assert.AreEqual("""["greeter.sock","story.sock"]""", Sorted(all["sees"]!));
            Assert.AreEqual("[]", all["greeting"]!["sees"]!.ToJsonString(), "the way back is none");
            Assert.AreEqual(403, (int)all["other"]!["status"]!, "what lies above an imported path is not reached");
            var island = await run.GetJsonAsync("/island/x");
            Assert.AreEqual("""[] [] false""", $"{island["sees"]!.ToJsonString()} {island["connected"]!.ToJsonString()} {island["files"]!.ToJsonString()}", "who is not connected has nothing to connect to");
            Assert.AreEqual("/http/c", (string?)(await run.GetJsonAsync("/direct/c"))["path"], "an import can be exposed");
            Assert.AreEqual("Eve once\n", await File.ReadAllTextAsync(Path.Combine(shelf, "story.txt")));
            var left = Leftovers.Of(_capsule, run.RunnerPid, run.Address.Port);
            Assert.AreEqual(4, left.Sandboxes);
            await _capsule.DoAsync("stop", run.Id);
            await left.AreGoneAsync();
        }

        // A lock pins the commit: whatever the tag says later, and with no server at all.
        StringAssert.Contains(await _capsule.DoAsync("lock", "book"), $"greeter {first}");
        _git.Commit("greeter", ("workloads/voice/index.ts", "throw new Error('moved');"));
        _git.Git("greeter", "tag", "--force", "v1");
        _git.Dispose();
        using (var locked = await RunningRun.DetachAsync(_capsule, "book", "--locked", "--mount", $"shelf={shelf}", "--secret", "library=env:LIBRARY", "--variant", "greeter.voice=loud"))
        {
            Assert.AreEqual("Hello, book!!!", (string?)(await locked.GetJsonAsync("/all"))["greeting"]!["text"]);
            await _capsule.DoAsync("stop", locked.Id);
        }

        StringAssert.Contains(await _capsule.DoAsync("test", "book", "--mount", $"shelf={shelf}", "--secret", "library=env:LIBRARY"), "2 passed");
    }

    private static string Sorted(JsonNode list) => new JsonArray([.. list.AsArray().Select(n => (string)n!).Order(StringComparer.Ordinal).Select(n => (JsonNode)n)]).ToJsonString();
}
