using Capsule.Core.Diagnostics;
using Capsule.Operations.Kits.Catalogs;
using Capsule.Runtime.Supervision;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Catalogs of Kits, from files, folders and a real git server, and what others may have written into them.</summary>
[TestClass]
public sealed class Catalogs : IDisposable
{
    private const string Good = """
        {"schema":1,"generator":"x","tagOntology":[{"group":"Interfaces","description":"How it is used","tags":["web-ui","mcp"]}],
         "apps":[
          {"name":"b","repo":"https://github.com/acme/b","tags":["mcp"],"order":1},
          {"name":"a","displayName":"A\u001b[31m","description":"line\nline","repo":"acme/a","runCommand":"capakit run https://github.com/acme/a","order":2,"featured":true,"screenshot":null,"skillInstallCommand":"x"},
          {"name":"c","repo":"file:///etc"},
          {"name":"../d","repo":"https://github.com/acme/d"},
          {"name":"b","repo":"https://github.com/mallory/b"},
          {"name":"e"},
          {"name":"f","repo":"https://github.com/acme/f","tags":"mcp"},
          7]}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task EntriesThatCannotBeUsedAreLeftOutAndTheOthersRead()
    {
        _folder.Write("catalog/apps.json", Good);
        var read = await ReadAsync("catalog");
        Assert.IsTrue(read.Succeeded, read.Diagnostics.FirstOrDefault()?.Message);
        Assert.AreEqual("a https://github.com/acme/a, b https://github.com/acme/b", string.Join(", ", read.Value.Entries.Select(e => $"{e.Name} {e.Repository}")));
        Assert.AreEqual(("A\uFFFD[31m", "line line", true), (read.Value.Entries[0].DisplayName, read.Value.Entries[0].Description, read.Value.Entries[0].IsSkill));
        Assert.AreEqual("CAP4325 5,CAP4325 6,CAP4325 7,CAP4325 8,CAP4325 9,CAP4325 10", string.Join(',', read.Diagnostics.Select(d => $"{d.Code} {d.Span!.Value.Line}")));
        Assert.AreEqual(2, (await ReadAsync("catalog/apps.json")).Value!.Entries.Count);
    }

    [TestMethod]
    [DataRow("""{"schema":2,"apps":[]}""", "CAP4322")]
    [DataRow("""{"apps":[]}""", "CAP4324")]
    [DataRow("""{"schema":1}""", "CAP4324")]
    [DataRow("""{"schema":1,"apps":{}}""", "CAP4323")]
    [DataRow("[]", "CAP4323")]
    [DataRow("{", "CAP09")]
    [DataRow("", "CAP09")]
    public async Task WhatIsNoCatalogIsRefused(string text, string code)
    {
        _folder.Write("catalog/apps.json", text);
        StringAssert.StartsWith((await ReadAsync("catalog")).Diagnostics[0].Code, code);
    }

    [TestMethod]
    public async Task WhatIsTooMuchIsNotRead()
    {
        _folder.Write("huge.json", $$"""{"schema":1,"apps":[],"x":"{{new string('x', CatalogReader.Limit)}}"}""");
        StringAssert.StartsWith((await ReadAsync("huge.json")).Diagnostics[0].Code, "CAP09");
        _folder.Write("deep.json", $$"""{"schema":1,"apps":{{new string('[', 500)}}{{new string(']', 500)}}}""");
        StringAssert.StartsWith((await ReadAsync("deep.json")).Diagnostics[0].Code, "CAP09");
        Assert.AreEqual("CAP4321", (await ReadAsync("none")).Diagnostics[0].Code);
        Assert.AreEqual("CAP4320", (await ReadAsync(null)).Diagnostics[0].Code, "no host is made up");
        Assert.AreEqual("CAP4300", (await ReadAsync("file:///etc")).Diagnostics[0].Code);
    }

    [TestMethod]
    public async Task TheSettingsNameOneInARepository()
    {
        using var git = new GitServer();
        git.Commit("registry", ("catalog/apps.json", Good));
        _folder.Write("home/config.toml", $"[kits]\nregistry = \"{git.Url("registry")}#main:catalog\"\n");
        var read = await ReadAsync(null);
        Assert.IsTrue(read.Succeeded, read.Diagnostics.FirstOrDefault()?.Message);
        StringAssert.Contains(read.Value.From, "(commit ");
        Assert.AreEqual("CAP4321", (await ReadAsync(git.Url("registry"))).Diagnostics[0].Code, "not at its top");
        git.Dispose();
        Assert.AreEqual("CAP4305", (await ReadAsync(null)).Diagnostics[0].Code, "as it was the last time");
        _folder.Write("home/config.toml", "[kits]\nregister = \"x\"\n");
        Assert.AreEqual("CAP9251", (await ReadAsync(null)).Diagnostics[0].Code);
    }

    private Task<Result<KitCatalog>> ReadAsync(string? named) => CatalogPlace.ReadAsync(new CapsuleHome(_folder["home"]), named, _folder.Path, CancellationToken.None);
}
