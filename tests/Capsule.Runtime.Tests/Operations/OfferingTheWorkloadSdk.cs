using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Capsule.Operations.Running;
using Capsule.Runtime.Tests.Toolchains;
using Capsule.Runtime.Toolchains;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>A real Bun installs in the sandbox from a registry that has the SDK, has it not, lies, or does not answer.</summary>
[TestClass]
public class OfferingTheWorkloadSdk
{
    private const string Program = """
        import { createWorkloadSdk, endpointPath, version } from "@capakit/sdk";
        import { word } from "plain";
        const sdk = createWorkloadSdk();
        sdk.hijackConsoleLogging();
        sdk.mount({ protocol: "http", endpoint: endpointPath("/http"), handler: (request, context) =>
          Response.json({ path: new URL(request.url).pathname, word, version, workload: context.workloadMid, proxy: process.env.HTTP_PROXY ?? null }) });
        await sdk.start();
        console.warn("up");
        """;

    private static readonly byte[] Plain = FakeRegistry.Archive(("package/package.json", """{"name":"plain","version":"1.0.0","type":"module","main":"index.js"}"""), ("package/index.js", "export const word = 'fetched';"));

    [TestMethod]
    public async Task WhatTheRegistryDoesNotHaveIsOffered()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Serve("plain", "1.0.0", Plain);
        await using var scene = Kit("0.0.10");
        var run = await scene.StartAsync(r => With(r, registry));
        var answer = await scene.Http.GetFromJsonAsync<JsonObject>(new Uri(run.Address!, "/deep/path"));
        Assert.AreEqual("/deep/path fetched 0.0.10 hello", $"{answer!["path"]} {answer["word"]} {answer["version"]} {answer["workload"]}");
        Assert.IsNull(answer["proxy"], "the service has no network");
        await scene.UntilLoggedAsync("hello/start err Warn up");
        Assert.HasCount(1, scene.Log.Where(l => l.Text.Contains("capsule offers its own", StringComparison.Ordinal)));
        CollectionAssert.AreEquivalent(new[] { "index.ts", "package.json" }, Directory.EnumerateFiles(scene.Project["workloads", "hello"]).Select(Path.GetFileName).ToArray());
        Assert.AreEqual(Description("0.0.10"), await File.ReadAllTextAsync(scene.Project["workloads", "hello", "package.json"]), "the Kit stays as it is");
        await run.DisposeAsync();

        // Once the registry has it, the registry's is taken; the home that knew of ours forgets it. A handler of 0.0.7 sees the whole path.
        registry.Serve("@capakit/sdk", "0.0.7", FakeRegistry.Archive(("package/package.json", """{"name":"@capakit/sdk","version":"0.0.7"}"""), ("package/index.js", "throw new Error('the real one');")));
        scene.Project.Write("workloads/hello/package.json", Description("0.0.7"));
        var taken = await scene.TryStartAsync(r => With(r, registry));
        Assert.AreEqual("CAP5404", taken.Diagnostics.Single().Code);
        StringAssert.Contains(taken.Diagnostics.Single().Message, "'createWorkloadSdk' not found", "the registry's own, which is empty");
    }

    [TestMethod]
    public async Task AnOlderNumberBehavesAsItDid()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Serve("plain", "1.0.0", Plain);
        await using var scene = Kit("0.0.7");
        var run = await scene.StartAsync(r => With(r, registry));
        var answer = await scene.Http.GetFromJsonAsync<JsonObject>(new Uri(run.Address!, "/deep/path"));
        Assert.AreEqual("/http/deep/path 0.0.7", $"{answer!["path"]} {answer["version"]}");
    }

    [TestMethod]
    public async Task ARegistryThatLiesAboutAnotherPackageIsRefused()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Serve("plain", "1.0.0", Plain, "sha512-" + Convert.ToBase64String(new byte[64]));
        await using var scene = Kit("0.0.10");
        var result = await scene.TryStartAsync(r => With(r, registry));
        Assert.AreEqual("CAP5405", result.Diagnostics.Single().Code);
        StringAssert.Contains(result.Diagnostics.Single().Message, "Integrity check failed");
        StringAssert.Contains(result.Diagnostics.Single().Message, "plain");
    }

    [TestMethod]
    public async Task ARegistryThatDoesNotAnswerIsNoRegistryWithoutIt()
    {
        await using var registry = await FakeRegistry.StartAsync();
        registry.Serve("plain", "1.0.0", Plain);
        registry.Fails = "@capakit/sdk";
        await using var scene = Kit("0.0.10");
        var result = await scene.TryStartAsync(r => With(r, registry));
        Assert.AreEqual("CAP5405", result.Diagnostics.Single().Code);
        StringAssert.Contains(scene.LogText, "CAP5750");
        StringAssert.Contains(scene.LogText, "503");
        Assert.IsFalse(scene.LogText.Contains("capsule offers its own", StringComparison.Ordinal));
    }

    private static RunScene Kit(string version)
    {
        var scene = RunScene.Kit(Program, "        prepare:\n          command: bun install");
        scene.Project.Write("workloads/hello/package.json", Description(version));
        return scene;
    }

    private static string Description(string version) => $$"""{"private":true,"type":"module","dependencies":{"@capakit/sdk":"{{version}}","plain":"1.0.0"} }""";

    private static PackageRunRequest With(PackageRunRequest request, FakeRegistry registry)
    {
        RealToolchains.GetAsync("bun").GetAwaiter().GetResult();
        return request with { Toolchains = new ToolchainResolver(RealToolchains.Home) { Settings = registry.Settings() } };
    }
}
