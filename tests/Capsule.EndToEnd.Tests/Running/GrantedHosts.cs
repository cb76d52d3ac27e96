using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>What a capsule of node reaches with <c>egress_allow</c>, and what it is told of the rest.</summary>
[TestClass]
public sealed class GrantedHosts
{
    private const string Names = """
        127.0.0.1 localhost loopback.test
        11.0.0.2 api.example.test other.example.test db.example.test sub.wild.test
        11.0.0.1 own.test
        10.1.2.3 private.test
        169.254.169.254 metadata.test
        """;

    private const string Task = """
        schema_version = "0.2"
        name = "fixture"
        version = "1.0.0"
        type = "tool"
        default_target = "job"

        [targets.job]
        runtime = "source"
        driver = "node"
        runtime_version = "20.11.0"
        entrypoint = "job.mjs"

        [network]
        egress_allow = ["api.example.test", "db.example.test:5432", "*.wild.test", "private.test", "metadata.test", "own.test", "loopback.test:81"]
        """;

    private const string Job = """
        import net from "node:net"; import tls from "node:tls"; import { execFile } from "node:child_process";
        const text = async (what) => { try { return await what(); } catch (e) { return `failed ${e.cause?.code ?? e.code ?? e.message}`; } };
        const get = (url) => text(async () => (await fetch(url)).text());
        const read = (socket) => new Promise((done, no) => { let s = ""; socket.on("data", (d) => s += d); socket.on("close", () => done(s)); socket.on("error", no); setTimeout(() => socket.destroy(), 5000); });
        const dial = (port, host) => text(() => read(net.connect(port, host)));
        const secure = (options) => text(() => new Promise((done, no) => { const s = tls.connect(options, () => { s.destroy(); done("connected"); }); s.on("error", no); s.on("close", () => no(new Error("closed"))); }));
        const proxy = Number(new URL(process.env.HTTPS_PROXY).port);
        const tunnel = (to) => new Promise((done, no) => { const s = net.connect(proxy, "127.0.0.1", () => s.write(`CONNECT ${to} HTTP/1.1\r\n\r\n`)); s.once("data", (d) => done([s, `${d}`.split(" ")[1]])); s.on("error", no); });
        const ask = (request) => text(() => { const s = net.connect(proxy, "127.0.0.1", () => s.write(request)); return read(s); });
        const curl = (...a) => new Promise((done) => execFile("/usr/bin/curl", ["-sS", "--max-time", "20", ...a], (e, out, err) => done(out || err.trim())));
        const r = {};
        r.https = await get("https://api.example.test/one");
        r.httpsAgain = await get("https://api.example.test/two");
        r.http = await get("http://api.example.test/three");
        r.httpAgain = await get("http://api.example.test/four");
        r.database = await dial(5432, "db.example.test");
        r.proxied = await curl("https://api.example.test/five");
        r.proxiedPlain = await curl("http://api.example.test/six");
        r.proxiedSuffix = await curl("https://sub.wild.test/seven");
        r.suffix = await get("https://sub.wild.test/");
        r.other = await get("https://other.example.test/");
        r.otherPort = await dial(5432, "api.example.test");
        r.otherProxied = (await tunnel("other.example.test:443"))[1];
        r.address = await dial(443, "11.0.0.2");
        r.addressProxied = (await tunnel("11.0.0.2:443"))[1];
        r.sni = await secure({ host: "api.example.test", port: 443, servername: "other.example.test" });
        r.noSni = await secure({ host: "api.example.test", port: 443, servername: "", checkServerIdentity: () => undefined });
        const [socket] = await tunnel("api.example.test:443");
        r.sniProxied = await secure({ socket, servername: "other.example.test" });
        r.smuggled = await ask("GET http://api.example.test/a HTTP/1.1\r\n\r\nGET http://other.example.test/b HTTP/1.1\r\n\r\n");
        r.private = (await tunnel("private.test:443"))[1];
        r.own = (await tunnel("own.test:443"))[1];
        r.metadata = await text(async () => `${(await fetch("http://metadata.test/latest/meta-data/")).status}`);
        r.loopback = await dial(81, "loopback.test");
        console.log(`RESULT ${JSON.stringify(r)}`);
        """;

    [TestMethod]
    public async Task AreReachedByEveryProgramAndNothingElseIs()
    {
        using var capsule = await new CapsuleProgram().HoldingAsync("node@20.11.0");
        capsule.Write("app/capsule.toml", Task);
        capsule.Write("app/job.mjs", Job);
        using var network = await EnterAsync(capsule);
        using var servers = Serve(network, capsule);

        var run = await capsule.RunAsync("run", "app", "--json");

        Assert.AreEqual(0, run.ExitCode, run.All);
        var result = JsonNode.Parse(run.Error.Split('\n').Single(l => l.StartsWith("RESULT ", StringComparison.Ordinal))["RESULT ".Length..])!;
        var expected = new Dictionary<string, string>
        {
            ["https"] = "tls /one",
            ["httpsAgain"] = "tls /two",
            ["http"] = "plain /three",
            ["httpAgain"] = "plain /four",
            ["database"] = "database\n",
            ["proxied"] = "tls /five",
            ["proxiedPlain"] = "plain /six",
            ["proxiedSuffix"] = "tls /seven",
            ["suffix"] = "failed ENOTFOUND",
            ["other"] = "failed ENOTFOUND",
            ["otherPort"] = "failed ECONNREFUSED",
            ["otherProxied"] = "403",
            ["address"] = "failed ENETUNREACH",
            ["addressProxied"] = "403",
            ["private"] = "403",
            ["own"] = "403",
            ["metadata"] = "502",
            ["loopback"] = "",
        };
        foreach (var (name, value) in expected)
        {
            Assert.AreEqual(value, (string?)result[name], $"{name}\n{result}");
        }

        foreach (var name in new[] { "sni", "noSni", "sniProxied" })
        {
            StringAssert.StartsWith((string?)result[name], "failed", name);
        }

        var smuggled = (string)result["smuggled"]!;
        StringAssert.EndsWith(smuggled, "plain /a", "the first request is answered and nothing comes after it");
        Denied(run.Output, run.Error,
            ("resolve", "sub.wild.test", "programs that ignore HTTP_PROXY reach only hosts that the manifest names in full"),
            ("resolve", "other.example.test", "the manifest grants other hosts"),
            ("connect", "other.example.test:443", "the manifest grants other hosts or ports"),
            ("connect", "11.0.0.2:443", "the manifest grants other hosts or ports"),
            ("connect", "api.example.test:443", "its TLS is for 'other.example.test'"),
            ("connect", "api.example.test:443", "its TLS names no server"),
            ("connect", "private.test:443", "its address is private"),
            ("connect", "own.test:443", "its address is one of this machine"),
            ("connect", "metadata.test:80", "its address is link-local, where cloud metadata lives"),
            ("connect", "loopback.test:81", "its address is loopback"));
    }

    [TestMethod]
    public async Task AreReachedFromPythonWithAndWithoutTheProxy()
    {
        using var capsule = new CapsuleProgram();
        capsule.Write("app/capsule.toml", Task.Replace("\"node\"", "\"python\"", StringComparison.Ordinal).Replace("20.11.0", "3", StringComparison.Ordinal).Replace("job.mjs", "job.py", StringComparison.Ordinal));
        capsule.Write("app/job.py", """
            import http.client, urllib.request
            def text(what):
                try: return what()
                except Exception as e: return f"failed {type(e).__name__}"
            def direct(connection):
                connection.request("GET", "/direct")
                return connection.getresponse().read().decode()
            read = lambda url: urllib.request.urlopen(url, timeout=20).read().decode()
            for what in (
                lambda: read("https://api.example.test/proxied"),
                lambda: read("http://api.example.test/proxied"),
                lambda: direct(http.client.HTTPSConnection("api.example.test", timeout=20)),
                lambda: direct(http.client.HTTPConnection("api.example.test", timeout=20)),
                lambda: read("https://other.example.test/"),
                lambda: direct(http.client.HTTPSConnection("other.example.test", timeout=20)),
            ): print(text(what))
            """);
        using var network = await EnterAsync(capsule);
        using var servers = Serve(network, capsule);

        var run = await capsule.RunAsync("run", "app");

        Assert.AreEqual("tls /proxied\nplain /proxied\ntls /direct\nplain /direct\nfailed URLError\nfailed gaierror\n", run.Output, run.All);
        StringAssert.Contains(run.Error, "CAP5306: job/task may not connect to other.example.test:443: the manifest grants other hosts or ports. To allow it, write: egress_allow = [");
    }

    /// <summary>Each command of a Kit has its own: what one may fetch another may not.</summary>
    [TestMethod]
    public async Task AreThoseOfEachCommandOfAKit()
    {
        using var capsule = await new CapsuleProgram().HoldingAsync("bun");
        capsule.Write("kit/capability.yml", """
            version: '1'
            name: hosts
            workloads:
              app:
                egress_allow: [api.example.test]
                runtime:
                  source:
                    toolchain: bun
                    prepare: {command: bun run ask.ts prepare, egress_allow: [other.example.test]}
                    start: {command: bun run ask.ts start, network: full}

            """);
        capsule.Write("kit/workloads/app/ask.ts", """
            for (const host of ["api", "other"]) {
              try { console.log(process.argv[2], await (await fetch(`https://${host}.example.test/${host}`)).text()); } catch (e) { console.log(process.argv[2], host, "failed"); }
            }
            """);
        using var network = await EnterAsync(capsule);
        using var servers = Serve(network, capsule);

        var run = await capsule.RunAsync("run", "kit");

        foreach (var line in new[] { "prepare api failed", "prepare tls /other", "start tls /api", "start other failed" })
        {
            StringAssert.Contains(run.All, line);
        }

        StringAssert.Contains(run.All, "CAP5306: app/prepare may not connect to api.example.test:443: the manifest grants other hosts or ports. To allow it, write: egress_allow: [other.example.test, api.example.test:443] (capability.yml:9:");
    }

    [TestMethod]
    public async Task AreGrantedByTheLineThatTheDenialNames()
    {
        using var capsule = await new CapsuleProgram().HoldingAsync("node@20.11.0");
        capsule.Write("app/capsule.toml", Programs.Node());
        capsule.Write("app/server.mjs", """
            import http from "node:http";
            http.createServer((_, answer) => answer.end("up")).listen(3000, "127.0.0.1");
            try { console.log("reached", await (await fetch("https://api.example.test/x")).text()); } catch (e) { console.log("failed", e.cause?.code); }
            """);
        using var network = await EnterAsync(capsule);
        using var servers = Serve(network, capsule);

        var denial = await RunUntilAsync(capsule, "failed ENOTFOUND");
        Assert.AreEqual("[network]\negress_allow = [\"api.example.test\"]", (string?)denial!["grant"]);
        Assert.AreEqual("capsule.toml", (string?)denial["file"]);
        capsule.Write("app/capsule.toml", $"{Programs.Node()}\n{denial["grant"]}\n");
        Assert.IsNull(await RunUntilAsync(capsule, "reached tls /x"));
    }

    /// <summary>Runs the server until it prints a text, and stops it; the one denial of its log, or null.</summary>
    private static async Task<JsonNode?> RunUntilAsync(CapsuleProgram capsule, string text)
    {
        using var runner = capsule.Start("run", "app", "--port", "0", "--json");
        await runner.UntilPrintedAsync(text);
        await runner.UntilPrintedAsync("listening on ");
        runner.Signal(LiveProgram.Interrupt);
        var ended = await runner.EndAsync();
        var told = Envelope(ended.Output)["denials"]!.AsArray();
        var logged = JsonNode.Parse(await capsule.DoAsync("logs", (string)Envelope(ended.Output)["run"]!, "--json"))!["data"]!.AsArray()
            .Where(l => (string?)l!["level"] != "debug").Select(l => l!["denial"]).OfType<JsonObject>().ToArray();
        Assert.AreEqual(told.ToJsonString(), new JsonArray([.. logged.Select(d => d.DeepClone())]).ToJsonString());
        return told.SingleOrDefault();
    }

    private static async Task<OtherNetwork> EnterAsync(CapsuleProgram capsule)
    {
        var network = await OtherNetwork.CreateAsync(capsule.Write("hosts", Names));
        capsule.Through = [.. network.Inside, "env", "--chdir", capsule.Folder];
        return network;
    }

    private static PublicServers Serve(OtherNetwork network, CapsuleProgram capsule)
    {
        var servers = new PublicServers(network, "api.example.test", "other.example.test", "sub.wild.test");
        capsule.Environment["SSL_CERT_FILE"] = capsule.Write("trusted.pem", servers.Pem);
        return servers;
    }

    private static void Denied(string output, string error, params (string Operation, string Target, string Reason)[] expected)
    {
        var told = Envelope(output)["denials"]!.AsArray().Select(Short).ToArray();
        CollectionAssert.AreEquivalent(expected.Select(e => $"{e.Operation} {e.Target}: {e.Reason}").ToArray(), told);
        var live = error.Split('\n').Where(l => l.StartsWith("{\"denial\":", StringComparison.Ordinal)).Select(l => Short(JsonNode.Parse(l)!["denial"])).ToArray();
        CollectionAssert.AreEqual(told, live);
    }

    private static string Short(JsonNode? denial) => $"{denial!["operation"]} {denial["target"]}: {denial["reason"]}";

    private static JsonNode Envelope(string output) => JsonNode.Parse(output)!["data"]!;
}
