using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Operations.Atoms;
using Capsule.Operations.Atoms.Registry;
using Capsule.Tests;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Runtime.Tests.Operations;

/// <summary>Keys in ATOMS.yml: every byte that an edit does not name stays, and what cannot be said so is not written.</summary>
[TestClass]
public sealed class RegisteringAtomKeys : IDisposable
{
    private const string Head = "# head\nspec_version: atoms-spec/v1.1.0\nname: acme-atoms\natom_types: [rfc]\nquorum_rules: {default: 1 of role:editor}\n";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 1, 2, 3, TimeSpan.Zero);
    private static readonly KnownKey One = New();
    private static readonly KnownKey Two = New();

    private readonly TemporaryFolder _folder = new();

    private string File => _folder["ATOMS.yml"];

    private string Text
    {
        get => System.IO.File.ReadAllText(File);
        set => System.IO.File.WriteAllText(File, value);
    }

    private CatalogKeyRegistry Registry => new(_folder.Path, Now);

    [TestMethod]
    public void OnThePublishedCatalogNothingElseChanges()
    {
        var original = System.IO.File.ReadAllText(Vectors.Sample("atoms", "ATOMS.yml"));
        Text = original;
        Does(Registry.Register(new KeyRegistration("one", One, "", "editor", null)));
        var entry = $"  - id: one\n    role: editor\n    algorithm: ML-DSA-44\n    fingerprint: {Digits(One)}\n    public_key: {One.Key.SpkiBase64}\n    created_at: 2026-11-21T01:02:03Z\n    expires_at: null\n    revoked: false\n";
        Assert.AreEqual($"{original}\nkeys:\n{entry}", Text);
        var written = System.IO.File.GetLastWriteTimeUtc(File);
        Does(Registry.Register(new KeyRegistration("one", One, "", "editor", null)));
        Assert.AreEqual(written, System.IO.File.GetLastWriteTimeUtc(File));

        Does(Registry.Rotate(new KeyRotation(new KeyName("one", null), Two, "two", "", Now.AddDays(1))));
        entry = entry.Replace("expires_at: null", "expires_at: 2026-11-22T01:02:03Z", StringComparison.Ordinal);
        var second = entry.Replace("id: one", "id: two", StringComparison.Ordinal).Replace("2026-11-22T01:02:03Z", "null", StringComparison.Ordinal)
            .Replace(Digits(One), Digits(Two), StringComparison.Ordinal).Replace(One.Key.SpkiBase64, Two.Key.SpkiBase64, StringComparison.Ordinal);
        Assert.AreEqual($"{original}\nkeys:\n{entry}{second}", Text);

        Does(Registry.Revoke(new KeyName(One.Key.Fingerprint, null), "yes: lost"));
        entry = entry.Replace("revoked: false", "revoked: true", StringComparison.Ordinal) + "    revoked_at: 2026-11-21T01:02:03Z\n    revocation_reason: \"yes: lost\"\n";
        Assert.AreEqual($"{original}\nkeys:\n{entry}{second}", Text);
        var key = AtomCatalogReader.Load(_folder.Path).Value!.Keys[0];
        Assert.AreEqual((true, Now, "yes: lost"), (key.Revoked, key.RevokedAt, key.RevocationReason));
    }

    [TestMethod]
    [DataRow("keys: # none yet\n  # here\n", "\r\n")]
    [DataRow("keys: [] # none yet", "\n")]
    [DataRow("signing:\n    keys: null\n", "\n")]
    [DataRow("signing: {accepted_algorithms: [ml-dsa-44], keys: [{id: x, role: editor, algorithm: ML-DSA-44, fingerprint: FFFF}]}\n", "\n")]
    [DataRow("keys:\nsigning:\n  keys:\n  - fingerprint: FFFF # first\n    id: x\n    role: editor\n    algorithm: ML-DSA-44\n\n# tail\n", "\r\n")]
    [DataRow("keys:\n-   {id: x, role: editor, algorithm: ML-DSA-44, fingerprint: FFFF}\nsteward: me\n", "\n")]
    public void InEveryFormOfTheListOneKeyIsAddedAndRevoked(string keys, string newLine)
    {
        var before = (Head + keys.Replace("FFFF", Digits(Two), StringComparison.Ordinal)).Replace("\n", newLine, StringComparison.Ordinal);
        byte[] mark = [0xEF, 0xBB, 0xBF];
        System.IO.File.WriteAllBytes(File, [.. mark, .. System.Text.Encoding.UTF8.GetBytes(before)]);
        Does(Registry.Register(new KeyRegistration("one", One, "", "editor", null)));
        Does(Registry.Revoke(new KeyName("one", One), ""));
        var catalog = AtomCatalogReader.Load(_folder.Path).Value!;
        Assert.AreEqual((true, keys.Contains("FFFF", StringComparison.Ordinal) ? 2 : 1), (catalog.FindKey("one")!.Revoked, catalog.Keys.Count));
        Assert.IsNull(catalog.FindKey("one")!.RevocationReason);

        var bytes = System.IO.File.ReadAllBytes(File);
        Assert.IsTrue(bytes.AsSpan().StartsWith(mark));
        var after = System.Text.Encoding.UTF8.GetString(bytes.AsSpan(3));
        Assert.AreEqual(newLine == "\r\n" ? after.Count(c => c == '\n') : 0, after.Count(c => c == '\r'));
        Assert.AreEqual(before.EndsWith('\n'), after.EndsWith('\n'));
        foreach (var line in before.Split(newLine).Where(l => !l.StartsWith("keys: []", StringComparison.Ordinal) && !l.Contains("null", StringComparison.Ordinal) && !l.StartsWith("signing: {", StringComparison.Ordinal)))
        {
            CollectionAssert.Contains(after.Split(newLine), line);
        }
    }

    [TestMethod]
    public void WhatWouldBreakTheRegistryIsRefused()
    {
        Text = Head + "keys: []\n";
        Does(Registry.Register(new KeyRegistration("one", One, "", "editor", null)));
        var text = Text;
        Refuses("CAP0883", Registry.Register(new KeyRegistration("one", Two, "", "editor", null)));
        Refuses("CAP0883", Registry.Register(new KeyRegistration("again", One, "", "editor", null)));
        Refuses("CAP0883", Registry.Register(new KeyRegistration("one", One, "", "ratifier", null)));
        Refuses("CAP0862", Registry.Register(new KeyRegistration("two", Two, "", "No Word", null)));
        Refuses("CAP3210", Registry.Register(new KeyRegistration("two", Two with { Purpose = KeyPurpose.Release }, "", "editor", null)));
        Refuses("CAP3221", Registry.Register(new KeyRegistration("two", new KnownKey(SignatureAlgorithms.EcdsaP256.Generate().PublicKey, KeyPurpose.Atom), "", "editor", null)));
        Refuses("CAP0841", Registry.Revoke(new KeyName("onne", null), ""));
        Refuses("CAP0841", Registry.Rotate(new KeyRotation(new KeyName("other", Two), One, "x", "", null)));
        Refuses("CAP0884", Registry.Revoke(new KeyName("one", Two), ""));
        Refuses("CAP0883", Registry.Rotate(new KeyRotation(new KeyName("one", null), One, "one", "", null)));
        Assert.AreEqual(text, Text);

        Does(Registry.Revoke(new KeyName(Digits(One), null), "lost"));
        text = Text;
        Does(Registry.Revoke(new KeyName("one", null), "lost again"));
        Refuses("CAP0883", Registry.Register(new KeyRegistration("one", One, "", "editor", null)));
        Refuses("CAP0885", Registry.Rotate(new KeyRotation(new KeyName("one", null), Two, "two", "", Now)));
        Assert.AreEqual(text, Text);
        Does(Registry.Rotate(new KeyRotation(new KeyName("one", null), Two, "two", "", null)));
        StringAssert.StartsWith(Text, text);

        Text = Head + $"one: &k\n  - {{id: one, role: editor, algorithm: ML-DSA-44, fingerprint: {Digits(One)}}}\nkeys: *k\n";
        text = Text;
        Refuses("CAP0925", Registry.Revoke(new KeyName("one", null), ""));
        Refuses("CAP0925", Registry.Register(new KeyRegistration("two", Two, "", "editor", null)));
        Text = text + "keys: []\n";
        Refuses("CAP0862", Registry.Revoke(new KeyName("one", null), ""));
        System.IO.File.Delete(File);
        Refuses("CAP0861", Registry.Revoke(new KeyName("one", null), ""));
    }

    [TestMethod]
    public async Task SeveralWritersAtOnceLoseNothing()
    {
        Text = Head;
        var keys = Enumerable.Range(0, 8).Select(i => (Id: $"key-{i}", Key: New())).ToArray();
        await Task.WhenAll(keys.Select(k => Task.Run(() => Does(Registry.Register(new KeyRegistration(k.Id, k.Key, "", "editor", null))))));
        var catalog = AtomCatalogReader.Load(_folder.Path).Value!;
        CollectionAssert.AreEquivalent(keys.Select(k => (k.Id, Digits(k.Key))).ToArray(), catalog.Keys.Select(k => (k.Id, k.Fingerprint)).ToArray());
        Assert.IsFalse(System.IO.File.Exists(File + ".lock"));

        using var held = Core.Files.WriteTurn.Take(File, TimeSpan.Zero);
        Refuses("CAP0886", new CatalogKeyRegistry(_folder.Path, Now, TimeSpan.FromMilliseconds(50)).Revoke(new KeyName("key-0", null), ""));
    }

    [TestMethod]
    public async Task AtomsThatFallBelowTheirQuorumAreListed()
    {
        using var scene = await new AtomScene().SignedAsync();
        var (root, call) = (scene["catalog"], scene.Call with { Path = "catalog" });
        scene.Write("catalog/compositions/design-spec/broken@1.0.0/atom.toml", "id = ");
        var before = AtomSession.Open(call).Value!;
        Assert.IsEmpty(AtomQuorumLoss.Find(before, call, default));
        Does(new CatalogKeyRegistry(root, call.Now).Register(new KeyRegistration("spare", One, "", "editor", null)));
        Does(new CatalogKeyRegistry(root, call.Now).Rotate(new KeyRotation(new KeyName("maintainer", null), Two, "two", "", call.Now.AddDays(1))));
        Assert.IsEmpty(AtomQuorumLoss.Find(before, call, default));

        Does(new CatalogKeyRegistry(root, call.Now).Revoke(new KeyName("editor", null), "lost"));
        var lost = AtomQuorumLoss.Find(before, call, default).Single();
        Assert.AreEqual(("acme-atoms/design-spec/greeting@1.0.0", "compositions/design-spec/greeting@1.0.0/atom.toml", "1 of role:catalog-maintainer + 1 of role:editor", "spare"),
            (lost.Id, lost.Path, lost.Rule, string.Join(' ', lost.Missing)));
        Assert.IsEmpty(AtomQuorumLoss.Find(AtomSession.Open(call).Value!, call, default));
        Assert.ThrowsExactly<OperationCanceledException>(() => AtomQuorumLoss.Find(before, call, new CancellationToken(canceled: true)));
    }

    public void Dispose() => _folder.Dispose();

    private static KnownKey New()
    {
        using var key = SignatureAlgorithms.Find("ml-dsa-44")!.Generate();
        return new KnownKey(key.PublicKey, KeyPurpose.Atom);
    }

    private static string Digits(KnownKey key) => AtomKeys.Fingerprint(key.Key);

    private static void Does(Result<string> result) => Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics.Select(d => d.Text)));

    private static void Refuses(string code, Result<string> result) => Assert.AreEqual(code, string.Join(' ', result.Diagnostics.Where(d => d.IsError).Select(d => d.Code)), string.Join('\n', result.Diagnostics.Select(d => d.Text)));
}
