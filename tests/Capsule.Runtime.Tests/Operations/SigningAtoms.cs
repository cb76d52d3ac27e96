using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Operations.AtomScene;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Signing an atom (specs: atoms 6).</summary>
[TestClass]
public partial class SigningAtoms
{
    [TestMethod]
    public async Task AddsTheHashAndOneBlockAndNothingElse()
    {
        using var scene = new AtomScene();
        Codes(await scene.SignAsync("maintainer"), "");
        var hashed = Manifest.Replace("\"1.0.0\"\nlifecycle", $"\"1.0.0\"\ncontent_hash = \"{Hash}\"\nlifecycle", StringComparison.Ordinal);
        StringAssert.StartsWith(scene.Text, $"{hashed}\n[signature.maintainer]\nalgorithm = \"ML-DSA-65\"\nfingerprint = \"{Fingerprint65}\"\nsigned_at = \"2026-11-21T01:02:03Z\"\nvalue = \"");
        Assert.AreEqual(hashed, scene.Text[..(hashed.Length)]);
        var first = scene.Text;
        Codes(await scene.SignAsync("maintainer"), "CAP0844");
        Assert.AreEqual(first, scene.Text);
        Codes(await scene.SignAsync("editor"), "CAP0833");
        StringAssert.StartsWith(scene.Text, first);
        Codes(await scene.SignAsync("maintainer", force: true), "");
        Assert.AreEqual(2, Regex.Count(scene.Text, @"^\[signature", RegexOptions.Multiline));
        Codes(scene.Verify(), "");
    }

    /// <summary>The constants of specs: atoms 6.6; the message is a document of others.</summary>
    [TestMethod]
    [DataRow("44", Fingerprint44, "702af010d0f2139be372913d0d20184694f2f89c0982458a41e0f39f4992f045")]
    [DataRow("65", Fingerprint65, "b1c877c999b03b353418e7003d839f4c343d1cbdb6204ae401676a26628aeab9")]
    [DataRow("87", Fingerprint87, "7ad36ccd115f6b0ab33e9642f250debebaf855c07019fdfd26c716326ba866b6")]
    public async Task GivesThePublishedSignatureWithoutRandomness(string set, string fingerprint, string digest)
    {
        using var scene = new AtomScene(c => c.Replace("accepted_algorithms: [ml-dsa-65", "accepted_algorithms: [ml-dsa-87, ml-dsa-65", StringComparison.Ordinal)
            + $"  - {{id: other, role: editor, algorithm: ml-dsa-{set}, fingerprint: {fingerprint}, backend: plain, backend_ref: k{set}.pem}}\n".Replace("role: editor", set == "65" ? "role: catalog-maintainer" : "role: editor", StringComparison.Ordinal));
        File.Copy(Vectors.Sample("atoms", "compositions", "design-spec", "atom-cli-spec@1.0.0-draft", "spec.md"), Path.Combine(scene.Call.FullPath, "spec.md"), overwrite: true);
        Assert.IsTrue((await scene.SignAsync("other", deterministic: true)).Atoms.Single().IsValid);
        var value = Value().Match(scene.Text).Groups[1].Value;
        Assert.AreEqual(digest, Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(value))));
        StringAssert.Contains(scene.Text, "\"de5498df93eb111cb383e422851df47e524576be29e24434341daef51be73917\"");
    }

    [TestMethod]
    [DataRow("maintainr", "CAP0841")]
    [DataRow(null, "CAP0865")]
    public async Task NeedsARegisteredKey(string? key, string code) => await RefusedAsync(new AtomScene(), key, code);

    [TestMethod]
    [DataRow("id: maintainer,", "id: maintainer, revoked: true, revocation_reason: lost,", "CAP0842")]
    [DataRow("id: maintainer,", "id: maintainer, expires_at: 2026-01-01T00:00:00Z,", "CAP0843")]
    [DataRow("id: maintainer,", "id: maintainer, created_at: 2026-12-01T00:00:00Z,", "CAP0843")]
    [DataRow("accepted_algorithms: [ml-dsa-65, ", "accepted_algorithms: [ed25519, ", "CAP0846")]
    [DataRow("backend: plain, backend_ref: k65.pem", "backend_ref: k65.pem", "CAP0845")]
    [DataRow("backend: plain, backend_ref: k65.pem", "backend: hsm", "CAP0845")]
    [DataRow("backend: plain, backend_ref: k65.pem", "backend: command", "CAP0845")]
    [DataRow("backend: plain, backend_ref: k65.pem", "backend: encrypted-file, backend_ref: missing.key", "CAP0845")]
    [DataRow("backend: plain, backend_ref: k65.pem", "backend: encrypted-file, backend_ref: ../catalog/k.key", "CAP0845")]
    [DataRow("k65.pem", "k87.pem", "CAP0845")]
    [DataRow("k65.pem", "missing.pem", "CAP0845")]
    [DataRow("atom_types: [design-spec]", "atom_types: []", "CAP0807")]
    public async Task NeedsAKeyThatMaySignNow(string old, string text, string code) =>
        await RefusedAsync(new AtomScene(c => c.Replace(old, text, StringComparison.Ordinal)), "maintainer", code);

    [TestMethod]
    public async Task NeedsAnAtomThatIsValidAndHasFiles()
    {
        await RefusedAsync(new AtomScene(manifest: m => m.Replace("draft", "stable", StringComparison.Ordinal)), "maintainer", "CAP0806");
        await RefusedAsync(new AtomScene(manifest: m => m.Replace("\"1.0.0\"\n", $"\"1.0.0\"\ncontent_hash = \"{new string('0', 64)}\"\n", StringComparison.Ordinal)), "maintainer", "CAP0810");
        var envelope = new AtomScene();
        envelope.Write("catalog/compositions/design-spec/greeting@1.0.0/spec.md", "DSSEv1 28 application/x 2 {}\n");
        await RefusedAsync(envelope, "maintainer", "CAP3211");
    }

    [TestMethod]
    public async Task NeverUsesAPlainKeyUnasked()
    {
        var scene = new AtomScene();
        scene.Write("home/.atoms/config.toml", "[keys.backends.plain]\nkind = \"insecure-file\"\nfolder = \"../keys\"\n");
        await RefusedAsync(scene, "maintainer", "CAP0845");
    }

    [TestMethod]
    public async Task StopsWhenAsked()
    {
        using var scene = new AtomScene();
        await Assert.ThrowsExactlyAsync<OperationCanceledException>(() =>
            Capsule.Operations.Atoms.AtomSign.RunAsync(scene.Call, scene.Signing with { KeyId = "maintainer" }, new CancellationToken(canceled: true)));
        Assert.AreEqual(Manifest, scene.Text);
    }

    private static async Task RefusedAsync(AtomScene scene, string? key, string code)
    {
        using (scene)
        {
            var before = scene.Text;
            Codes(await scene.SignAsync(key), code);
            Assert.AreEqual(before, scene.Text);
        }
    }

    [GeneratedRegex("value = \"(.*)\"")]
    private static partial Regex Value();
}
