using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Capsule.Families;
using Capsule.Operations.Running;
using ModelContextProtocol.Client;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>The repository's samples, as their readers would run them.</summary>
[TestClass]
public class RunningSamples
{
    [TestMethod]
    [TestCategory("needs-network")]
    public async Task TheKitServesItsPageAndItsTools()
    {
        await using var scene = RunScene.Kit("");
        var run = await scene.StartAsync(_ => Sample(scene, "hello-kit"));
        StringAssert.Contains(await scene.Http.GetStringAsync(run.Address), "<h1");

        // The protocol's own client is the judge.
        await using var transport = new HttpClientTransport(new() { Endpoint = new Uri(run.Address!, "/mcp"), TransportMode = HttpTransportMode.StreamableHttp }, scene.Http, null, false);
        await using var client = await McpClient.CreateAsync(transport);
        var tools = await client.ListToolsAsync();
        CollectionAssert.AreEquivalent(new[] { "greet", "count-words" }, tools.Select(t => t.Name).ToArray());
        var called = await client.CallToolAsync("greet", new Dictionary<string, object?> { ["name"] = "Ada" });
        Assert.AreEqual("Hello, Ada!", called.StructuredContent!.Value.GetProperty("greeting").GetString());
        StringAssert.Contains(scene.LogText, "network: allowed");
    }

    [TestMethod]
    public async Task TheStaticSiteIsServedByTheRunner()
    {
        await using var scene = RunScene.Kit("");
        var run = await scene.StartAsync(_ => Sample(scene, "static-site"));
        StringAssert.Contains(await scene.Http.GetStringAsync(run.Address), "<html");
        using var manifest = await scene.Http.GetAsync(new Uri(run.Address!, "/capsule.toml"));
        Assert.AreEqual(System.Net.HttpStatusCode.NotFound, manifest.StatusCode, "only the site's folder is served");
    }

    [TestMethod]
    [TestCategory("needs-network")]
    public async Task TheNodeCapsuleAnswersAndSeesLittle()
    {
        await using var scene = RunScene.Kit("");
        var run = await scene.StartAsync(_ => Sample(scene, "node-capsule"));
        var self = await scene.Http.GetFromJsonAsync<JsonObject>(new Uri(run.Address!, "/api/self"));
        Assert.AreEqual("v20.11.0", (string?)self!["node"]);
        Assert.AreEqual("Hello from inside a capsule", (string?)self["greeting"]);
        Assert.AreEqual("lo", self["interfaces"]!.AsArray().Single()!.ToString());
    }

    private static PackageRunRequest Sample(RunScene scene, string name)
    {
        var folder = Path.Combine(Repository(), "samples", name);
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = FamilyCatalog.Recognise(folder).Value!.ManifestPath });
        Assert.IsTrue(compiled.Succeeded, string.Join('\n', compiled.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        return scene.Request() with { Package = compiled.Value, Directory = folder };
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Capsule.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }
}
