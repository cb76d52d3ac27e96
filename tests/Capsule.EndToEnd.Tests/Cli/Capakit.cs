using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>The program <c>capakit</c>, called by its name on a sample Kit: what it prints as text and as JSON, and what it refuses.</summary>
[TestClass]
public sealed class Capakit : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task RunsAndTestsAKitByItsName()
    {
        await _capsule.HoldingAsync("bun");
        Assert.AreEqual(0, (await Command.RunAsync("cp", ["-r", Checkout.File("samples", "hello-kit"), _capsule["kit"]])).ExitCode);
        await _capsule.DoAsync("shims", "add", "capakit");
        var link = await Command.RunAsync(Path.Combine(_capsule.Home, "bin", "capakit"), ["--version"], _capsule.Folder, _capsule.Variables());
        StringAssert.StartsWith(link.Output, "capakit 1.");

        var tested = await CapakitAsync("test", "kit", "--verbose");
        Assert.AreEqual(0, tested.ExitCode, tested.All);
        StringAssert.Contains(tested.Output, "[i] test manifest [capability-test.yml], cases [3]\n[i] prepare [hello]: [bun install --frozen-lockfile]\n[i] exec preflight, cases [1]\n[✓] passes its own unit tests\n[✓] runtime ready, mode [managed]\n");
        StringAssert.Contains(tested.Output, "[i] access POST [/mcp] tool [greet], status [200], outcome [passed]\n[✓] greets by name\n");
        StringAssert.Contains(tested.Output, "    $.body.words = 9\n[i] runtime stopped\n");
        var json = (await CapakitAsync("test", "--kit", "kit", "--output", "json")).Json(0);
        Assert.AreEqual((true, "greet", 200), ((bool?)json["passed"], (string?)json["cases"]![0]!["request"]!["tool"], (int?)json["cases"]![0]!["request"]!["status"]));

        // What the original prints of its Seatbelt policy, of what holds a sandbox here.
        _capsule.Environment["CAPAKIT_DEBUG_SEATBELT_POLICY"] = "1";
        var each = await CapakitAsync("exec", "--all", "--kit", "kit", "--", "sh", "-c", "echo made > made.txt");
        Assert.AreEqual((0, "made\n"), (each.ExitCode, File.Exists(_capsule["kit/workloads/hello/made.txt"]) ? File.ReadAllText(_capsule["kit/workloads/hello/made.txt"]) : ""), each.All);
        _capsule.Environment.Remove("CAPAKIT_DEBUG_SEATBELT_POLICY");
        var policy = File.ReadAllText(each.Error.Split('\n').First(l => l.StartsWith("policy of the sandbox hello-kit/hello: ", StringComparison.Ordinal)).Split(": ")[1]);
        StringAssert.Contains(policy, "-> /app, read and write\n");
        StringAssert.Contains(policy, "bwrap: --unshare-all\n");
        StringAssert.Contains(policy, "process hello/exec\nprogram: sh in /app\n");

        _capsule.Environment["CAPSULE_CALLED_AS"] = "capakit";
        using (var run = _capsule.Start("up", "kit"))
        {
            await run.UntilPrintedAsync("stop it with Ctrl-C");
            StringAssert.Contains(run.All, "[✓] running [hello-kit]\n[i] sandbox [bubblewrap]\n[✓] http [/] [http://127.0.0.1:");
            Assert.AreEqual("Hello, Ada!\n", (await CapakitAsync("mcp", "call-tool", "--kit", "hello-kit", "--tool", "greet", "--json", """{"name":"Ada"}""")).Output);
            run.Signal(LiveProgram.Interrupt);
            Assert.AreEqual(130, (await run.EndAsync()).ExitCode);
        }

        _capsule.Environment["CAPAKIT_OUTPUT_FORMAT"] = "json";
        _capsule.Environment["CAPAKIT_LOG_FORMAT"] = "json";
        using (var run = _capsule.Start("run", "kit", "--log-details", "all"))
        {
            await run.UntilPrintedAsync("\n}\n");
            run.Signal(LiveProgram.Terminate);
            var ended = await run.EndAsync();
            Assert.AreEqual(143, ended.ExitCode, ended.All);
            var endpoints = JsonNode.Parse(ended.Output)!["endpoints"]!.AsArray();
            Assert.AreEqual(("mcp", "/mcp", true), ((string?)endpoints[1]!["protocol"], (string?)endpoints[1]!["path"], (bool?)endpoints[1]!["defaultMcp"]));
            var log = ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToArray();
            Assert.IsTrue(log.Any(l => (string?)l["source"] == "hello" && (string?)l["lineage"]!["process"] == "hello/start" && l["fields"] is not null), ended.Error);
        }
    }

    [TestMethod]
    public async Task PackagesExtendsAndCleansAKit()
    {
        Assert.AreEqual(0, (await Command.RunAsync("cp", ["-r", Checkout.File("samples", "hello-kit"), _capsule["kit"]])).ExitCode);
        var before = File.ReadAllText(_capsule["kit/capability.yml"]);
        var added = await CapakitAsync("kit", "workloads", "add", "search", "--expose", "/search", "--kit", "kit", "--output", "json");
        Assert.AreEqual("workloads/search", (string?)added.Json(0)["folder"]);
        const string Entry = "  search:\n    endpoints: [mcp]\n    runtime:\n      source:\n        toolchain: bun\n        prepare:\n          command: bun install --frozen-lockfile\n        start:\n          command: bun run src/index.ts\n";
        Assert.AreEqual(
            before.Replace("\nexpose:\n", Entry + "\nexpose:\n", StringComparison.Ordinal) + "  - path: /search\n    target: search\n    endpoints: [mcp]\n",
            File.ReadAllText(_capsule["kit/capability.yml"]));
        StringAssert.Contains(File.ReadAllText(_capsule["kit/workloads/search/package.json"]), "\"name\": \"search\"");
        Assert.IsTrue(File.Exists(_capsule["kit/workloads/search/src/index.ts"]));
        Assert.AreEqual("hello  [source] bun; mcp /mcp, http /http\nsearch  [source] bun; mcp /mcp\n", (await CapakitAsync("kit", "workloads", "list", "kit")).Output);
        Assert.AreEqual("search", (string?)(await CapakitAsync("kit", "workloads", "list", "kit", "--output", "json")).Json(0)[1]!["id"]);

        var text = File.ReadAllText(_capsule["kit/capability.yml"]);
        (await CapakitAsync("kit", "workloads", "add", "search", "--kit", "kit")).Refused(1, "CAP5583");
        (await CapakitAsync("kit", "workloads", "add", "../out", "--kit", "kit")).Refused(1, "CAP5583");
        (await CapakitAsync("kit", "workloads", "add", "more", "--expose", "/search", "--kit", "kit")).Refused(1, "CAP5583");
        (await CapakitAsync("kit", "workloads", "add", "more", "--endpoint", "smtp", "--kit", "kit")).Refused(2, "CAP9100");
        Directory.CreateDirectory(_capsule["kit/workloads/there"]);
        await _capsule.RefusesAsync(9, "CAP5582", "kit", "workloads", "add", "there", "--kit", "kit");
        Assert.AreEqual((text, false), (File.ReadAllText(_capsule["kit/capability.yml"]), Directory.Exists(_capsule["kit/workloads/more"])), "nothing was written");

        var packed = await CapakitAsync("kit", "package", "kit", "--out", "out/hello.capakit");
        StringAssert.StartsWith(packed.Output, "packaged hello-kit as out/hello.capakit (capsule-tree/1:");
        var again = (await _capsule.RunAsync("kit", "package", "kit", "--out", "out/again.capakit", "--json")).Json(0)["data"]!;
        CollectionAssert.AreEqual(File.ReadAllBytes(_capsule["out/hello.capakit"]), File.ReadAllBytes((string)again["file"]!));
        StringAssert.StartsWith((await CapakitAsync("kit", "info", "out/hello.capakit")).Output, "Kit: hello-kit\n");
        (await CapakitAsync("kit", "package", "kit/workloads")).Refused(4, "CAP0960");

        // As a run leaves it.
        var slot = _capsule["home/cache/packages/local-hello-kit/hello/1"];
        _capsule.Write("home/cache/packages/local-hello-kit/hello/1/cache/file", new string('x', 8192));
        _capsule.Write("home/state/local-hello-kit/hello/1/home/notes", "mine");
        _capsule.Write("home/cache/packages/local-other/app/1/cache/file", "another's");
        using (File.Open(_capsule["home/state/local-hello-kit/hello/1.lock"], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            var used = await CapakitAsync("kit", "clean", "kit");
            Assert.AreEqual(9, used.ExitCode, used.All);
            StringAssert.Contains(used.Error, "CAP5581");
            Assert.IsTrue(Directory.Exists(slot));
        }

        Assert.AreEqual("removed 1 folders, 0.0 MB\n", (await CapakitAsync("kit", "clean", "kit")).Output);
        Assert.AreEqual((false, true, true), (Directory.Exists(slot), File.Exists(_capsule["home/state/local-hello-kit/hello/1/home/notes"]), File.Exists(_capsule["home/cache/packages/local-other/app/1/cache/file"])));
        Assert.AreEqual("state", (string?)(await CapakitAsync("kit", "clean", "kit", "--state", "--output", "json")).Json(0)["removed"]![0]!["kind"]);
        Assert.IsFalse(File.Exists(_capsule["home/state/local-hello-kit/hello/1/home/notes"]));
    }

    [TestMethod]
    public async Task SaysWhatItIsMadeOfAndGuidesAgents()
    {
        var all = (await CapakitAsync("licenses", "--output", "json")).Json(0)["components"]!.AsArray().ToDictionary(c => (string)c!["name"]!, c => c!);
        var shipped = Directory.EnumerateFiles(Checkout.File("artifacts", "sdk", "runner"), "*.dll").Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => !n.StartsWith("Capsule.", StringComparison.Ordinal) && n != "capsule");
        Assert.AreEqual("", string.Join(' ', shipped.Except(all.Keys)), "every file of the runner has a licence");

        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var compared = 0;
        foreach (var (name, component) in all)
        {
            var nuspec = Path.Combine(packages, name.ToLowerInvariant(), (string?)component["version"] ?? "none", name.ToLowerInvariant() + ".nuspec");
            if (File.Exists(nuspec))
            {
                var metadata = System.Xml.Linq.XDocument.Load(nuspec).Root!.Elements().Single().Elements().ToDictionary(e => e.Name.LocalName, e => e.Value);
                Assert.AreEqual((metadata["license"], metadata["copyright"]), ((string?)component["license"], (string?)component["copyright"]), name);
                compared++;
            }
        }

        Assert.IsGreaterThanOrEqualTo(5, compared);
        var texts = await CapakitAsync("licenses", "--text");
        StringAssert.Contains(texts.Output, "Permission is hereby granted, free of charge");
        StringAssert.Contains(texts.Output, "Apache License");

        var guide = (await CapakitAsync("agents-md", "print")).Output;
        StringAssert.Contains(guide, "`capakit kit workloads list`");
        Assert.AreEqual(guide, (await CapakitAsync("kit", "agents-md", "print")).Output);
        Assert.AreEqual(guide.Replace("capakit ", "capsule ", StringComparison.Ordinal).Replace("`capakit`", "`capsule`", StringComparison.Ordinal), (await _capsule.RunAsync("kit", "agents-md")).Output);
    }

    [TestMethod]
    public async Task SaysWhatAKitOffersWithoutAPathOfThisMachine()
    {
        _capsule.Write("kit/capability.yml", Described);
        var said = await CapakitAsync("kit", "info", "kit");
        Assert.AreEqual((0, Info.Replace("SOURCE", "path: ../kit  # the way from your Kit to this one", StringComparison.Ordinal).Replace("ADDRESS", ".", StringComparison.Ordinal)), (said.ExitCode, said.Output), said.All);
        var json = await CapakitAsync("kit", "info", "kit", "--output", "json");
        Assert.AreEqual("""{"id":"size","kind":"enum","required":false,"default":"small","values":["small","large"],"description":"How large."}""", json.Json(0)["requires"]!["options"]![1]!.ToJsonString());
        Assert.IsFalse((said.All + json.All).Contains(_capsule.Folder, StringComparison.Ordinal), "no path of this machine");
        Assert.AreEqual("capsule run . --mount models=PATH", (await _capsule.RunAsync("kit", "info", "kit", "--json")).Json(0)["data"]!["commands"]!["run"]!.GetValue<string>());

        // A clone is named by its address, unless that tells more than where it is.
        Assert.AreEqual(0, (await Command.RunAsync("git", ["-c", "init.defaultBranch=main", "init", "-q", _capsule["kit"]])).ExitCode);
        Assert.AreEqual(0, (await Command.RunAsync("git", ["-C", _capsule["kit"], "remote", "add", "origin", "https://example.org/kits/described"])).ExitCode);
        Assert.AreEqual(Info.Replace("SOURCE", "git: https://example.org/kits/described", StringComparison.Ordinal).Replace("ADDRESS", "https://example.org/kits/described", StringComparison.Ordinal), (await CapakitAsync("kit", "info", "kit")).Output);
        Assert.AreEqual(0, (await Command.RunAsync("git", ["-C", _capsule["kit"], "remote", "set-url", "origin", "https://me:token@example.org/kits/described"])).ExitCode);
        StringAssert.Contains((await CapakitAsync("kit", "info", "kit")).Output, "path: ../kit");
    }

    [TestMethod]
    public async Task RefusesWhatItDoesNotKnow()
    {
        _capsule.Write("kit/capability.yml", Described.Replace("target: app", "target: nobody", StringComparison.Ordinal));
        _capsule.Write("other/capsule.toml", "name = \"other\"\n");
        (await CapakitAsync("frobnicate")).Refused(2, "CAP9100");
        (await CapakitAsync()).Refused(2, "CAP9100");
        (await CapakitAsync("exec", "--kit", "kit")).Refused(2, "CAP9100");
        (await CapakitAsync("kit", "info", "kit", "--output", "xml")).Refused(2, "CAP9100");
        (await CapakitAsync("test", "kit", "--kit", "kit")).Refused(2, "CAP9151");
        (await CapakitAsync("kit", "info", "other")).Refused(2, "CAP5580");
        var wrong = await CapakitAsync("kit", "info", "kit");
        wrong.Refused(1, "CAP0236");
        StringAssert.StartsWith(wrong.Error, "[✗] kit/capability.yml:");
        var json = await CapakitAsync("kit", "info", "kit", "--output", "json");
        Assert.AreEqual((1, "", "CAP0236"), (json.ExitCode, json.Output, (string?)JsonNode.Parse(json.Error.Split('\n')[0])!["code"]));
        foreach (var variable in new[] { "CAPAKIT_OUTPUT_FORMAT", "CAPAKIT_LOG_FORMAT", "CAPAKIT_LOG_DETAILS", "CAPAKIT_CLI_THEME" })
        {
            _capsule.Environment[variable] = "loud";
            var refused = await CapakitAsync("storage", "status");
            refused.Refused(2, "CAP9150");
            StringAssert.Contains(refused.Error, variable);
            _capsule.Environment.Remove(variable);
        }

        _capsule.Environment["CAPAKIT_OUTPUT_FORMAT"] = "json";
        Assert.IsNotEmpty((await CapakitAsync("storage", "status")).Json(0).AsArray());
        StringAssert.Contains((await CapakitAsync("storage", "status", "--detailed", "--output", "text")).Output, " files");
    }

    [TestMethod]
    public async Task PaintsForADarkOrALightTerminalOrNot()
    {
        const string Call = "CAPSULE_CALLED_AS=capakit $capsule kit info nothing";
        var shown = (await _capsule.TypedAsync($"echo plain; {Call}; unset NO_COLOR; echo dark; CAPAKIT_CLI_THEME=dark {Call}; echo light; CAPAKIT_CLI_THEME=light {Call}; echo mono; CAPAKIT_CLI_THEME=mono {Call}; echo end", ("end", ""))).Output.Split(["plain", "dark", "light", "mono"], StringSplitOptions.None);
        const string Plain = "[✗] nothing: error CAP0963: There";
        Assert.AreEqual((true, true, true, true), (shown[1].Contains(Plain), shown[2].Contains("[\e[91m✗\e[0m]"), shown[3].Contains("[\e[31m✗\e[0m]"), shown[4].Contains(Plain)), string.Join('|', shown));
    }

    private Task<Command> CapakitAsync(params string[] arguments) => _capsule.CalledAsync("capakit", arguments);

    private const string Described = """
        version: '1'
        name: described
        license: Apache-2.0
        workloads:
          app:
            endpoints: [http, {mcp: /tool}]
            connections: [llm]
            mounts: [models]
            runtime: {source: {toolchain: bun, start: {command: bun run index.ts}}}
          llm:
            runtime: {attachments: {relays: [{kind: exit_to_open_ai, endpoint: oaic, api_key_secret: openai}]}}
          sum:
            import: {dependency: calc, exposed_path: /mcp}
        expose:
          - {path: /, target: app, endpoints: [http, mcp], default_mcp: true}
        options:
          size: {kind: enum, enum_values: [small, large], default: small, description: How large.}
          depth: {kind: number, required: true}
        host_mounts:
          models: {usage: Local models, access: read_write}
        kit_secrets:
          - {key: api, usage: the vendor's key}
        vault_secrets:
          - {key: openai, usage: OpenAI}
        dependencies:
          calc:
            source: {git: https://example.org/kits/calc, ref: v1}
            options: {size: {from_option: size}, mode: fast}
            mount_bindings: {cache: models}
            secret_bindings: {token: api}

        """;

    private const string Info = """
        Kit: described
        License: Apache-2.0

        Exposes
        - /http: http [app/http]
        - /tool: mcp [app/tool], default MCP

        Requires
        Secrets:
        - api [prompt]: the vendor's key
        - openai [prompt, vault]: OpenAI
        Host mounts:
        - models [read_write]: Local models
        Options:
        - depth [number, required]
        - size [enum, default=small, values=small|large]: How large.
        External services:
        - llm [exit_to_open_ai]: api.openai.com, with the secret openai
        Kit dependencies:
        - calc [git https://example.org/kits/calc, ref v1]
          - size <- option size (default: small)
          - mode = fast
          - mount cache <- models
          - secret token <- api

        Use as dependency
          dependencies:
            described:
              source:
                SOURCE
              options:
                depth: VALUE
              mount_bindings:
                models: YOUR_MOUNT
              secret_bindings:
                api: YOUR_SECRET
          workloads:
            described:
              import:
                dependency: described
                exposed_path: /

        Commands
        - run: capakit run ADDRESS --mount models=PATH
        - test: capakit test . --mount models=PATH

        """;
}
