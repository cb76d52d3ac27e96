using Capsule.Tests;

namespace Capsule.Families.Tests.Schemas;

/// <summary>yaml-language-server, which VS Code and others use, judges the schemas of Kits and their tests. It has no network.</summary>
[TestClass]
public class YamlInEditors
{
    private static Editor? _editor;

    private static Editor Editor => _editor!;

    [ClassInitialize]
    public static async Task Start(TestContext _) => _editor = await Editor.YamlAsync();

    [ClassCleanup]
    public static async Task Stop()
    {
        if (_editor is not null)
        {
            await _editor.DisposeAsync();
        }
    }

    [TestMethod]
    public void HaveNoNetwork() => Assert.AreEqual("lo", string.Join(' ', Editor.Server.Networks()));

    [TestMethod]
    public async Task MarkEachMistakeInAKit() =>
        Assert.AreEqual("", await Editor.UnmarkedAsync("capability.yml", RightManifest.Kit, KitMistakes.All));

    [TestMethod]
    public async Task MarkEachMistakeInTestsOfAKit() =>
        Assert.AreEqual("", await Editor.UnmarkedAsync("capability-test.yml", RightManifest.KitTests, KitTestMistakes.All));

    [TestMethod]
    public async Task MarkEachMistakeInACatalog() =>
        Assert.AreEqual("", await Editor.UnmarkedAsync("ATOMS.yml", RightManifest.Catalog, AtomMistakes.Catalog));

    [TestMethod]
    public async Task MarkNothingInWhatIsRight()
    {
        const string Kit = "# yaml-language-server: $schema=.schemas/capability.schema.json\n";
        const string Catalog = "# yaml-language-server: $schema=.schemas/ATOMS.schema.json\n";
        const string Tests = "# yaml-language-server: $schema=.schemas/capability-test.schema.json\n";
        string[] files =
        [
            Editor.Open("right-catalog.yml", RightManifest.Catalog),
            Editor.Open("our-catalog.yml", Catalog + File.ReadAllText(Checkout.File("samples", "atom-catalog", "ATOMS.yml"))),
            Editor.Open("published-catalog.yml", Catalog + File.ReadAllText(Vectors.Sample("atoms", "ATOMS.yml"))),
            Editor.Open("right-kit.yml", RightManifest.Kit),
            Editor.Open("right-tests.yml", RightManifest.KitTests),
            Editor.Open("one-test.yml", Tests + "id: one\nkind: http\ntarget: {exposed_path: /}\nrequest: {path: /}\n"),
            Editor.Open("our-kit.yml", Kit + File.ReadAllText(Checkout.File("samples", "hello-kit", "capability.yml"))),
            Editor.Open("our-tests.yml", Tests + File.ReadAllText(Checkout.File("samples", "hello-kit", "capability-test.yml"))),
        ];

        Assert.IsTrue(await Editor.Server.UntilAsync(() => files.All(f => Editor.Server.Marks(f) is not null)));
        Assert.AreEqual("", string.Join('\n', files.SelectMany(f => Editor.Server.Marks(f)!.Select(m => $"{Path.GetFileName(f)}{m}"))));
    }

    [TestMethod]
    public async Task MarkNothingInPublishedKits()
    {
        var files = Directory.GetFiles(Vectors.Sample("kits"), "capability*.y*ml", SearchOption.AllDirectories)
            .Select((file, index) => Editor.Open(
                $"published-{index}.yml",
                $"# yaml-language-server: $schema=.schemas/{Path.GetFileNameWithoutExtension(file)}.schema.json\n{File.ReadAllText(file)}"))
            .ToArray();

        Assert.IsNotEmpty(files);
        Assert.IsTrue(await Editor.Server.UntilAsync(() => files.All(f => Editor.Server.Marks(f) is not null)));
        Assert.AreEqual("", string.Join('\n', files.SelectMany(f => Editor.Server.Marks(f)!.Select(m => $"{Path.GetFileName(f)}{m}"))));
    }

    [TestMethod]
    public async Task MarkAKeyWithoutAValue()
    {
        var file = Editor.Open("no-value.yml", RightManifest.Kit.Replace("license: Apache-2.0", "license:", StringComparison.Ordinal));

        Assert.IsTrue(await Editor.Server.UntilAsync(() => Editor.Server.Marks(file)?.Any(m => m.Line == 4) == true));
    }

    [TestMethod]
    [DataRow("capability", "version: '1'\n", "workloads expose options dependencies host_mounts kit_secrets vault_secrets")]
    [DataRow("capability", "workloads:\n  web:\n    ", "runtime import variants endpoints connections mounts exposed_secrets")]
    [DataRow("capability", "workloads:\n  web:\n    runtime:\n      source:\n        start:\n          ", "command env env_from_options network")]
    [DataRow("capability", "workloads:\n  web:\n    runtime:\n      source:\n        start:\n          network: ", "none loopback full")]
    [DataRow("capability", "workloads:\n  web:\n    endpoints:\n      - ", "http mcp oaic a2a protocol")]
    [DataRow("capability", "options:\n  size:\n    kind: ", "string number boolean enum path")]
    [DataRow("ATOMS", "name: a\n", "atom_types canonical_domain signing keys licensing")]
    [DataRow("ATOMS", "keys:\n  - ", "id role algorithm fingerprint public_key revoked")]
    [DataRow("capability-test", "kind: ", "mcp http exec")]
    [DataRow("capability-test", "tests:\n  - id: a\n    ", "kind target request validations verbose_output")]
    [DataRow("capability-test", "tests:\n  - id: a\n    kind: http\n    request:\n      ", "method path json")]
    [DataRow("capability-test", "tests:\n  - id: a\n    kind: http\n    request:\n      method: ", "GET POST PUT PATCH DELETE HEAD")]
    public async Task OfferKeysAndValuesWithAnExplanation(string schema, string text, string expected)
    {
        var modeline = $"# yaml-language-server: $schema=.schemas/{schema}.schema.json\n";
        var file = Editor.Open($"complete-{Guid.NewGuid():N}.yml", modeline + text);

        var offered = await Editor.Server.CompleteAsync(file, modeline + text);

        var missing = expected.Split(' ').Where(e => !offered.TryGetValue(e, out var words) || words.Length == 0);
        Assert.AreEqual("", string.Join(' ', missing), $"Offered: {string.Join(", ", offered.Keys)}");
    }

    [TestMethod]
    public async Task OfferNoRemovedKey()
    {
        const string Text = "# yaml-language-server: $schema=.schemas/capability.schema.json\nversion: '1'\n";
        var file = Editor.Open("removed.yml", Text);

        Assert.DoesNotContain("exports", (await Editor.Server.CompleteAsync(file, Text)).Keys);
    }

    [TestMethod]
    public async Task ExplainAFieldUnderTheMouse()
    {
        var file = Editor.Open("hover.yml", RightManifest.Kit);

        StringAssert.Contains(await Editor.Server.HoverAsync(file, "env_from_options"), "take the value of an option");
    }
}
