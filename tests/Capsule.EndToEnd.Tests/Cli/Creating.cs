using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.EndToEnd.Tests.Templates;

namespace Capsule.EndToEnd.Tests.Cli;

/// <summary><c>capsule new</c> and <c>capsule init</c>.</summary>
[TestClass]
public sealed class Creating : IDisposable
{
    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task GivesTheFilesThatDotnetNewGives()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        foreach (var (template, name, more) in new (string, string, string[])[]
        {
            ("kit", "My Kit 2", ["--publisher", "acme"]), ("kit", "MCPServer", []), ("capsule", "2nd <site>", []), ("capsule", "Привет", ["--target", "node"]),
            ("capsule", new string('a', 59) + "-bcdef", ["--target", "web", "--publisher", "acme-2"]),
        })
        {
            (await hive.New([template, "-n", name, .. more])).Succeeds();
            Assert.AreEqual(_capsule[name], await _capsule.DoAsync(["new", template, name, .. more]));

            var expected = Contents(hive[name]);
            var found = Contents(_capsule[name]);
            CollectionAssert.AreEqual(expected.Keys.ToArray(), found.Keys.ToArray(), name);
            foreach (var (path, text) in expected)
            {
                Assert.AreEqual(text, found[path], $"{name}: {path}");
            }
        }
    }

    [TestMethod]
    public async Task GivesAProjectThatIsValidAndPacks()
    {
        var made = JsonNode.Parse(await _capsule.DoAsync("new", "capsule", "shop", "--output", "deep/folder", "--json"))!["data"]!;
        Assert.AreEqual(_capsule["deep", "folder"], (string?)made["folder"]);
        Assert.IsTrue(made["files"]!.AsArray().Any(f => (string?)f == "site/index.html"));

        Assert.IsEmpty(SourcePackage.Compile(_capsule["deep", "folder"]).Diagnostics);
        await _capsule.DoAsync("pack", "deep/folder", "--publisher", "acme", "-o", "out");
        Assert.IsTrue(File.Exists(_capsule["out", "acme.shop.0.1.0.nupkg"]));
    }

    [TestMethod]
    public async Task ReplacesNothingWithoutForce()
    {
        _capsule.Write("site/README.md", "mine");
        _capsule.Write("site/notes.txt", "mine");

        var refused = await _capsule.RefusesAsync(9, "CAP9131", "new", "capsule", "site");
        StringAssert.Contains(refused.Error, "exist already: README.md.");
        Assert.AreEqual("mine", File.ReadAllText(_capsule["site", "README.md"]));
        Assert.IsFalse(File.Exists(_capsule["site", "capsule.toml"]));

        await _capsule.DoAsync("new", "capsule", "site", "--force");
        StringAssert.Contains(File.ReadAllText(_capsule["site", "README.md"]), "# site");
        Assert.AreEqual("mine", File.ReadAllText(_capsule["site", "notes.txt"]));
    }

    [TestMethod]
    [DataRow(1, "CAP9130", "new", "kit", "../up")]
    [DataRow(1, "CAP9130", "new", "kit", "..")]
    [DataRow(1, "CAP9130", "new", "kit", "")]
    [DataRow(1, "CAP9130", "new", "kit", "two\nlines")]
    [DataRow(1, "CAP9132", "new", "kit", "mine", "--publisher", "Acme Corp")]
    [DataRow(2, "CAP9100", "new", "capsule", "mine", "--target", "deno")]
    [DataRow(2, "CAP9100", "new", "kit", "mine", "--target", "web")]
    [DataRow(4, "CAP0960", "init")]
    public async Task RefusesWhatIsNoNameAndWritesNothing(int exit, string code, params string[] arguments)
    {
        var before = Contents(_capsule.Folder).Keys.ToArray();

        await _capsule.RefusesAsync(exit, code, arguments);

        CollectionAssert.AreEqual(before, Contents(_capsule.Folder).Keys.ToArray());
    }

    [TestMethod]
    public async Task PutsAProjectFileBesideAManifest()
    {
        await _capsule.DoAsync("new", "kit", "old kit");
        File.Delete(_capsule["old kit", "old kit.capproj"]);

        await _capsule.DoAsync("init", "old kit", "--publisher", "acme");
        StringAssert.Contains(File.ReadAllText(_capsule["old kit", "old kit.capproj"]), "<CapsulePublisher>acme</CapsulePublisher>");

        await _capsule.RefusesAsync(9, "CAP9131", "init", "old kit");
    }

    private static SortedDictionary<string, string> Contents(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(folder, f), File.ReadAllText), StringComparer.Ordinal);
}
