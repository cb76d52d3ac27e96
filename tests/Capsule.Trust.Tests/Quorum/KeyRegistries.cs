using Capsule.Core.Diagnostics;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Registry;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class KeyRegistries
{
    [TestMethod]
    public async Task RegisterASignerAFurtherKeyAndAFurtherRole()
    {
        using var s = new TrustScenario();
        s.WriteTrust("# mine\nversion = 1\n");
        await s.Sign("release", "a2");
        await s.Sign("security", "b");
        Does(Registry(s).Register(new KeyRegistration("a1", Known(s, "a1"), "a", null, "acme/*")));
        Does(Registry(s).Register(new KeyRegistration("a2", Known(s, "a2"), "a", null, null)));
        Does(Registry(s).Register(new KeyRegistration("a2", Known(s, "a2"), "a", null, null)));
        Does(Registry(s).Register(new KeyRegistration("b", Known(s, "b"), "b", "security", "acme/*")));

        s.Trusts(TrustBasis.Policy, s.Verify());
        var policy = TrustFileReader.Load(s.Home["trust.toml"]).Value!;
        Assert.HasCount(2, policy.Signers["a"].Keys);
        CollectionAssert.AreEqual(new[] { "b" }, policy.Scopes.Single().Roles["security"].Signers.ToArray());
        Assert.StartsWith("# mine\n", File.ReadAllText(s.Home["trust.toml"]));

        var purpose = Registry(s).Register(new KeyRegistration("w", Known(s, "w") with { Purpose = KeyPurpose.Workflow }, "a", null, null));
        Assert.AreEqual("CAP3164", purpose.Diagnostics.Single().Code);
        Does(Registry(s).Register(new KeyRegistration("c", Known(s, "c"), "c", "security", "beta/*")));
        CollectionAssert.AreEqual(new[] { "security" }, TrustFileReader.Load(s.Home["trust.toml"]).Value!.ScopeOf("beta", "x")!.Require.ToArray());
    }

    [TestMethod]
    public async Task RotateAKeyAndRevokeTheOldOne()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\nroles.release = {{ signers = [\"a\"], threshold = 1 }}\n");
        await s.Sign("release", "a");
        s.Trusts(TrustBasis.Policy, s.Verify());
        Does(Registry(s).Rotate(new KeyRotation(Name(s, "a"), Known(s, "a2"), "a2", "new laptop", null)));

        s.Refuses("CAP3131", s.Verify());
        await s.Sign("release", "a2");
        s.Trusts(TrustBasis.Policy, s.Verify());
        Assert.AreEqual(new RevokedKey(s.Key("a").PublicKey.Fingerprint, "new laptop"), TrustFileReader.Load(s.Home["trust.toml"]).Value!.Revoked.Single());
        Assert.AreEqual("CAP3162", Registry(s).Rotate(new KeyRotation(Name(s, "a"), Known(s, "a3"), "a3", "", null)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task RotateAKeyAndKeepTheOldOneUntilADate()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\nroles.release = {{ signers = [\"a\"], threshold = 1 }}\n");
        await s.Sign("release", "a");
        Does(Registry(s).Rotate(new KeyRotation(Name(s, "a"), Known(s, "a2"), "a2", "", TrustScenario.Now.AddSeconds(1))));
        s.Trusts(TrustBasis.Policy, s.Verify());

        Does(Registry(s).Rotate(new KeyRotation(Name(s, "a"), Known(s, "a3"), "a3", "", TrustScenario.Now)));
        s.Refuses("CAP3131", s.Verify());
        Assert.Contains("outside its time", string.Join('\n', s.Verify().Diagnostics.Select(d => d.Message)));
        await s.Sign("release", "a3");
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public void RefuseWhatWouldLockTheSignerOut()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n[signers.a]\nrequire_all_keys = true\nkeys = [{s.KeyEntry("a")}, {s.KeyEntry("a2")}]\n");
        Assert.AreEqual("CAP3163", Registry(s).Rotate(new KeyRotation(Name(s, "a"), Known(s, "n"), "n", "", TrustScenario.Now)).Diagnostics.Single().Code);
        s.WriteTrust(
            $"version = 2\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\nroles.release = {{ signers = [\"a\"], threshold = 1 }}\nroles.root = {{ signers = [\"a\"], threshold = 1 }}\n");
        Assert.AreEqual("CAP3161", Registry(s).Rotate(new KeyRotation(Name(s, "a"), Known(s, "n"), "n", "", TrustScenario.Now)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3115", Registry(s).Revoke(new KeyName("nobody", null), "").Diagnostics.Single().Code);
    }

    private static TrustFileRegistry Registry(TrustScenario s) => new(s.Home["trust.toml"], TrustState.Empty);

    private static KnownKey Known(TrustScenario s, string name) => new(s.Key(name).PublicKey, KeyPurpose.Release);

    private static KeyName Name(TrustScenario s, string name) => new(name, Known(s, name));

    private static void Does(Result<string> result) => Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics.Select(d => d.Message)));
}
