using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Tests;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class TrustFileEdits
{
    private const string Mine =
        $$"""
        # mine
        version = 7   # raised by hand

        [signers.a] # me
        keys = [{ algorithm = "ecdsa-p256", spki = "{{TrustVector.Spki}}" }]

        [[scope]]
        match = "acme/*"
        roles.release = { signers = ["a"], threshold = 1 } # just me

        """;

    [TestMethod]
    public async Task MakeAFileThatTrusts()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        var file = Good(TrustFile.Open(s.Home["trust.toml"]));
        file = Good(file.AddSigner("a", KeyPurpose.Release, [s.Key("a").PublicKey]));
        file = Good(file.AddToScope("acme/*", "a"));
        Assert.AreEqual(1, Good(file.Save()).Version);
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public void KeepWhatTheyDoNotName()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("trust.toml", Mine);
        using var b = TestKeys.New();
        var file = Good(Good(TrustFile.Open(path)).AddSigner("b", KeyPurpose.Release, [b.PublicKey], requireAllKeys: true));
        file = Good(file.AddToScope("acme/*", "b"));
        file = Good(file.AddToScope("acme/hello", "b"));
        var policy = Good(file.Save());

        Assert.AreEqual(8, policy.Version);
        CollectionAssert.AreEqual(new[] { "a", "b" }, policy.ScopeOf("acme", "x")!.Roles["release"].Signers.ToArray());
        CollectionAssert.AreEqual(new[] { "b" }, policy.ScopeOf("acme", "hello")!.Roles["release"].Signers.ToArray());
        Assert.IsTrue(policy.Signers["b"].RequireAllKeys);
        var text = File.ReadAllText(path);
        Assert.StartsWith("# mine\nversion = 8   # raised by hand\n\n[signers.a] # me\n", text);
        Assert.Contains("threshold = 1 } # just me\n", text);
    }

    [TestMethod]
    public void RemoveAndRevoke()
    {
        using var folder = new TemporaryFolder();
        var file = Good(TrustFile.Open(folder.Write("trust.toml", Mine)));
        Assert.AreEqual("CAP3105", Good(file.RemoveSigner("a")).Save().Diagnostics.Single().Code);
        Assert.AreEqual(Mine, File.ReadAllText(folder["trust.toml"]));

        file = Good(Good(file.RemoveScope("acme/*")).RemoveSigner("a"));
        file = Good(file.Revoke(TrustVector.Key.Fingerprint, "lost"));
        file = Good(file.Revoke(TrustVector.Key.Fingerprint, "again"));
        var policy = Good(file.Save());
        Assert.IsEmpty(policy.Signers);
        Assert.IsEmpty(policy.Scopes);
        Assert.AreEqual(new RevokedKey(TrustVector.Key.Fingerprint, "lost"), policy.Revoked.Single());
    }

    [TestMethod]
    public void ThatCannotBeAreRefused()
    {
        using var folder = new TemporaryFolder();
        var file = Good(TrustFile.Open(folder.Write("trust.toml", Mine)));
        Assert.AreEqual("CAP3122", file.AddSigner("a", KeyPurpose.Release, [TrustVector.Key]).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3123", file.RemoveSigner("z").Diagnostics.Single().Code);
        Assert.AreEqual("CAP3123", file.RemoveScope("z/*").Diagnostics.Single().Code);
        Assert.AreEqual("CAP3108", Good(file.AddSigner("b", KeyPurpose.Release, [TrustVector.Key])).Save().Diagnostics.Single().Code);
        Assert.AreEqual("CAP3110", Good(file.AddToScope("acme", "a")).Save().Diagnostics.Single().Code);
        Assert.AreEqual("CAP3115", Good(file.Revoke("sha256:1", "")).Save().Diagnostics.Single().Code);
        Assert.AreEqual("CAP3119", TrustFile.Open(folder.Write("broken.toml", "version =")).Diagnostics[0].Code);
        folder.Write("file", "");
        Assert.AreEqual("CAP3218", Good(TrustFile.Open(folder["file/trust.toml"])).Save().Diagnostics.Single().Code);
    }

    [TestMethod]
    public void OfManyAtOnceAreAllKept()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("trust.toml", Mine);
        Parallel.For(0, 24, new ParallelOptions { MaxDegreeOfParallelism = 6 }, i =>
            Good(TrustFile.Edit(path, file => file.Revoke($"sha256:{i:x64}", "lost"), patience: TimeSpan.FromMinutes(1))));
        var policy = Good(TrustFileReader.Load(path));
        Assert.HasCount(24, policy.Revoked);
        Assert.AreEqual(7 + 24, policy.Version);
        Assert.StartsWith("# mine\n", File.ReadAllText(path));

        using var turn = WriteTurn.Take(path, TimeSpan.Zero);
        Assert.AreEqual("CAP3160", TrustFile.Edit(path, file => file, patience: TimeSpan.Zero).Diagnostics.Single().Code);
    }

    private static T Good<T>(Result<T> result)
        where T : class
    {
        Assert.IsTrue(result.Succeeded, string.Join('\n', result.Diagnostics.Select(d => $"{d.Code} {d.Message}")));
        return result.Value;
    }
}
