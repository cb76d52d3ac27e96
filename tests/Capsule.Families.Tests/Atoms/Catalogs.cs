using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms;
using Capsule.Families.Atoms.Catalogs;

namespace Capsule.Families.Tests.Atoms;

/// <summary>ATOMS.yml (specs: atoms 4, 7.1, 7.2).</summary>
[TestClass]
public class Catalogs
{
    private const string Digest = "9f107644c1084526af3bc8098680b05499a2325a644e388fb4f970e058d19d46";

    private const string Key = $"""
        keys:
          - id: 1e3
            role: editor
            algorithm: ML-DSA-65
            fingerprint: {Digest}
            created_at: 2026-01-01T00:00:00Z
            expires_at: null

        """;

    [TestMethod]
    public void AKeyIsReadAsItIsWritten()
    {
        using var scene = new CatalogScene(CatalogScene.Catalog + Key);
        var key = scene.Load().Value!.Keys.Single();
        Assert.AreEqual(("1e3", "editor", "ml-dsa-65", Digest, false), (key.Id, key.Role, key.Algorithm, key.Fingerprint, key.Revoked));
        Assert.IsNull(key.ExpiresAt);
    }

    [TestMethod]
    [DataRow("name: acme-atoms\n", "")]
    [DataRow("name: acme-atoms", "name: Acme")]
    [DataRow("version: 1.0.0\n", "version: 1.0\n")]
    [DataRow("atoms.acme.example", "https://atoms.acme.example")]
    [DataRow("house-style]", "House]")]
    [DataRow("signing:", "composition_dir: ../x\nsigning:")]
    [DataRow("signing:", "composition_dir: /x\nsigning:")]
    [DataRow("signing:", "canonicalization: mine\nsigning:")]
    [DataRow("signing:", "name: twice\nsigning:")]
    [DataRow("signing:", "quorum_rules: {default: \"2 of role:editor\"}\nsigning:")]
    [DataRow("role: editor", "role: An Editor")]
    [DataRow("ML-DSA-65\n", "ed25519\n")]
    [DataRow("fingerprint: 9f", "fingerprint: 9F")]
    [DataRow("2026-01-01T00:00:00Z", "soon")]
    [DataRow("expires_at: null", "public_key_file: ../../key.pem")]
    [DataRow("expires_at: null", "revoked: perhaps")]
    [DataRow("expires_at: null", $"expires_at: null\n  - {{id: 1e3, role: editor, algorithm: ml-dsa-65, fingerprint: {Digest}}}")]
    [DataRow("expires_at: null", $"expires_at: null\n  - {{id: two, role: root, algorithm: ml-dsa-65, fingerprint: {Digest}}}")]
    [DataRow("spec_version", "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\nspec_version")]
    public void AMistakeIsTold(string old, string text)
    {
        using var scene = new CatalogScene((CatalogScene.Catalog + Key).Replace(old, text, StringComparison.Ordinal));
        var loaded = scene.Load();
        Assert.IsFalse(loaded.Succeeded);
        Assert.IsTrue(loaded.Diagnostics.All(d => d.Code == "CAP0862"), string.Join('\n', loaded.Diagnostics.Select(d => d.Text)));
        Assert.IsTrue(loaded.Diagnostics.All(d => d.Kind.Aliases.Single() == "ATM4002"));
    }

    [TestMethod]
    public void NoCatalogIsSaid()
    {
        using var scene = new CatalogScene();
        File.Delete(scene["ATOMS.yml"]);
        Assert.AreEqual(("CAP0861", ExitCode.NotFound), (scene.Load().Diagnostics.Single().Code, scene.Load().Exit));
    }

    [TestMethod]
    [DataRow("1 of role:editor", "1 of role:editor")]
    [DataRow(" 3of5 of role: ratifier ", "3 of 5 of role:ratifier")]
    [DataRow("1 of role:catalog-maintainer + 1 of role:editor", "1 of role:catalog-maintainer + 1 of role:editor")]
    [DataRow("1 of role:root and 2 of 2 of role:editor", "1 of role:root + 2 of 2 of role:editor")]
    [DataRow("0 of role:editor", null)]
    [DataRow("3 of 2 of role:editor", null)]
    [DataRow("1 of editor", null)]
    [DataRow("1 of role:editor or 1 of role:root", null)]
    [DataRow("1 of role:editor +", null)]
    [DataRow("", null)]
    [DataRow("999999999999 of role:editor", null)]
    public void ARuleIsALineOrNothing(string written, string? read)
    {
        using var scene = new CatalogScene(CatalogScene.Catalog.Replace("\"1 of role:catalog-maintainer\"", $"\"{written}\"", StringComparison.Ordinal));
        var loaded = scene.Load();
        Assert.AreEqual(read, loaded.Value?.QuorumRules![0].Text);
        Assert.AreEqual(read is null ? "CAP0866" : null, loaded.Diagnostics.SingleOrDefault()?.Code);
    }

    [TestMethod]
    public void ARuleIsAListToo()
    {
        using var scene = new CatalogScene("""
            spec_version: atoms-spec/v1.1.0
            name: acme-atoms
            atom_types: []
            quorum_rules:
              default:
                - role: editor
                  count: 2
                  of: 5
                - {role: root, count: 1}
            signing:
              quorum_rules: {default: "2 of 5 of role:editor + 1 of role:root"}
            """);
        Assert.AreEqual("2 of 5 of role:editor + 1 of role:root", scene.Load().Value!.QuorumRules!.Single().Text);
    }

    [TestMethod]
    [DataRow("design-spec", "greeting", "design-spec/greeting")]
    [DataRow("design-spec", "farewell", "design-spec")]
    [DataRow("governance", "votes", "governance/*")]
    [DataRow("governance", "voting", "governance/vot*g")]
    [DataRow("house-style", "x", "*-style")]
    [DataRow("rfc", "rfc-1", "default")]
    public void TheMostSpecificRuleApplies(string @class, string slug, string pattern)
    {
        using var scene = new CatalogScene("""
            name: acme-atoms
            atom_types: []
            signing:
              quorum_rules:
                default: "1 of role:editor"
                "*-style": "1 of role:editor"
                "governance/*": "1 of role:ratifier"
                "governance/vot*g": "1 of role:ratifier"
                design-spec: "1 of role:editor"
                design-spec/greeting: "1 of role:editor"
            """);
        Assert.AreEqual("CAP0831", scene.Load().Diagnostics.Single().Code);
        Assert.AreEqual(pattern, QuorumRuleChoice.For(scene.Load().Value!, @class, slug).Value!.Pattern);
    }

    [TestMethod]
    public void WithoutRulesTheBuiltInOnesApplyAndWithoutAMatchNone()
    {
        using var none = new CatalogScene("spec_version: atoms-spec/v1.1.0\nname: a\natom_types: []\n");
        var rule = QuorumRuleChoice.For(none.Load().Value!, "design-spec", "x");
        Assert.AreEqual(("1 of role:catalog-maintainer + 1 of role:editor", "CAP0831"), (rule.Value!.Text, rule.Diagnostics.Single().Code));
        using var other = new CatalogScene("spec_version: atoms-spec/v1.1.0\nname: a\natom_types: []\nquorum_rules: {rfc: 1 of role:editor}\n");
        Assert.AreEqual("CAP0866", QuorumRuleChoice.For(other.Load().Value!, "design-spec", "x").Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow("acme/a-b/c.d_e@1.0.0-draft+x@1", null)]
    [DataRow("acme/a-b/c.d_e@1.0.0-draft+x", "c.d_e")]
    [DataRow("key/key/key-atoms-atom-v1.1@1.0.0", "key-atoms-atom-v1.1")]
    [DataRow("acme/nul/x@1.0.0", null)]
    [DataRow("acme/a/..@1.0.0", null)]
    [DataRow("acme/a/b/c@1.0.0", null)]
    [DataRow("acme/a/b", null)]
    [DataRow("acme/a\\b/c@1.0.0", null)]
    public void AReferenceIsSafeToMakeAPathOf(string text, string? slug) => Assert.AreEqual(slug, AtomReference.Parse(text)?.Slug);
}
