using Capsule.Operations.Atoms;
using static Capsule.Runtime.Tests.Operations.AtomScene;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>The quorum of an atom (specs: atoms 7).</summary>
[TestClass]
public class VerifyingAtoms
{
    [TestMethod]
    public async Task EveryStatusHasItsReason()
    {
        using var scene = await new AtomScene().SignedAsync();
        var (catalog, text) = (File.ReadAllText(scene["catalog", "ATOMS.yml"]), scene.Text);
        Assert.AreEqual("valid valid", Statuses(scene.Verify()));
        (string Catalog, string Text, string Status, string Codes)[] cases =
        [
            ("", "value = \"|value = \"!", "malformed", "CAP0874 CAP0873"),
            ("", "value = \"|value = \"AAAA", "malformed", "CAP0874 CAP0873"),
            ("", "signed_at = \"2026-11-21T01:02:03Z\"\n|", "malformed", "CAP0874 CAP0873"),
            ("id: maintainer|id: other", "", "unknown-key", "CAP0874 CAP0873"),
            ("ML-DSA-65|ML-DSA-87", "", "algorithm-mismatch", "CAP0874 CAP0873"),
            ("accepted_algorithms: [ml-dsa-65, |accepted_algorithms: [", "", "algorithm-not-accepted", "CAP0874 CAP0873"),
            ($"{Fingerprint65}|{Fingerprint87}", "", "fingerprint-mismatch", "CAP0874 CAP0873"),
            ("", "public_key = \"|public_key2 = \"", "no-public-key", "CAP0874 CAP0873"),
            ("id: maintainer|revoked: true, id: maintainer", "", "revoked", "CAP0872 CAP0873"),
            ("id: maintainer|expires_at: 2026-11-20T00:00:00Z, id: maintainer", "", "expired", "CAP0874 CAP0873"),
            ("design-spec: \"1 of role:catalog-maintainer + 1|design-spec: \"1 of role:catalog-maintainer + 2", "", "valid", "CAP0873"),
        ];
        foreach (var (inCatalog, inText, status, codes) in cases)
        {
            scene.Write("catalog/ATOMS.yml", Change(catalog, inCatalog));
            scene.Text = Change(text, inText);
            var outcome = scene.Verify();
            Assert.AreEqual($"{status} valid", Statuses(outcome), $"{inCatalog} {inText}");
            Codes(outcome, codes);
        }

        // Changed files: the signatures fail first, then the hash.
        scene.Write("catalog/ATOMS.yml", catalog);
        scene.Text = text;
        File.WriteAllText(Path.Combine(scene.Call.FullPath, "spec.md"), "hullo\n");
        Assert.AreEqual("invalid invalid", Statuses(scene.Verify()));
        Codes(scene.Verify(), "CAP0871 CAP0871 CAP0873 CAP0810");
        scene.Text = Manifest;
        Codes(scene.Verify(), "CAP0873");
    }

    [TestMethod]
    public async Task AnExpiredKeyKeepsWhatItSignedInItsTimeUnlessStrict()
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Write("catalog/ATOMS.yml", Catalog.Replace("id: maintainer", "expires_at: 2026-11-22T00:00:00Z, id: maintainer", StringComparison.Ordinal));
        var later = scene.Call with { Now = scene.Call.Now.AddYears(1) };
        Codes(AtomVerify.Run(later, default), "");
        Codes(AtomVerify.Run(later with { Strict = true }, default), "CAP0874 CAP0873");
    }

    [TestMethod]
    public async Task ABadSignatureThatNobodyNeedsIsAWarningUnlessStrict()
    {
        using var scene = await new AtomScene().SignedAsync();
        scene.Text += "\n[signature.stranger]\nvalue = \"x\"\n";
        Codes(scene.Verify(), "CAP0834");
        Assert.IsTrue(scene.Verify().Atoms.Single().IsValid);
        Codes(scene.Verify(strict: true), "CAP0874");
    }

    [TestMethod]
    public async Task OneKeyUnderTwoIdsCountsOnce()
    {
        using var scene = new AtomScene(c => c.Replace("design-spec: \"1 of role:catalog-maintainer + 1 of role:editor\"", "design-spec: \"2 of 3 of role:catalog-maintainer\"", StringComparison.Ordinal)
            + $"  - {{id: again, role: catalog-maintainer, algorithm: ML-DSA-65, fingerprint: {Fingerprint65}, backend: plain, backend_ref: k65.pem}}\n");
        Codes(await scene.SignAsync("maintainer"), "");
        Codes(await scene.SignAsync("again"), "");
        var outcome = scene.Verify();
        Codes(outcome, "CAP0873 CAP0836");
        Assert.AreEqual("valid valid", Statuses(outcome));
        Assert.HasCount(1, outcome.Atoms.Single().Quorum!.Count.Terms.Single().Signed);
    }

    [TestMethod]
    public async Task ARootCountsForAllOnlyWhereTheCatalogSaysSo()
    {
        static string Root(string c) => c.Replace("id: editor, role: editor", "id: editor, role: root", StringComparison.Ordinal);
        using (var scene = await new AtomScene(Root).SignedAsync())
        {
            Codes(scene.Verify(), "CAP0873");
        }

        using var all = await new AtomScene(c => Root(c).Replace("signing:", "signing:\n  root_satisfies_all: true", StringComparison.Ordinal)).SignedAsync();
        Codes(all.Verify(), "");
    }

    [TestMethod]
    public void WithoutARuleOrAClassThereIsNothingToVerify()
    {
        using var none = new AtomScene(c => c.Replace("default:", "rfc:", StringComparison.Ordinal).Replace("design-spec: \"", "fips: \"", StringComparison.Ordinal));
        Codes(none.Verify(), "CAP0866");
        using var undeclared = new AtomScene(c => c.Replace("[design-spec]", "[]", StringComparison.Ordinal));
        Codes(undeclared.Verify(), "CAP0864");
    }

    [TestMethod]
    public async Task ThePublicKeyMayStandInTheCatalogOrAFile()
    {
        using var scene = await new AtomScene().SignedAsync();
        var line = scene.Text.Split('\n').First(l => l.StartsWith("public_key", StringComparison.Ordinal));
        var spki = line.Split('"')[1];
        var text = scene.Text = scene.Text.Replace(line, "", StringComparison.Ordinal);
        Assert.AreEqual("no-public-key valid", Statuses(scene.Verify()));
        var raw = Convert.ToBase64String(Convert.FromBase64String(spki).AsSpan(22));
        scene.Write("catalog/keys/m.pem", $"-----BEGIN PUBLIC KEY-----\n{spki}\n-----END PUBLIC KEY-----\n");
        foreach (var place in (string[])[$"public_key: {spki}", $"public_key: {raw}", "public_key_file: keys/m.pem"])
        {
            scene.Write("catalog/ATOMS.yml", Catalog.Replace("id: maintainer", $"{place}, id: maintainer", StringComparison.Ordinal));
            Codes(scene.Verify(), "");
        }

        Assert.AreEqual(text, scene.Text);
    }

    private static string Change(string text, string change)
    {
        if (change.Length == 0)
        {
            return text;
        }

        var (old, replacement) = (change.Split('|')[0], change.Split('|')[1]);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.IsGreaterThanOrEqualTo(0, at, change);
        return text[..at] + replacement + text[(at + old.Length)..];
    }

    private static string Statuses(AtomOutcome outcome) => string.Join(' ', outcome.Atoms.Single().Signatures!.Select(s => s.Word));
}
