using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Operations.Kits.Framing;
using Capsule.Runtime.Supervision;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>
/// Workloads of the SDKs 0.0.4 and 0.0.5 (specs: kits 3.2, 3.11). Those are not to be had, so the workload here speaks the form itself, and its preparation makes the file that tells the version.
/// </summary>
[TestClass]
public sealed class SpeakingInFrames
{
    private const string Manifest = """
        version: '1'
        name: fixture
        workloads:
          old:
            endpoints: [oaic]
            connections: [peer]
            runtime:
              source:
                toolchain: bun
                prepare:
                  command: mkdir -p node_modules/@capakit/sdk && echo '{"version":"0.0.5"}' > node_modules/@capakit/sdk/package.json
                  network: none
                start: {command: bun run index.ts}
          peer:
            endpoints: [http, oaic]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
        expose:
          - {path: /v1, target: old, endpoints: [oaic]}
        """;

    private const string Peer = """
        Bun.serve({
          unix: process.env.CAPAKIT_WORKLOAD_INGRESS_BIND!.slice(5),
          async fetch(request) {
            const { pathname, search } = new URL(request.url);
            return Response.json({ method: request.method, path: pathname + search, said: request.headers.get("x-said"), length: (await request.text()).length }, { status: 201, headers: { "x-answer": "yes" } });
          },
        });
        """;

    private const string Old = """
        const type = "application/x-capakit-body-frame-jsonl";
        const write = (pseudo: object, raw: object, body: string) =>
          [{ type: "start", headers: { pseudo, raw } }, ...(body.match(/[^]{1,100000}/g) ?? []).map((part) => ({ type: "data", chunk: btoa(part) })), { type: "end", trailers: null, error: null }]
            .map((frame) => JSON.stringify(frame) + "\n").join("");
        const read = (text: string) => {
          const frames = text.trim().split("\n").map((line) => JSON.parse(line));
          const end = frames.at(-1);
          return { error: end.error, ...frames[0].headers, body: frames.filter((f) => f.type === "data").map((f) => atob(f.chunk)).join("") };
        };
        const connected = JSON.parse(process.env.CAPAKIT_CONNECTED_WORKLOADS!);
        const post = (body: string) => fetch("http://x/_capakit/framed", { unix: connected[0].bind.slice(5), method: "POST", headers: { "content-type": type }, body } as RequestInit).then((r) => r.text());
        const call = async (method: string, path: string, body = "") => read(await post(write({ method, path, scheme: "http", authority: "x" }, { "x-said": ["hello"] }, body)));
        Bun.serve({
          unix: process.env.CAPAKIT_RUNNER_MANAGED_INGRESS_BIND!.slice(5),
          maxRequestBodySize: 64 << 20,
          async fetch(request) {
            if (new URL(request.url).pathname !== "/_capakit/framed") {
              return new Response("plain HTTP", { status: 400 });
            }

            const asked = read(await request.text());
            const answer = (body: string) => new Response(write({ status: 202 }, { "x-from": ["old"], "set-cookie": ["a=1", "b=2"], "content-type": ["application/json"] }, body), { headers: { "content-type": type } });
            switch (asked.pseudo.path) {
              case "/oaic/fails":
                return new Response(JSON.stringify({ type: "end", trailers: null, error: { code: "Internal", message: "it is broken", options: {} } }) + "\n", { headers: { "content-type": type } });
              case "/oaic/plain":
                return new Response("no frames");
              case "/oaic/peer":
                return answer(JSON.stringify({
                  connected: connected.map((c: { protocol: string }) => c.protocol),
                  bridge: process.env.CAPAKIT_RUNNER_BRIDGE_BIND,
                  posted: await call("POST", "/oaic/x?q=1", "y".repeat(3 << 20)),
                  got: await call("GET", "/oaic"),
                  denied: (await call("GET", "/other")).pseudo.status,
                  broken: read(await post("nonsense\n")).error.code,
                  tooLong: read(await post(JSON.stringify({ type: "start", more: "z".repeat(5 << 20) }) + "\n")).error.message,
                  tooMuch: (await call("POST", "/oaic", "z".repeat(9 << 20))).error.message,
                }));
              default:
                return answer(JSON.stringify({ ...asked, body: asked.body.length }));
            }
          },
        });
        """;

    [TestMethod]
    public async Task BothWaysWhereTheSdkIsOfThatTime()
    {
        await using var scene = RunScene.Kit("");
        scene.Project.Write("capability.yml", Manifest);
        scene.Project.Write("workloads/old/index.ts", Old);
        scene.Project.Write("workloads/peer/index.ts", Peer);
        var run = await scene.StartAsync();
        var address = new Uri(run.Address!, "/v1/chat?model=m%20n");
        using var asked = await scene.Http.PostAsync(address, new StringContent(new string('x', 5 << 20), Encoding.UTF8, "text/plain"));
        Assert.AreEqual(HttpStatusCode.Accepted, asked.StatusCode);
        CollectionAssert.AreEqual(new[] { "a=1", "b=2" }, asked.Headers.GetValues("set-cookie").ToArray());
        var seen = JsonNode.Parse(await asked.Content.ReadAsStringAsync())!;
        Assert.AreEqual("""{"method":"POST","path":"/oaic/chat?model=m%20n","scheme":"http"}""", Without(seen["pseudo"]!, "authority"));
        Assert.AreEqual("text/plain; charset=utf-8", (string?)seen["raw"]!["content-type"]![0]);
        Assert.AreEqual(5 << 20, (int?)seen["body"]);

        var peer = JsonNode.Parse(await scene.Http.GetStringAsync(new Uri(run.Address!, "/v1/peer")))!;
        Assert.AreEqual("""["oaic"]""", peer["connected"]!.ToJsonString(), "no http, at which such an SDK throws");
        StringAssert.StartsWith((string?)peer["bridge"], "unix:/");
        Assert.AreEqual(201, (int?)peer["posted"]!["pseudo"]!["status"]);
        Assert.AreEqual("yes", (string?)peer["posted"]!["raw"]!["x-answer"]![0]);
        Assert.AreEqual($$"""{"method":"POST","path":"/oaic/x?q=1","said":"hello","length":{{3 << 20}}}""", (string?)peer["posted"]!["body"]);
        Assert.AreEqual("""{"method":"GET","path":"/oaic","said":"hello","length":0}""", (string?)peer["got"]!["body"]);
        Assert.AreEqual(403, (int?)peer["denied"]);
        Assert.AreEqual("InvalidArgument", (string?)peer["broken"]);
        StringAssert.Contains((string?)peer["tooLong"], "4 MiB");
        StringAssert.Contains((string?)peer["tooMuch"], "8 MiB");

        await RefusesAsync(scene, run, "fails", 502, "it is broken");
        await RefusesAsync(scene, run, "plain", 502, "not in frames");
        using var large = await scene.Http.PostAsync(address, new ByteArrayContent(new byte[(8 << 20) + 1]));
        Assert.AreEqual(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [TestMethod]
    [DataRow("{\"type\":\"data\",\"chunk\":\"AA==\"}\n", "out of order")]
    [DataRow("{\"type\":\"start\"}\n", "no headers")]
    [DataRow("{\"type\":\"start\",\"headers\":{}}\n", "last frame is missing")]
    [DataRow("{\"type\":\"start\",\"headers\":{}}\n{\"type\":\"data\",\"chunk\":\"!\"}\n", "not base64")]
    [DataRow("{\"type\":\"start\",\"headers\":{}}\n{\"type\":\"start\",\"headers\":{}}\n", "out of order")]
    [DataRow("{\"type\":\"end\",\"error\":{\"message\":\"why\"}}\n", "why")]
    [DataRow("[]\n", "no JSON object")]
    [DataRow("", "last frame is missing")]
    public async Task AreNotReadWhenTheyAreWrong(string text, string why)
    {
        var problem = await Assert.ThrowsExactlyAsync<FrameException>(() => Frames.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), CancellationToken.None));
        StringAssert.Contains(problem.Message, why);
    }

    /// <summary>One of HTTP/2's time cannot be called, and the log says so (CAP5525).</summary>
    [TestMethod]
    public async Task IsNotWhatTheOldestDo()
    {
        await using var scene = RunScene.Kit("Bun.serve({ unix: process.env.CAPAKIT_RUNNER_MANAGED_INGRESS_BIND!.slice(5), fetch: () => new Response() });", more: """
                    prepare:
                      command: mkdir -p node_modules/@capakit/sdk && echo '{"version":"0.0.3"}' > node_modules/@capakit/sdk/package.json
                      network: none
            """);
        await scene.StartAsync();
        Assert.IsTrue(scene.Log.Any(l => l.Level == LogLevel.Warn && l.Text.Contains("CAP5525", StringComparison.Ordinal)), scene.LogText);
    }

    private static async Task RefusesAsync(RunScene scene, RunningPackage run, string path, int status, string why)
    {
        using var answer = await scene.Http.GetAsync(new Uri(run.Address!, $"/v1/{path}"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.AreEqual(status, (int)answer.StatusCode, text);
        StringAssert.Contains(text, "CAP5524");
        StringAssert.Contains(text, why);
    }

    private static string Without(JsonNode node, string name)
    {
        var rest = node.DeepClone().AsObject();
        rest.Remove(name);
        return rest.ToJsonString();
    }
}
