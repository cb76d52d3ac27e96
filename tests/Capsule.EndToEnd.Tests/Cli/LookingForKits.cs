using System.Text.Json.Nodes;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary>A catalog of Kits on the command line: what it has, and how each of it is run.</summary>
[TestClass]
public sealed class LookingForKits : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task InACatalog()
    {
        _capsule.Write("apps.json", """
            {"schema":1,"tagOntology":[{"group":"Interfaces","description":"","tags":["mcp","web-ui"]}],"apps":[
              {"name":"painter","displayName":"Painter","description":"Paints images","repo":"https://github.com/acme/painter","whatItDoes":["Paints"],"tags":["web-ui","vision"],"order":1},
              {"name":"words","displayName":"words","description":"Counts words","repo":"https://git.example.org/$(id)","tags":["mcp"],"featured":true,"order":2,"skillInstallCommand":"x"}]}
            """);
        await _capsule.RefusesAsync(8, "CAP4320", "registry", "tags");
        Assert.AreEqual("Interfaces\n  mcp  1\n  web-ui  1\nOthers\n  vision  1", await _capsule.DoAsync("registry", "tags", "--registry", "apps.json"));
        Assert.AreEqual("words *  Counts words  [mcp]\npainter  Paints images  [web-ui, vision]", await _capsule.DoAsync("registry", "search", "--registry", "."));
        Assert.AreEqual("painter  Paints images  [web-ui, vision]", await _capsule.DoAsync("registry", "search", "PAINT", "--tag", "vision", "--registry", "."));
        Assert.AreEqual(
            "words\nCounts words\nrepository: https://git.example.org/$(id)\ntags: mcp\nrun: capsule run 'https://git.example.org/$(id)'\nas a skill: capsule run 'https://git.example.org/$(id)' --global-skill codex",
            await _capsule.DoAsync("registry", "info", "words", "--registry", "."));
        var found = JsonNode.Parse(await _capsule.DoAsync("registry", "search", "image", "--registry", ".", "--json"))!["data"]![0]!;
        Assert.AreEqual(("painter", "capsule run https://github.com/acme/painter"), ((string?)found["name"], (string?)found["run"]));
        StringAssert.Contains((await _capsule.RefusesAsync(4, "CAP4326", "registry", "info", "word", "--registry", ".")).Error, "Did you mean 'words'?");
    }
}
