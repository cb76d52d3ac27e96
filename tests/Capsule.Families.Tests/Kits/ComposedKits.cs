using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Tests;

namespace Capsule.Families.Tests.Kits;

/// <summary>Kits that take parts of others (specs: kits 1.3, 1.8, 3.4).</summary>
[TestClass]
public sealed class ComposedKits : IDisposable
{
    private const string Llama = """
        version: '1'
        name: llama-local
        workloads:
          server:
            endpoints: [oaic, {protocol: http, path: /test}]
            connections: [tokens]
            mounts: [models]
            exposed_secrets: [token]
            runtime: {source: {toolchain: bun, start: {command: serve, env_from_options: {MODEL: model, SIZE: size, NOTE: note}}}}
          tokens:
            endpoints: [http]
            variants:
              default: {runtime: {source: {toolchain: bun, start: {command: slow}}}}
              fast: {runtime: {source: {toolchain: bun, start: {command: fast}}}}
        expose:
          - {path: /v1, target: server, endpoints: [oaic]}
          - {path: /count, target: tokens, endpoints: [http]}
        options:
          model: {kind: string, required: true}
          size: {kind: number, default: 1}
          note: {kind: string, default: ''}
        host_mounts:
          models: {usage: weights, access: read_write}
        kit_secrets: [{key: token, usage: x}]

        """;

    private const string Root = """
        version: '1'
        name: book
        workloads:
          app:
            endpoints: [http]
            connections: [llama, counter]
            runtime: {source: {toolchain: bun, start: {command: app}}}
          llama: {import: {dependency: llama, exposed_path: /v1}}
          counter: {import: {dependency: llama, exposed_path: /count}}
        expose:
          - {path: /, target: app, endpoints: [http]}
          - {path: /ai, target: llama, endpoints: [oaic]}
        options:
          best: {kind: string, default: gemma}
        host_mounts:
          cache: {usage: all models, access: read_write}
        kit_secrets: [{key: hub, usage: x}]
        dependencies:
          llama:
            source: {path: ../llama}
            options: {model: {from_option: best}, size: 8192}
            mount_bindings: {models: cache}
            secret_bindings: {token: hub}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void AnImportLeadsToTheOthersProcessAtItsOwnPath()
    {
        var plan = Compiled().Launch!;
        Assert.AreEqual("app llama.server llama.tokens", string.Join(' ', plan.Cells.Select(c => c.Id)));
        Assert.AreEqual("llama llama-local", $"{plan.Dependencies.Single().Id} {plan.Dependencies.Single().Package.Name}");
        var app = plan.Cells[0].Processes.Single();
        Assert.AreEqual(
            "llama.server/start /v1 -> /oaic oaic, llama.server/start /oaic ->  oaic, llama.tokens/start /count -> /http http, llama.tokens/start /http ->  http",
            string.Join(", ", app.Peers.Select(p => $"{p.Process} {p.Endpoint} -> {p.Path} {p.Protocol}")));
        Assert.AreEqual("llama.server/start llama.tokens/start", string.Join(' ', app.DependsOn), "who is called is there first");
        StringAssert.Contains(app.Env["CAPAKIT_CONNECTED_WORKLOADS"], """{"workloadMid":"llama","workloadKey":"llama","endpoint":"/v1","protocol":"oaic","bind":"unix:/run/capsule/peers/llama.sock"}""");
        Assert.AreEqual("/ai llama.server/start /oaic, / app/start /http", string.Join(", ", plan.Public.Select(r => $"{r.Prefix} {r.Process} {r.Path}")));
    }

    [TestMethod]
    public void TheOtherKitGetsWhatItIsGivenAndNothingElse()
    {
        var server = Compiled(options: new() { ["best"] = "phi", ["llama.note"] = "n" }).Launch!.Cells[1];
        var env = server.Processes.Single().Env;
        Assert.AreEqual(("phi", "8192", "n"), (env["MODEL"], env["SIZE"], env["NOTE"]));
        Assert.AreEqual(("server", "/mnt/models"), (env["CAPAKIT_WORKLOAD_MID"], env["CAPAKIT_MOUNT_MODELS"]), "it knows its own names only");
        var mount = server.Mounts.Single(m => m.Kind is MountKind.Host);
        Assert.AreEqual(("cache", "/mnt/models", MountAccess.ReadWrite), (mount.Id, mount.Target, mount.Access));
        var work = server.Mounts.Single(m => m.Kind is MountKind.Work);
        Assert.AreEqual(("llama", "workloads/server"), (work.Dependency, work.Source));
        Assert.AreEqual("llama/capability.yml /workloads/server/connections/0", $"{server.Processes[0].Peers[0].Permission!.Origin.File} {server.Processes[0].Peers[0].Permission!.Origin.Pointer}");
    }

    [TestMethod]
    public void SecretsAreThoseOfTheRunUnderTheOthersOwnNames()
    {
        var bound = Compiled().Launch!;
        Assert.AreEqual("hub as token", bound.Cells[1].Processes.Single().Secrets.Select(s => $"{s.Id} as {s.Name}").Single());
        Assert.AreEqual("hub", string.Join(' ', bound.Secrets!.Select(s => s.Id)));
        var unbound = Compiled(Root.Replace("    secret_bindings: {token: hub}\n", "", StringComparison.Ordinal)).Launch!;
        Assert.AreEqual("llama.token as token", unbound.Cells[1].Processes.Single().Secrets.Select(s => $"{s.Id} as {s.Name}").Single());
        Assert.AreEqual("hub llama.token", string.Join(' ', unbound.Secrets!.Select(s => s.Id)));
    }

    [TestMethod]
    [DataRow("hub", "key", DisplayName = "Kits share the vault by its names")]
    [DataRow("key", "llama.key", DisplayName = "unless the Kit itself calls a secret of its own so")]
    public void AVaultSecretOfADependencyIsThatOfTheVault(string own, string named)
    {
        var llama = Llama
            .Replace("  server:\n", "  out: {runtime: {attachments: {relays: [{kind: exit_to_open_ai, endpoint: oaic, api_key_secret: key}]}}}\n  server:\n", StringComparison.Ordinal)
            .Replace("{path: /count, target: tokens, endpoints: [http]}", "{path: /count, target: out, endpoints: [oaic]}", StringComparison.Ordinal) + "vault_secrets: [{key: key, usage: x}]\n";
        var plan = Compiled(Root.Replace("kit_secrets: [{key: hub", $"kit_secrets: [{{key: {own}", StringComparison.Ordinal).Replace("token: hub", $"token: {own}", StringComparison.Ordinal), llama: llama).Launch!;
        Assert.AreEqual(("llama.out/relay", named), (plan.Relays!.Single().Id, plan.Relays!.Single().Secret));
        Assert.AreEqual($"{own} {named}", string.Join(' ', plan.Secrets!.Select(s => s.Id)));
        var app = plan.Cells[0].Processes.Single();
        Assert.Contains("llama.out/relay /count -> /oaic", app.Peers.Select(p => $"{p.Process} {p.Endpoint} -> {p.Path}"));
        Assert.AreEqual("llama.server/start", string.Join(' ', app.DependsOn), "a Relay is no process");
    }

    [TestMethod]
    public void WhatNothingIsBoundToIsAskedForByItsOwnName()
    {
        var compiled = Compiled(Root.Replace("    mount_bindings: {models: cache}\n", "", StringComparison.Ordinal).Replace("model: {from_option: best}, ", "", StringComparison.Ordinal));
        Assert.AreEqual("llama.models", compiled.Launch!.Cells[1].Mounts.Single(m => m.Kind is MountKind.Host).Id);
        Assert.AreEqual("capability.yml(19,3): error CAP0257: Option 'llama.model' needs a value.", KitScene.Said(compiled.LaunchNotYet.Where(d => d.Code == "CAP0257")));
    }

    [TestMethod]
    public void OneVariantOfAWorkloadRuns()
    {
        Assert.AreEqual("slow", Compiled().Launch!.Cells[2].Processes.Single().Shell);
        var chosen = Compiled(variants: new() { ["llama.tokens"] = "fast" }).Launch!;
        Assert.AreEqual("fast", chosen.Cells[2].Processes.Single().Shell);
        Assert.AreEqual("llama.tokens=fast", string.Join(' ', chosen.Selection.Variants.Select(v => $"{v.Key}={v.Value}")));
        Assert.AreEqual("error CAP0292: Workload 'tokens' has no variant 'quick'. Declared: default, fast.", Said(variants: new() { ["llama.tokens"] = "quick" }));
        Assert.AreEqual("error CAP0293: The Kit has no workload 'app' with variants. With variants: none.", Said(variants: new() { ["app"] = "quick" }));
    }

    [TestMethod]
    [DataRow("options: {model: {from_option: best}, size: 8192}", "options: {modell: x}", "capability.yml(21,15): error CAP0276: The dependency 'llama' has no option 'modell'. Declared there: model, size, note.")]
    [DataRow("size: 8192", "size: big", "capability.yml(21,49): error CAP0289: 'big' is not a value for option 'size' of the dependency 'llama', which takes a number.")]
    [DataRow("mount_bindings: {models: cache}", "mount_bindings: {model: cache}", "capability.yml(22,22): error CAP0277: The dependency 'llama' has no mount 'model'. Declared there: models.")]
    [DataRow("usage: all models, access: read_write", "usage: all models", "capability.yml(22,30): error CAP0279: The dependency 'llama' changes files in its mount 'models', and 'cache' is declared read_only.")]
    [DataRow("secret_bindings: {token: hub}", "secret_bindings: {tokens: hub}", "capability.yml(23,23): error CAP0278: The dependency 'llama' has no secret 'tokens'. Declared there: token.")]
    [DataRow("kit_secrets: [{key: hub", "vault_secrets: [{key: hub", "capability.yml(23,30): error CAP0291: 'hub' is a vault secret, and the dependency 'llama' has a kit secret 'token'.")]
    [DataRow("exposed_path: /v1}", "exposed_path: /v2}", "capability.yml(8,53): error CAP0282: The dependency 'llama' exposes nothing at '/v2'. Exposed there: /v1, /count.")]
    [DataRow("path: ../llama", "path: ../empty", "capability.yml(19,3): error CAP0288: The dependency 'llama' is no Kit: it has no capability.yml.")]
    [DataRow("path: ../llama", "path: .", "capability.yml(19,3): error CAP0283: These Kits depend on each other in a circle: 'book' -> 'book'.")]
    public void WhatDoesNotFitTogetherIsRefusedAtItsPlace(string right, string wrong, string said)
    {
        Directory.CreateDirectory(_folder["empty"]);
        Assert.AreEqual(said, Said(Root.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [TestMethod]
    public void ALongCircleIsNamedWhole()
    {
        _folder.Write("other/capability.yml", Hello("other", "../book"));
        Assert.AreEqual(
            "capability.yml(18,3): error CAP0283: These Kits depend on each other in a circle: 'book' -> 'other' -> 'book'.",
            Said(Root.Replace("path: ../llama", "path: ../other", StringComparison.Ordinal).Replace("    options: {model: {from_option: best}, size: 8192}\n    mount_bindings: {models: cache}\n    secret_bindings: {token: hub}\n", "", StringComparison.Ordinal)
                .Replace("/v1", "/mcp", StringComparison.Ordinal).Replace("/count", "/mcp", StringComparison.Ordinal).Replace("endpoints: [oaic]", "endpoints: [mcp]", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void KitsThatLieTooDeepAndTooManyKitsAreRefused()
    {
        for (var i = 0; i < 20; i++)
        {
            _folder.Write($"k{i}/capability.yml", Hello($"k{i}", $"../k{i + 1}"));
        }

        StringAssert.Contains(KitScene.Said(Compile("k0").Diagnostics), "error CAP0284: The dependency 'dep.dep");
        _folder.Write("leaf/capability.yml", KitScene.Hello);
        var many = string.Concat(Enumerable.Range(0, 12).Select(i => $"  d{i}: {{source: {{path: ../mid}}}}\n"));
        _folder.Write("mid/capability.yml", KitScene.Hello + "dependencies:\n" + many.Replace("../mid", "../leaf", StringComparison.Ordinal));
        _folder.Write("many/capability.yml", KitScene.Hello + "dependencies:\n" + many);
        Assert.AreEqual("CAP0285", Compile("many").Diagnostics.Single(d => d.IsError).Code);
    }

    /// <summary>A package goes without the folders around it, so what is taken from there goes along.</summary>
    [TestMethod]
    public void APackageCarriesTheKitsFromOutsideOfItAndRunsWithThem()
    {
        _folder.Write("llama/capability.yml", Llama + "dependencies:\n  near: {source: {path: near}}\n  far: {source: {path: ../far}}\n");
        _folder.Write("llama/near/capability.yml", Hello("near", "../../far"));
        _folder.Write("llama/near/workloads/hello/src/index.ts", "near");
        _folder.Write("far/capability.yml", KitScene.Hello);
        _folder.Write("far/workloads/hello/src/index.ts", "far");
        _folder.Write("book/capability.yml", Root);
        var author = FamilyCatalog.Compile(new CompileRequest { ManifestPath = _folder["book", "capability.yml"] }).Value!;

        var carried = author.Pack.Entries.Where(e => e.Path.StartsWith("_packages/", StringComparison.Ordinal)).Select(e => $"{e.Path} < {e.Source}").ToArray();
        CollectionAssert.Contains(carried, "_packages/llama/capability.yml < ../llama/capability.yml");
        CollectionAssert.Contains(carried, "_packages/llama/near/workloads/hello/src/index.ts < ../llama/near/workloads/hello/src/index.ts");
        CollectionAssert.Contains(carried, "_packages/llama.far/workloads/hello/src/index.ts < ../far/workloads/hello/src/index.ts");
        CollectionAssert.Contains(carried, "_packages/llama.near.dep/capability.yml < ../far/capability.yml");
        Assert.IsFalse(carried.Any(c => c.StartsWith("_packages/llama.near/", StringComparison.Ordinal)), "what lies in a folder that goes along goes along with it");

        foreach (var entry in author.Pack.Entries)
        {
            _folder.Write("installed/" + entry.Path, File.ReadAllText(Path.Combine(_folder["book"], entry.Source!)));
        }

        var installed = FamilyCatalog.Compile(new CompileRequest { ManifestPath = _folder["installed", "capability.yml"], Installed = true }).Value!;
        Assert.AreEqual("", string.Join(' ', installed.LaunchNotYet.Select(d => d.Code).Where(c => c != "CAP0281")));
        Assert.AreEqual(string.Join(' ', author.Launch!.Cells.Select(c => c.Id)), string.Join(' ', installed.Launch!.Cells.Select(c => c.Id)));
        Assert.AreEqual(_folder["installed", "_packages", "llama.far"], installed.Dependencies["llama.far"].Directory);
        Assert.AreEqual(_folder["installed", "_packages", "llama", "near"], installed.Dependencies["llama.near"].Directory);
    }

    [TestMethod]
    public void AnInstalledPackageDoesNotReachIntoTheFoldersAroundIt()
    {
        _folder.Write("llama/capability.yml", Llama);
        _folder.Write("book/capability.yml", Root);
        var installed = FamilyCatalog.Compile(new CompileRequest { ManifestPath = _folder["book", "capability.yml"], Installed = true }).Value!;
        Assert.AreEqual("CAP0290", installed.LaunchNotYet.First(d => d.Code != "CAP0281").Code);
        Assert.AreEqual("app", string.Join(' ', installed.Launch!.Cells.Select(c => c.Id)));

        // Deeper in a tree that came as a whole, that tree is the end.
        var within = FamilyCatalog.Compile(new CompileRequest { ManifestPath = _folder["book", "capability.yml"], Installed = true, Tree = _folder.Path }).Value!;
        Assert.DoesNotContain("CAP0290", within.LaunchNotYet.Select(d => d.Code));
        Assert.HasCount(1, within.Dependencies);
    }

    [TestMethod]
    public void ARepositoryIsNamedAndWhatLiesInItIsKnownOnceItIsThere()
    {
        var git = Root.Replace("source: {path: ../llama}", "source: {git: 'https://example.org/llama.git', ref: v2}", StringComparison.Ordinal);
        var unknown = Compiled(git);
        var source = new GitSource("https://example.org/llama.git", "v2");
        Assert.AreEqual((source, "llama", false), (unknown.GitDependencies.Single().Source, unknown.GitDependencies.Single().Id, unknown.GitDependencies.Single().IsOpen));
        Assert.Contains("CAP0287", unknown.LaunchNotYet.Select(d => d.Code));

        _folder.Write("fetched/capability.yml", Llama + "dependencies:\n  up: {source: {path: ../book}}\n");
        var known = FamilyCatalog.Compile(new CompileRequest { ManifestPath = _folder["book", "capability.yml"], Fetched = new Dictionary<GitSource, string> { [source] = _folder["fetched"] } }).Value!;
        Assert.IsTrue(known.GitDependencies.Single().IsOpen);
        Assert.AreEqual("CAP0290", string.Join(' ', known.LaunchNotYet.Select(d => d.Code).Where(c => c != "CAP0281")), "a repository has nothing outside of itself");
        Assert.AreEqual(_folder["fetched"], known.Dependencies["llama"].Directory);
    }

    private static string Hello(string name, string dependency) => KitScene.Hello.Replace("name: hello", $"name: {name}", StringComparison.Ordinal)
        + $"dependencies:\n  dep: {{source: {{path: {dependency}}}}}\n";

    private Result<CompiledPackage> Compile(string folder, Dictionary<string, string>? options = null, Dictionary<string, string>? variants = null) => FamilyCatalog.Compile(new CompileRequest
    {
        ManifestPath = _folder[folder, "capability.yml"],
        Options = options ?? [],
        Variants = variants ?? [],
    });

    private Result<CompiledPackage> Book(string root, Dictionary<string, string>? options = null, Dictionary<string, string>? variants = null, string llama = Llama)
    {
        _folder.Write("llama/capability.yml", llama);
        _folder.Write("book/capability.yml", root);
        return Compile("book", options, variants);
    }

    private CompiledPackage Compiled(string root = Root, Dictionary<string, string>? options = null, Dictionary<string, string>? variants = null, string llama = Llama)
    {
        var result = Book(root, options, variants, llama);
        Assert.IsTrue(result.Succeeded, KitScene.Said(result.Diagnostics));
        return result.Value;
    }

    private string Said(string root = Root, Dictionary<string, string>? variants = null) => KitScene.Said(Book(root, variants: variants).Diagnostics.Where(d => d.IsError));
}
