using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A Kit whose page calls a workload with tools, the way the SDK of such Kits does: by what the environment names.</summary>
[TestClass]
public sealed class TwoWorkloads : IDisposable
{
    private const string Manifest = """
        version: '1'
        name: pair
        workloads:
          web:
            endpoints: [http]
            connections: [tools]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
          tools:
            endpoints: [mcp, {protocol: http, path: /live}]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
        expose:
          - {path: /, target: web, endpoints: [http]}

        """;

    private const string Tests = """
        tests:
          - id: through-the-page
            kind: http
            target: {exposed_path: /}
            request: {path: '/greet?name=Ada', method: GET}
            validations: ["$.status_code.eq(200)", '$.body.greeting.eq("Hello, Ada!")']
          - id: directly
            kind: mcp
            target: {workload: tools, endpoint: mcp}
            request: {tool: greet, inputs: {name: Eve}}
            validations: $.greeting.eq("Hello, Eve!")

        """;

    private const string Tools = """
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          async fetch(request: Request, server) {
            const { pathname } = new URL(request.url);
            if (pathname === "/live" && server.upgrade(request)) return;
            if (pathname !== "/mcp") return new Response("not declared, yet here");
            const { id, method, params } = await request.json() as any;
            if (id === undefined) return new Response(null, { status: 202 });
            const result = method === "initialize" ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: "tools", version: "1" } }
              : method === "tools/call" ? { content: [], structuredContent: { greeting: `Hello, ${params.arguments.name}!` } } : undefined;
            const answer = result ? { result } : { error: { code: -32601, message: "Method not found" } };
            return new Response(JSON.stringify({ jsonrpc: "2.0", id, ...answer }) + "\n", { headers: { "content-type": "application/x-ndjson" } });
          },
          websocket: { message(socket, message) { socket.send(`echo ${message}`); } },
        });
        console.log("tools are up");
        """;

    private const string Web = """
        import { createConnection } from "node:net";
        console.log("web is up");
        const connected = JSON.parse(process.env.CAPAKIT_CONNECTED_WORKLOADS!);
        const bind = (endpoint: string) => connected.find((c: any) => c.workloadKey === "tools" && c.endpoint === endpoint).bind.slice("unix:".length);
        const greet = async (name: string) => {
          const answer = await fetch("http://capakit.local/mcp", {
            unix: bind("/mcp"), method: "POST", headers: { "content-type": "application/x-ndjson" },
            body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "greet", arguments: { name } } }) + "\n",
          } as any);
          return (await answer.json() as any).result.structuredContent;
        };
        // As the SDK's client does: the upgrade by hand over the socket, then frames.
        const echo = (text: string) => new Promise<string>((done, failed) => {
          const socket = createConnection(bind("/live"));
          let seen = Buffer.alloc(0), upgraded = false;
          socket.on("error", failed);
          socket.on("data", (data) => {
            seen = Buffer.concat([seen, data]);
            const end = seen.indexOf("\r\n\r\n");
            if (!upgraded && end >= 0) {
              if (!seen.toString().startsWith("HTTP/1.1 101")) return failed(new Error(seen.toString()));
              upgraded = true;
              seen = seen.subarray(end + 4);
              const payload = Buffer.from(text), mask = Buffer.from([1, 2, 3, 4]);
              socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | payload.length]), mask, payload.map((b, i) => b ^ mask[i % 4])]));
            }
            if (upgraded && seen.length >= 2 && seen.length >= 2 + seen[1]) { done(seen.subarray(2, 2 + seen[1]).toString()); socket.destroy(); }
          });
          socket.write("GET /live HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n\r\n");
        });
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice("unix:".length),
          async fetch(request: Request) {
            const url = new URL(request.url);
            switch (url.pathname) {
              case "/http/greet": return Response.json(await greet(url.searchParams.get("name")!));
              case "/http/echo": return Response.json(await echo(url.searchParams.get("text")!));
              case "/http/undeclared": {
                const answer = await fetch("http://capakit.local/status", { unix: bind("/mcp") } as any);
                return Response.json({ status: answer.status, body: await answer.json() });
              }
              default: return Response.json(connected);
            }
          },
        });
        """;

    private readonly CapsuleProgram _capsule = new();

    public TwoWorkloads()
    {
        _capsule.Write("kit/capability.yml", Manifest);
        _capsule.Write("kit/capability-test.yml", Tests);
        _capsule.Write("kit/workloads/web/index.ts", Web);
        _capsule.Write("kit/workloads/tools/index.ts", Tools);
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task CallEachOtherAlongTheirConnectionAndNowhereElse()
    {
        await _capsule.HoldingAsync("bun");
        StringAssert.Contains(await _capsule.DoAsync("plan", "kit"), "web/start may call tools/start at /mcp (mcp)");

        using var run = await RunningRun.DetachAsync(_capsule, "kit");
        Assert.AreEqual("Hello, Ada!", (string?)(await run.GetJsonAsync("/greet?name=Ada"))["greeting"]);
        Assert.AreEqual("echo over the wall", (string?)await run.GetJsonAsync("/echo?text=over%20the%20wall"));
        var refused = await run.GetJsonAsync("/undeclared");
        Assert.AreEqual((403, "CAP5320"), ((int)refused["status"]!, (string?)refused["body"]!["error"]!["code"]));
        var logs = await _capsule.DoAsync("logs", run.Id);
        Assert.IsLessThan(logs.IndexOf("web is up", StringComparison.Ordinal), logs.IndexOf("tools are up", StringComparison.Ordinal), "who is called is there first");
        var denial = JsonNode.Parse(await _capsule.DoAsync("logs", run.Id, "--json"))!["data"]!.AsArray().Select(l => l!["denial"]).OfType<JsonObject>().Single();
        Assert.AreEqual(
            """{"process":"web/start","operation":"call","target":"tools/start /status","reason":"the connection has no such endpoint, only /mcp, /live","permission":"peer:web/tools/mcp","grant":"workloads: {tools: {endpoints: [/status]}}","file":"capability.yml","line":6,"column":19}""",
            denial.ToJsonString());
        Assert.AreEqual("0", (await _capsule.DoAsync("exec", run.Id, "--process", "tools/start", "--", "sh", "-c", "ls /run/capsule/peers 2>/dev/null | wc -l")).Trim(), "the way back is none");

        var left = Leftovers.Of(_capsule, run.RunnerPid, run.Address.Port);
        Assert.AreEqual(2, left.Sandboxes);
        await _capsule.DoAsync("stop", run.Id);
        await left.AreGoneAsync();

        var tested = await _capsule.DoAsync("test", "kit");
        StringAssert.Contains(tested, "2 passed", tested);
    }
}
