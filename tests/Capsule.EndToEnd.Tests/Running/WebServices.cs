using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>Web services mode: deno, node and python in one sandbox, main behind the public address.</summary>
[TestClass]
public sealed class WebServices : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task StartInOrderAnswerThroughMainAndStopTogether()
    {
        await _capsule.HoldingAsync("deno@1.46.3", "node@20.11.0");
        Manifest("""
            [services.main]
            entrypoint = "deno run --cached-only --no-lock --allow-env --allow-net main.ts"
            depends_on = ["api", "words"]
            env = { API = "http://127.0.0.1:9000", WORDS = "http://127.0.0.1:9001" }
            readiness_probe = { http_get = "/health", port = "PORT" }

            [services.api]
            entrypoint = "node api.mjs"
            env = { API_PORT = "9000" }
            readiness_probe = { http_get = "/", port = "API_PORT" }

            [services.words]
            entrypoint = "python3 -m http.server --bind 127.0.0.1 9001"
            env = { WORDS_PORT = "9001" }
            readiness_probe = { tcp_connect = "127.0.0.1", port = "WORDS_PORT" }
            """);
        _capsule.Write("app/words.txt", "from python");
        _capsule.Write("app/api.mjs", """
            import { createServer } from "node:http";
            console.log("api is up");
            createServer((_, answer) => answer.end(`from node ${process.version} PORT=${process.env.PORT}`)).listen(Number(process.env.API_PORT), "127.0.0.1");
            """);
        _capsule.Write("app/main.ts", """
            console.log("main is up");
            const read = async (address: string) => await (await fetch(address)).text();
            Deno.serve({ port: Number(Deno.env.get("PORT")), hostname: "127.0.0.1" }, async (request: Request) =>
              new URL(request.url).pathname === "/health" ? new Response("well")
                : new Response(`${await read(Deno.env.get("API")!)}, ${await read(Deno.env.get("WORDS")! + "/words.txt")}`));
            """);

        using var run = await RunningRun.DetachAsync(_capsule, "app");
        Assert.AreEqual("from node v20.11.0 PORT=undefined, from python", await run.GetAsync("/"));
        var left = Leftovers.Of(_capsule, run.RunnerPid, run.Address.Port);
        Assert.AreEqual(1, left.Sandboxes, "the services share one sandbox");
        var logs = await _capsule.DoAsync("logs", run.Id);
        Assert.IsLessThan(logs.IndexOf("main is up", StringComparison.Ordinal), logs.IndexOf("api is up", StringComparison.Ordinal), logs);
        StringAssert.Contains(logs, "[web/api] api is up");
        await _capsule.DoAsync("stop", run.Id);
        await left.AreGoneAsync();
    }

    [TestMethod]
    public async Task OneThatEndsStopsAllAndIsNamed()
    {
        await _capsule.HoldingAsync("deno@1.46.3", "node@20.11.0");
        Manifest("""
            [services.main]
            entrypoint = "node main.mjs"

            [services.worker]
            entrypoint = "sh -c 'sleep 3; echo out of work >&2; exit 4'"
            """);
        _capsule.Write("app/main.mjs", "import { createServer } from 'node:http'; createServer((_, a) => a.end('x')).listen(process.env.PORT, '127.0.0.1');");
        using var runner = _capsule.Start("run", "app", "--port", "0");
        await runner.UntilPrintedAsync("listening on ");
        var left = Leftovers.Of(_capsule, runner.Id);
        var end = await runner.EndAsync();
        Assert.AreEqual(6, end.ExitCode, end.All);
        StringAssert.Contains(end.Error, "'web/worker' ended by itself with exit code 4");
        StringAssert.Contains(end.Error, "out of work");
        await left.AreGoneAsync();
    }

    private void Manifest(string services) => _capsule.Write("app/capsule.toml", $$"""
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "app"
        default_target = "web"

        [targets.web]
        runtime = "web"
        driver = "deno"
        runtime_version = "1.46.3"
        runtime_tools = { node = "20.11.0", python = "3" }
        port = 8000

        {{services}}
        """);
}
