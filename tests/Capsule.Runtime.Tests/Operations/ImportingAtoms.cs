using System.Security.Cryptography;
using System.Text;
using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Importing;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Documents become drafts (specs: atoms 9).</summary>
[TestClass]
public sealed class ImportingAtoms : IDisposable
{
    private const string Classes = "atom_types: [design-spec, openapi-spec, json-schema, rfc, ebnf-grammar, house-style]";

    private readonly AtomScene _scene = new(catalog: c => c.Replace("atom_types: [design-spec]", Classes, StringComparison.Ordinal));
    private readonly LoopbackServer _server = new();

    public void Dispose()
    {
        _server.Dispose();
        _scene.Dispose();
    }

    [TestMethod]
    public async Task KeepTheirBytesAndTellTheirOrigin()
    {
        byte[] content = [0xEF, 0xBB, 0xBF, .. "openapi: 3.0.3\r\ninfo:\r\n  title: \"Pets \\\"and\\\" more\"\r\n  version: 1.2\r\n  contact: {name: Ann}"u8];
        _server.Pages["/pets/openapi.yaml"] = WebAnswer.To("/v2/pet-store.yaml");
        _server.Pages["/v2/pet-store.yaml"] = WebAnswer.Bytes(content, "text/plain", "W/\"x\"");

        AtomScene.Codes(await ImportAsync($"{_server.Root}/pets/openapi.yaml"), "CAP0879 CAP0880");

        const string Folder = "catalog/compositions/openapi-spec/pet-store@1.0.0";
        CollectionAssert.AreEqual(content, File.ReadAllBytes(_scene[Folder, "pet-store.yaml"]));
        Assert.AreEqual($"""
            id = "acme-atoms/openapi-spec/pet-store"
            version = "1.0.0"
            content_hash = ""
            lifecycle = "draft"
            created_at = "2026-11-21T01:02:03Z"

            [spec]
            class = "openapi-spec"
            title = "Pets \"and\" more"
            summary = ""
            authors = ["Ann"]
            conforms_to = ""
            asset = "pet-store.yaml"
            api_version = "1.2"

            [protocol]
            provenance = "{_server.Root}/v2/pet-store.yaml — imported 2026-11-21"
            license = ""

            [protocol.import]
            source_url = "{_server.Root}/v2/pet-store.yaml"
            retrieved_at = "2026-11-21T01:02:03Z"
            sha256 = "{Convert.ToHexStringLower(SHA256.HashData(content))}"
            content_type = "text/plain"
            etag = "W/\"x\""

            """, File.ReadAllText(_scene[Folder, "atom.toml"]));
        Assert.IsEmpty(Leftovers());
        AtomScene.Codes(await AtomValidate.RunAsync(_scene.Call with { Path = Folder }, CancellationToken.None), "CAP0813");

        // The same again: never silently, and then whole.
        AtomScene.Codes(await ImportAsync($"{_server.Root}/v2/pet-store.yaml"), "CAP0879 CAP0817");
        _scene.Write($"{Folder}/extra.txt", "x");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/v2/pet-store.yaml", r => r with { Force = true }), "CAP0879 CAP0853 CAP0880");
        Assert.IsFalse(File.Exists(_scene[Folder, "extra.txt"]));
        AtomScene.Codes(await ImportAsync($"{_server.Root}/v2/pet-store.yaml", r => r with { Version = "2.0.0" }), "CAP0879 CAP0880");
    }

    [TestMethod]
    public async Task PassOnceTheyAreCompleted()
    {
        _scene.Write("in/thing.json", "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"$id\":\"https://e.org/s\",\"title\":\"S\"}");
        _scene.Write("catalog/compositions/design-spec/json-schema-class-spec@1.0.0-draft/atom.toml", "x");
        AtomScene.Codes(await ImportAsync("in/thing.json"), "CAP0880");
        var path = _scene["catalog/compositions/json-schema/thing@1.0.0/atom.toml"];
        StringAssert.Contains(File.ReadAllText(path), "conforms_to = \"acme-atoms/design-spec/json-schema-class-spec@1.0.0-draft\"");
        Assert.IsFalse(File.ReadAllText(path).Contains(_scene["in"], StringComparison.Ordinal), "a path of this machine is nobody's source");
        File.WriteAllText(path, File.ReadAllText(path).Replace("provenance = \"\"", "provenance = \"https://e.org/s\"", StringComparison.Ordinal).Replace("license = \"\"", "license = \"MIT\"", StringComparison.Ordinal));
        AtomScene.Codes(await AtomValidate.RunAsync(_scene.Call with { Path = path }, CancellationToken.None), "");
        AtomScene.Codes(await AtomCanonicalize.RunAsync(_scene.Call with { Path = path }, false, null, CancellationToken.None), "");
        AtomScene.Codes(await ImportCheck.RunAsync(_scene.Call with { Path = path }, CancellationToken.None), "CAP0854");
    }

    [TestMethod]
    public async Task LeaveNothingWhenTheyFail()
    {
        var before = Directory.GetFileSystemEntries(_scene["catalog"], "*", SearchOption.AllDirectories).Order().ToArray();
        _server.Pages["/a.md"] = WebAnswer.Text("# Title\n");
        _server.Pages["/a.avsc"] = WebAnswer.Text("\"string\"");
        _server.Pages["/v1.md"] = WebAnswer.Text("# Title\n");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/a.md"), "CAP0879 CAP0870");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/a.avsc"), "CAP0879 CAP0870");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/none"), "CAP0879 CAP0894");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/v1.md", r => r with { Class = "house-style" }), "CAP0879 CAP0867");
        var asked = _server.Asked.Length;
        AtomScene.Codes(await ImportAsync($"{_server.Root}/a.md", r => r with { Class = "nothing" }), "CAP0870");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/a.md", r => r with { Slug = "../x" }), "CAP0867");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/a.md", r => r with { Version = "1.0" }), "CAP0867");
        AtomScene.Codes(await ImportAsync("gopher://127.0.0.1/a.md"), "CAP0867");
        AtomScene.Codes(await ImportAsync(""), "CAP0867");
        AtomScene.Codes(await ImportAsync("none.md"), "CAP0893");
        Assert.AreEqual(asked, _server.Asked.Length, "a wrong call fetches nothing");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => AtomImport.RunAsync(Call, new ImportRequest($"{_server.Root}/a.md") { Class = "house-style" }, cancelled.Token));
        CollectionAssert.AreEqual(before, Directory.GetFileSystemEntries(_scene["catalog"], "*", SearchOption.AllDirectories).Order().ToArray());
    }

    [TestMethod]
    public async Task TakeTheClassAndTheSlugThatAreGiven()
    {
        _server.Pages["/doc.pdf"] = WebAnswer.Bytes([.. "%PDF-1.7\n"u8, 0, 0xFF], "application/pdf");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/doc.pdf", r => r with { Class = "house-style", Slug = "the-doc" }), "CAP0879 CAP0880");
        Assert.AreEqual(11, new FileInfo(_scene["catalog/compositions/house-style/the-doc@1.0.0/the-doc.pdf"]).Length);
        _server.Pages["/x.yaml"] = WebAnswer.Text("openapi: 3.0.0\n");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/x.yaml", r => r with { Class = "house-style" }), "CAP0879 CAP0875 CAP0880");
        Assert.IsFalse(File.ReadAllText(_scene["catalog/compositions/house-style/x@1.0.0/atom.toml"]).Contains("api_version", StringComparison.Ordinal));
        _server.Pages["/g.bnf"] = WebAnswer.Text("<a> ::= <b>\n<b> ::= x\n");
        AtomScene.Codes(await ImportAsync($"{_server.Root}/g.bnf"), "CAP0879 CAP0880");
        Assert.IsTrue(File.Exists(_scene["catalog/compositions/ebnf-grammar/g@1.0.0/g.bnf"]), "bnf-grammar is not declared");
    }

    [TestMethod]
    public async Task AreComparedWithTheirSource()
    {
        _server.Pages["/x.yaml"] = WebAnswer.Text("openapi: 3.0.0\n");
        await ImportAsync($"{_server.Root}/x.yaml");
        var atom = _scene.Call with { Path = "catalog/compositions/openapi-spec/x@1.0.0" };
        AtomScene.Codes(await ImportCheck.RunAsync(atom, CancellationToken.None), "");
        _server.Pages["/x.yaml"] = WebAnswer.Text("openapi: 3.0.1\n");
        AtomScene.Codes(await ImportCheck.RunAsync(atom, CancellationToken.None), "CAP0855");
        _server.Pages.Clear();
        AtomScene.Codes(await ImportCheck.RunAsync(atom, CancellationToken.None), "CAP0894");
        _scene.Write("catalog/compositions/openapi-spec/x@1.0.0/x.yaml", "openapi: 3.0.2\n");
        AtomScene.Codes(await ImportCheck.RunAsync(atom, CancellationToken.None), "CAP0855");
        AtomScene.Codes(await ImportCheck.RunAsync(_scene.Call, CancellationToken.None), "CAP0854");
        AtomScene.Codes(await ImportCheck.RunAsync(_scene.Call with { Path = "catalog/none" }, CancellationToken.None), "CAP0815");
    }

    [TestMethod]
    public async Task OfTwoAtOnceOneIsMade()
    {
        _server.Pages["/x.yaml"] = WebAnswer.Text("openapi: 3.0.0\n");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => ImportAsync($"{_server.Root}/x.yaml"))));
        Assert.AreEqual(1, outcomes.Count(o => o.FirstError is null));
        Assert.IsTrue(outcomes.Where(o => o.FirstError is not null).All(o => o.FirstError!.Code == "CAP0817"));
        Assert.IsEmpty(Leftovers());
    }

    private AtomCall Call => _scene.Call with { Path = null, Catalog = "catalog" };

    private Task<AtomOutcome> ImportAsync(string address, Func<ImportRequest, ImportRequest>? change = null) =>
        AtomImport.RunAsync(Call, (change ?? (r => r))(new ImportRequest(address)), CancellationToken.None);

    private string[] Leftovers() => Directory.GetFileSystemEntries(_scene["catalog/compositions"], ".*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
}
