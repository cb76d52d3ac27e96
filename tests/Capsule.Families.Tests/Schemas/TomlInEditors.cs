using Capsule.Tests;

namespace Capsule.Families.Tests.Schemas;

/// <summary>taplo, which VS Code and others use, judges the schema of capsules. It has no network.</summary>
[TestClass]
public class TomlInEditors
{
    private const string Directive = "#:schema .schemas/capsule.schema.json\n";

    private static Editor? _editor;

    private static Editor Editor => _editor!;

    [ClassInitialize]
    public static async Task Start(TestContext _) => _editor = await Editor.TomlAsync();

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
    public async Task MarkEachMistake() =>
        Assert.AreEqual("", await Editor.UnmarkedAsync("capsule.toml", RightManifest.Capsule, CapsuleMistakes.All));

    [TestMethod]
    public async Task MarkEachMistakeInAnAtom() =>
        Assert.AreEqual("", await Editor.UnmarkedAsync("atom.toml", RightManifest.Atom, AtomMistakes.All));

    [TestMethod]
    public async Task OfferKeysAndValuesOfAnAtom()
    {
        foreach (var (text, expected) in (ValueTuple<string, string>[])[("lifecycle = \"|\"", "\"draft\" \"published\" \"retired\""), ("[spec]\n|\n", "class asset title conforms_to"), ("|\n", "id version spec protocol signature")])
        {
            const string Line = "#:schema .schemas/atom.schema.json\n";
            var file = Editor.Open($"complete-{Guid.NewGuid():N}.toml", Line + text.Replace("|", "", StringComparison.Ordinal));
            var offered = await Editor.Server.CompleteAsync(file, Line + text.Split('|')[0]);
            Assert.AreEqual("", string.Join(' ', expected.Split(' ').Except(offered.Keys)), $"Offered: {string.Join(", ", offered.Keys)}");
        }
    }

    [TestMethod]
    [DataRow("default_target = \"app\"\n|\n", "targets pack network isolation requirements metadata")]
    [DataRow("[targets.app]\n|\n", "runtime driver entrypoint port env")]
    [DataRow("[targets.app]\nruntime = \"|\"", "\"source\" \"web\" \"wasm\" \"oci\"")]
    [DataRow("[targets.app]\ndriver = \"|\"", "\"static\" \"deno\" \"node\" \"python\"")]
    [DataRow("[model]\nquantization = \"|\"", "\"fp16\" \"8bit\"")]
    [DataRow("type = \"|\"", "\"app\" \"tool\" \"inference\"")]
    public async Task OfferKeysAndValues(string text, string expected)
    {
        var file = Editor.Open($"complete-{Guid.NewGuid():N}.toml", Directive + text.Replace("|", "", StringComparison.Ordinal));

        var offered = await Editor.Server.CompleteAsync(file, Directive + text.Split('|')[0]);

        Assert.AreEqual("", string.Join(' ', expected.Split(' ').Except(offered.Keys)), $"Offered: {string.Join(", ", offered.Keys)}");
    }

    [TestMethod]
    public async Task ExplainAFieldUnderTheMouse()
    {
        var file = Editor.Open("hover.toml", RightManifest.Capsule);

        StringAssert.Contains(await Editor.Server.HoverAsync(file, "health_check"), "server is well");
    }

    [TestMethod]
    public async Task AgreeWithTheCommandLineOfTaplo()
    {
        using var folder = Editor.Folder();
        string[] right =
        [
            folder.Write("right.toml", RightManifest.Capsule),
            folder.Write("right-atom.toml", RightManifest.Atom),
            .. Directory.GetFiles(Vectors.Sample("atoms"), "atom.toml", SearchOption.AllDirectories).Concat(Directory.GetFiles(Checkout.File("samples", "atom-catalog"), "atom.toml", SearchOption.AllDirectories))
                .Select((file, index) => folder.Write($"published-{index}.toml", "#:schema .schemas/atom.schema.json\n" + File.ReadAllText(file))),
            folder.Write("site.toml", Directive + File.ReadAllText(Checkout.File("samples", "static-site", "capsule.toml"))),
            folder.Write("server.toml", Directive + File.ReadAllText(Checkout.File("samples", "node-capsule", "capsule.toml"))),
        ];
        string[] wrong = [.. CapsuleMistakes.All.Select((mistake, index) => folder.Write($"wrong-{index}.toml", mistake.In(RightManifest.Capsule)))];

        var run = await LintAsync(folder, [.. right, .. wrong]);

        Assert.AreEqual(1, run.ExitCode, run.All);
        Assert.AreEqual("", string.Join('\n', right.Where(file => run.All.Contains($"path=\"{file}\"", StringComparison.Ordinal))));
        Assert.AreEqual("", string.Join('\n', wrong.Zip(CapsuleMistakes.All).Where(w => !run.All.Contains($"path=\"{w.First}\"", StringComparison.Ordinal)).Select(w => w.Second)));
    }

    /// <summary>The published capsules of other people: a mark only where the build refuses the manifest itself.</summary>
    [TestMethod]
    public async Task MarkInPublishedCapsulesWhatTheBuildRefuses()
    {
        using var folder = Editor.Folder();
        var samples = Directory.GetDirectories(Vectors.Sample("capsules")).Where(d => File.Exists(Path.Combine(d, "capsule.toml"))).ToArray();
        var files = samples.Select(s => folder.Write($"{Path.GetFileName(s)}.toml", Directive + File.ReadAllText(Path.Combine(s, "capsule.toml")))).ToArray();

        var run = await LintAsync(folder, files);

        foreach (var (sample, file) in samples.Zip(files))
        {
            var codes = FamilyCatalog.Compile(new CompileRequest { ManifestPath = Path.Combine(sample, "capsule.toml") }).Diagnostics.Select(d => d.Code);
            var refused = codes.Any(c => !BeyondSchemas.Codes.ContainsKey(c));
            Assert.AreEqual(refused, run.All.Contains($"path=\"{file}\"", StringComparison.Ordinal), $"{sample}: {string.Join(' ', codes)}");
        }
    }

    private static Task<Command> LintAsync(TemporaryFolder folder, IEnumerable<string> files) => Command.RunAsync(
        "unshare",
        ["--map-root-user", "--net", "--", "node", Peers.Path("editors", "node_modules", "@taplo", "cli", "dist", "cli.js"), "lint", "--no-auto-config", "--colors", "never", .. files],
        folder.Path);
}
