using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Capsule.Runtime.Tests.Toolchains;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Workloads of a Kit on other toolchains than Bun, over the same contract.</summary>
[TestClass]
public class OtherToolchains
{
    [TestMethod]
    public async Task NodeHasThePackagesThatBunInstalls()
    {
        await using var registry = await FakeRegistry.StartAsync();
        await using var scene = Kit("node", "node index.mjs", "        prepare:\n          command: bun install");
        scene.Project.Write("workloads/hello/package.json", """{"private":true,"type":"module","dependencies":{"@capakit/sdk":">=0.0.7"}}""");
        scene.Project.Write("workloads/hello/index.mjs", """
            import { createWorkloadSdk } from "@capakit/sdk";
            const sdk = createWorkloadSdk({ onShutdown: ({ cause }) => console.log(`ends by ${cause.signal}`) });
            sdk.mount({ protocol: "http", endpoint: "/http", handler: async (request) =>
              Response.json({ node: Boolean(process.versions.node) && !process.versions.bun, path: new URL(request.url).pathname, body: await request.text() }, { headers: [["set-cookie", "a=1"], ["set-cookie", "b=2"]] }) });
            await sdk.start();
            """);
        await RealToolchains.GetAsync("bun");
        await RealToolchains.GetAsync("node");
        await using (var run = await scene.StartAsync(r => r with { Toolchains = new ToolchainResolver(RealToolchains.Home) { Settings = registry.Settings() } }))
        {
            using var answer = await scene.Http.PostAsync(new Uri(run.Address!, "/a/b"), new StringContent("text"));
            var said = await answer.Content.ReadFromJsonAsync<JsonObject>();
            Assert.AreEqual("True /a/b text", $"{(bool)said!["node"]!} {said["path"]} {said["body"]}");
            CollectionAssert.AreEqual(new[] { "a=1", "b=2" }, answer.Headers.GetValues("set-cookie").ToArray());
        }

        StringAssert.Contains(scene.LogText, "ends by SIGTERM");
    }

    [TestMethod]
    public async Task PythonAndDenoNeedNoPackage()
    {
        await using var python = Kit("python", "python3 main.py");
        python.Project.Write("workloads/hello/main.py", """
            import os, socketserver, http.server
            class Server(socketserver.ThreadingUnixStreamServer):
                def get_request(self):
                    return self.socket.accept()[0], ("runner", 0)
            class Handler(http.server.BaseHTTPRequestHandler):
                def do_GET(self):
                    body = f"python {self.path}".encode()
                    self.send_response(200)
                    self.send_header("content-length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
            Server(os.environ["CAPAKIT_WORKLOAD_INGRESS_BIND"].removeprefix("unix:"), Handler).serve_forever()
            """);
        var run = await python.StartAsync();
        Assert.AreEqual("python /http/x", await python.Http.GetStringAsync(new Uri(run.Address!, "/x")));

        await using var deno = Kit("deno", "deno run --allow-all main.ts");
        deno.Project.Write("workloads/hello/main.ts", """
            const path: string = Deno.env.get("CAPAKIT_WORKLOAD_INGRESS_BIND")!.slice("unix:".length);
            Deno.serve({ path }, (request: Request) => new Response(`deno ${new URL(request.url).pathname}`));
            """);
        run = await deno.StartAsync();
        StringAssert.StartsWith(await deno.Http.GetStringAsync(new Uri(run.Address!, "/x")), "deno /");
    }

    private static RunScene Kit(string toolchain, string start, string prepare = "")
    {
        var scene = RunScene.Kit("", prepare, start);
        scene.Project.Write("capability.yml", File.ReadAllText(scene.Project["capability.yml"]).Replace("toolchain: bun", $"toolchain: {toolchain}", StringComparison.Ordinal));
        File.Delete(scene.Project["workloads", "hello", "index.ts"]);
        return scene;
    }
}
