using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Edits;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Tests.Atoms;

/// <summary>An atom as a package (specs: trust 1).</summary>
[TestClass]
public class Packages
{
    [TestMethod]
    public void HoldTheAtomWithoutItsSignatures()
    {
        using var scene = new CatalogScene();
        var folder = scene.Greeting();
        File.WriteAllText(Path.Combine(folder, ".gitkeep"), "");
        File.WriteAllText(Path.Combine(folder, "more.key"), "x");
        var manifest = Path.Combine(folder, "atom.toml");
        var unsigned = Packed(manifest);
        var first = Sign(manifest, "a");
        var second = Sign(manifest, "b");
        Assert.AreEqual(CatalogScene.Manifest, first);
        Assert.AreEqual(unsigned, first);
        Assert.AreEqual(first, second);

        // Only tables below [signature] go, up to the next header.
        File.WriteAllText(manifest, File.ReadAllText(manifest) + "# end\n[protocol]\nprovenance = \"https://a.example\"\nlicense = \"MIT\"\n[signature.\"c.d\"]\nvalue = \"[protocol]\"\n");
        StringAssert.StartsWith(Signatures(manifest), "[signature.a]\nalgorithm = ");
        StringAssert.EndsWith(Signatures(manifest), "[signature.\"c.d\"]\nvalue = \"[protocol]\"\n");
        Assert.AreEqual(first + "\n[protocol]\nprovenance = \"https://a.example\"\nlicense = \"MIT\"\n", Packed(manifest));

        string Sign(string path, string key)
        {
            var editor = TomlEditor.Open(SourceText.Load(path).Value!).Value!;
            File.WriteAllText(path, AtomEdits.Sign(editor, new AtomSignature { KeyId = key, Algorithm = "ML-DSA-65", Fingerprint = "x", SignedAt = "y", Value = "z", Place = default }).Value!.Text);
            return Packed(path);
        }
    }

    /// <summary>However a manifest ends, its first signature does not make another package of it.</summary>
    [TestMethod]
    [DataRow("", "\n")]
    [DataRow("\n", "\n")]
    [DataRow("\n\n \n", "\n")]
    [DataRow("  \n", "  \n")]
    [DataRow("\n# the end", "\n# the end\n")]
    [DataRow("\r\n", "\r\n")]
    [DataRow("\r\n\r\n", "\r\n")]
    public void AreTheSameBeforeAndAfterTheFirstSignature(string end, string expected)
    {
        using var scene = new CatalogScene();
        var start = CatalogScene.Manifest.TrimEnd();
        start = end.StartsWith('\r') ? start.ReplaceLineEndings("\r\n") : start;
        var manifest = Path.Combine(scene.Greeting(_ => start + end), "atom.toml");
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest }).Value!.Pack;
        Assert.AreEqual(start + expected, compiled.Entries[0].Text);
        Assert.IsNull(compiled.NativeSignatures);

        var editor = TomlEditor.Open(SourceText.Load(manifest).Value!).Value!;
        File.WriteAllText(manifest, AtomEdits.Sign(editor, new AtomSignature { KeyId = "a", Algorithm = "ML-DSA-65", Fingerprint = "x", SignedAt = "y", Value = "z", Place = default }).Value!.Text);
        Assert.AreEqual(start + expected, FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest }).Value!.Pack.Entries[0].Text);
    }

    [TestMethod]
    public void TakeTheirNameFromTheId()
    {
        using var scene = new CatalogScene();
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = Path.Combine(scene.Greeting(), "atom.toml") });
        Assert.AreEqual(new PackageReference(FamilyNames.Atom, "acme-atoms", "greeting", "1.0.0"), compiled.Value!.Package);
        Assert.AreEqual("How to greet.", compiled.Value.Pack.Description);
        Assert.IsNull(compiled.Value.Launch);
    }

    /// <summary>An installed atom lies far from its catalog, or below another one.</summary>
    [TestMethod]
    public void SayWhatTheyAreWhereTheyAreUnpacked()
    {
        using var scene = new CatalogScene();
        var manifest = scene.Write("store/tree/atom.toml", CatalogScene.Manifest.Replace("[spec]", "[design_spec]", StringComparison.Ordinal));
        scene.Write("store/tree/.capsule/tree", "");
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest, Publisher = "acme" });
        Assert.AreEqual(new PackageReference(FamilyNames.Atom, "acme", "greeting", "1.0.0"), compiled.Value!.Package);
        File.WriteAllText(manifest, CatalogScene.Manifest.Replace("acme-atoms/design-spec/greeting\"", "../greeting\"", StringComparison.Ordinal));
        Assert.AreEqual("CAP0804", FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest }).Diagnostics.Single().Code);
        File.WriteAllText(manifest, "[");
        Assert.AreEqual("CAP0801", FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest }).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void AreRefusedForAWrongAtomOrOutsideACatalog()
    {
        using var scene = new CatalogScene();
        var manifest = Path.Combine(scene.Greeting(m => m.Replace("draft", "stable", StringComparison.Ordinal)), "atom.toml");
        Assert.AreEqual("CAP0806", Failure(manifest));
        File.Delete(scene["ATOMS.yml"]);
        Assert.AreEqual("CAP0861", Failure(manifest));

        static string Failure(string path) => FamilyCatalog.Compile(new CompileRequest { ManifestPath = path }).Diagnostics.Single().Code;
    }

    private static string Signatures(string manifest) => FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest }).Value!.Pack.NativeSignatures!;

    private static string Packed(string manifest)
    {
        var compiled = FamilyCatalog.Compile(new CompileRequest { ManifestPath = manifest });
        Assert.IsTrue(compiled.Succeeded, string.Join('\n', compiled.Diagnostics.Select(d => d.Text)));
        Assert.AreEqual("atom.toml more.key spec.md", string.Join(' ', compiled.Value.Pack.Entries.Select(e => e.Path)));
        return compiled.Value.Pack.Entries[0].Text!;
    }
}
