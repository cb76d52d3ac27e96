using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;

namespace Capsule.Families.Tests.Atoms;

/// <summary>Each of the nine checks fails on the line that breaks it, with one code.</summary>
[TestClass]
public class EnvelopeRules
{
    [TestMethod]
    [DataRow("lifecycle   = \"draft\"", "lifecycle = ", "CAP0801:5")]
    [DataRow("id          = \"acme-atoms/design-spec/greeting\"\n", "", "CAP0802:1")]
    [DataRow("id          = \"acme-atoms/design-spec/greeting\"", "id = \"\"", "CAP0802:2")]
    [DataRow("created_at  = \"2026-05-24T00:00:00Z\"\n", "", "CAP0802:1")]
    [DataRow("created_at  = \"2026-05-24T00:00:00Z\"", "created_at = \"yesterday\"", "CAP0803:6")]
    [DataRow("created_at  = \"2026-05-24T00:00:00Z\"", "created_at = 2026-05-24", "CAP0803:6")]
    [DataRow("created_at  = \"2026-05-24T00:00:00Z\"", "created_at = \"2026-02-30T00:00:00Z\"", "CAP0803:6")]
    [DataRow("created_at  =", "published_at = \"2026-05-24T00:00:00Z\"\ncreated_at =", "CAP0803:6")]
    [DataRow("content_hash = \"\"", "content_hash = \"abc\"", "CAP0803:4")]
    [DataRow("content_hash = \"\"", "content_hash = 5", "CAP0803:4")]
    [DataRow("content_hash = \"\"", "supersedes = \"acme-atoms/design-spec/greeting\"", "CAP0803:4")]
    [DataRow("acme-atoms/design-spec/greeting\"\nversion", "acme-atoms/design-spec/../x\"\nversion", "CAP0803:2")]
    [DataRow("acme-atoms/design-spec/greeting\"\nversion", "acme-atoms/design-spec/con\"\nversion", "CAP0803:2")]
    [DataRow("acme-atoms/design-spec/greeting\"\nversion", "acme-atoms/design-spec/Greeting\"\nversion", "CAP0803:2")]
    [DataRow("acme-atoms/design-spec/greeting\"\nversion", "acme-atoms/design-spec/other\"\nversion", "CAP0804:2")]
    [DataRow("acme-atoms/design-spec/greeting\"\nversion", "other-atoms/design-spec/greeting\"\nversion", "CAP0804:2")]
    [DataRow("version     = \"1.0.0\"", "version = \"1.0.1\"", "CAP0804:2")]
    [DataRow("version     = \"1.0.0\"", "version = \"2024.1-draft\"", "CAP0804:2 CAP0805:3")]
    [DataRow("version     = \"1.0.0\"", "version = \"01.0.0\"", "CAP0804:2 CAP0805:3")]
    [DataRow("\"draft\"", "\"historic\"", "CAP0806:5")]
    [DataRow("class       = \"design-spec\"", "class = \"design-specs\"", "CAP0807:9 CAP0811:9")]
    [DataRow("\"spec.md\"", "\"other.md\"", "CAP0808:14")]
    [DataRow("\"spec.md\"", "\"../greeting@1.0.0/spec.md\"", "CAP0808:14")]
    [DataRow("\"spec.md\"", "\"/etc/passwd.md\"", "CAP0808:14")]
    [DataRow("\"spec.md\"", "\".hidden.md\"", "CAP0808:14")]
    [DataRow("\"spec.md\"", "'C:\\x.md'", "CAP0808:14")]
    [DataRow("\"spec.md\"", "\"atom.toml\"", "CAP0808:14 CAP0812:14")]
    [DataRow("\"spec.md\"", "\"\"", "CAP0802:14")]
    [DataRow("asset       = \"spec.md\"\n", "", "CAP0802:8")]
    [DataRow("greeting@1.0.0\"", "farewell@1.0.0\"", "CAP0809:13")]
    [DataRow("greeting@1.0.0\"", "greeting\"", "CAP0803:13")]
    [DataRow("content_hash = \"\"", "content_hash = \"0000000000000000000000000000000000000000000000000000000000000000\"", "CAP0810:4")]
    [DataRow("[spec]", "[document]", "CAP0811:1 CAP0821:8")]
    [DataRow("[spec]", "[[spec]]", "CAP0803:8")]
    [DataRow("[spec]", "[signature]\nk = 3\n[signatures]\na = 1\n[spec]", "CAP0828:10")]
    [DataRow("\"draft\"", "\"published\"", "CAP0822:5")]
    [DataRow("\"draft\"", "\"retired\"\npublished_at = \"2026-05-24T00:00:00Z\"", "CAP0823:5")]
    [DataRow("\"draft\"", "\"draft\"\nlifecycles = 1", "CAP0821:6")]
    [DataRow("title       = \"Greeting\"\n", "title = \"\"\n", "CAP0802:10")]
    [DataRow("authors     = [\"acme\"]\n", "authors = []\n", "CAP0802:12")]
    [DataRow("asset       = \"spec.md\"\n", "asset = \"spec.md\"\n[[spec.amendments]]\ndate = 2026-01-01\nauthor = \"a\"\n", "CAP0802:15")]
    public void AreToldWithTheirLine(string old, string text, string codes)
    {
        using var scene = new CatalogScene();
        var folder = scene.Greeting(m =>
        {
            StringAssert.Contains(m, old);
            return m.Replace(old, text, StringComparison.Ordinal);
        });
        var report = scene.Validate(folder);
        Assert.AreEqual(codes, string.Join(' ', CatalogScene.Codes(report.Problems)), string.Join('\n', report.Problems.Select(p => p.Text)));
    }

    [TestMethod]
    public void AGoodAtomIsSilent()
    {
        using var scene = new CatalogScene();
        Assert.IsEmpty(scene.Validate(scene.Greeting(), strict: true).Problems);
        var hash = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";
        foreach (var style in (string[])[hash, hash.ToUpperInvariant(), $"sha256:{hash}"])
        {
            Assert.IsEmpty(scene.Validate(scene.Greeting(m => m.Replace("\"\"", $"\"{style}\"", StringComparison.Ordinal)), strict: true).Problems);
        }
    }

    [TestMethod]
    public void EveryProblemIsToldAtOnce()
    {
        using var scene = new CatalogScene();
        var folder = scene.Greeting(m => m.Replace("draft", "historic", StringComparison.Ordinal).Replace("spec.md", "../x", StringComparison.Ordinal).Replace("2026", "26", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.Combine(folder, "deep"));
        File.WriteAllText(Path.Combine(folder, "deep", "atom.toml"), "");
        CollectionAssert.IsSubsetOf(new[] { "CAP0816:1", "CAP0806:5", "CAP0803:6", "CAP0808:14" }, CatalogScene.Codes(scene.Validate(folder).Problems));
    }

    [TestMethod]
    public void TheOldLayoutIsAcceptedWithANotice()
    {
        using var scene = new CatalogScene();
        scene.Write("design-spec/greeting/1.0.0/spec.md", "hello\n");
        scene.Write("design-spec/greeting/1.0.0/atom.toml", CatalogScene.Manifest);
        var report = scene.Validate(scene["design-spec/greeting/1.0.0"]);
        Assert.AreEqual("CAP0824", report.Problems.Single().Code);
        Assert.IsTrue(report.IsValid);
        Assert.IsFalse(scene.Validate(scene["design-spec/greeting/1.0.0"], strict: true).IsValid);
    }

    [TestMethod]
    public void APayloadNamedAfterTheClassIsAcceptedWithANotice()
    {
        using var scene = new CatalogScene();
        var report = scene.Validate(scene.Greeting(m => m.Replace("[spec]", "[design_spec]", StringComparison.Ordinal)));
        Assert.AreEqual("CAP0825:8", CatalogScene.Codes(report.Problems).Single());
        Assert.IsTrue(report.IsValid);
    }

    [TestMethod]
    public void ImportedMaterialSaysWhereItComesFrom()
    {
        using var scene = new CatalogScene();
        const string Good = "[protocol]\nprovenance = \"https://w3.example/TR — A\"\nlicense = \"W3C\"";
        foreach (var (protocol, codes) in (ValueTuple<string, int>[])[(Good, 0), ("", 1), (Good.Replace("https://", "", StringComparison.Ordinal), 1), (Good.Replace("W3C", "Mine", StringComparison.Ordinal), 1), ("[protocol]", 2)])
        {
            var report = scene.Validate(scene.Atom("w3c-spec", "", "a.html", "<p>", more: protocol));
            Assert.IsTrue(report.Problems.All(p => p.Code == "CAP0813"));
            Assert.HasCount(codes, report.Problems, protocol);
        }
    }

    [TestMethod]
    public void WhereThereIsNoAtomThatIsSaid()
    {
        using var scene = new CatalogScene();
        Assert.AreEqual("CAP0815", scene.Validate(scene.Root).Problems.Single().Code);
        Assert.AreEqual(ExitCode.NotFound, scene.Validate(scene.Root).Problems.Single().Kind.Exit);
    }

    [TestMethod]
    public void EachCodeCarriesTheReferencesOne()
    {
        Assert.AreEqual("ATM1010", AtomDiagnostics.HashMismatch.Aliases.Single());
        Assert.AreEqual(("CAP0814", "ATM1014"), (AtomDiagnostics.NotDraft.Code, AtomDiagnostics.NotDraft.Aliases.Single()));
        Assert.AreEqual("ATM1109", AtomNoticeDiagnostics.LegacyHash.Aliases.Single());
    }
}
