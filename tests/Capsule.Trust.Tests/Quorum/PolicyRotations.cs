using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Rotation;

namespace Capsule.Trust.Tests.Quorum;

/// <summary>Trust files with a root role: a new version needs the old root and its own (TUF's rule 3).</summary>
[TestClass]
public class PolicyRotations
{
    [TestMethod]
    public async Task NeedTheirOwnRootAtFirst()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.WriteTrust(Policy(s, 1, ["a", "b", "c"], 2));
        s.Refuses("CAP3124", s.Verify());
        await SignPolicy(s, "a");
        s.Refuses("CAP3124", s.Verify());
        Assert.Contains("its own root of 'acme/*': 1 of 2 counted (a); still to sign: 1 of b, c", s.Verify().Diagnostics[0].Message);
        await SignPolicy(s, "a", "b");
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task NeedTheOldRootAndTheNewOneAndTheNextVersion()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.WriteTrust(Policy(s, 1, ["a", "b"], 2));
        await SignPolicy(s, "a", "b");
        s.Trusts(TrustBasis.Policy, s.Verify());

        // The new root alone, then the old root alone, then both.
        s.WriteTrust(Policy(s, 2, ["a", "c"], 2));
        await SignPolicy(s, "a", "c");
        s.Refuses("CAP3124", s.Verify());
        Assert.Contains("the previous root", s.Verify().Diagnostics[0].Message);
        File.Delete(PolicyRotation.SignaturesOf(s.Home["trust.toml"]));
        await SignPolicy(s, "a", "b");
        s.Refuses("CAP3124", s.Verify());
        Assert.Contains("its own root", s.Verify().Diagnostics[0].Message);
        await SignPolicy(s, "c");
        s.Trusts(TrustBasis.Policy, s.Verify());

        // A gap, other contents under the same version, and the version before.
        s.WriteTrust(Policy(s, 4, ["a", "c"], 2));
        await SignPolicy(s, "a", "c");
        s.Refuses("CAP3125", s.Verify());
        s.WriteTrust(Policy(s, 2, ["a", "c"], 2) + "# changed\n");
        await SignPolicy(s, "a", "c");
        s.Refuses("CAP3125", s.Verify());
        s.WriteTrust(Policy(s, 1, ["a", "b"], 2));
        s.Refuses("CAP3118", s.Verify());

        // What was used stays good, and the next version follows it.
        s.WriteTrust(Policy(s, 3, ["c"], 1));
        await SignPolicy(s, "a", "c");
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task CannotDropTheirRoot()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.WriteTrust(Policy(s, 1, ["a"], 1));
        await SignPolicy(s, "a");
        s.Trusts(TrustBasis.Policy, s.Verify());
        s.WriteTrust($"version = 2\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\nroles.release = {{ signers = [\"a\"], threshold = 1 }}\n");
        s.Refuses("CAP3126", s.Verify());

        using var fresh = new TrustScenario();
        fresh.WriteTrust("version = 1\n");
        File.Copy(PolicyRotation.SignaturesOf(s.Home["trust.toml"]), PolicyRotation.SignaturesOf(fresh.Home["trust.toml"]));
        fresh.Refuses("CAP3127", fresh.Verify());
    }

    [TestMethod]
    public async Task CountARevokedRootKeyForNothing()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.WriteTrust(Policy(s, 1, ["a", "b"], 1) + $"[[revoked]]\nkey = \"{s.Key("b").PublicKey.Fingerprint}\"\n");
        await SignPolicy(s, "b");
        s.Refuses("CAP3124", s.Verify());
        await SignPolicy(s, "a");
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task CoverTheKeysThatTheFileTakesFromOthers()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        WriteBytes(s, "a.pub", PublicKeyFile.Write(new KnownKey(s.Key("a").PublicKey, KeyPurpose.Release)));
        WriteBytes(s, "k.pub", PublicKeyFile.Write(new KnownKey(s.Key("k").PublicKey, KeyPurpose.Release)));
        s.WriteTrust(Policy(s, 1, ["a"], 1).Replace(s.KeyEntry("a"), "{ algorithm = \"ecdsa-p256\", file = \"a.pub\" }", StringComparison.Ordinal)
            + $"[signers.k]\nkeys = [{{ algorithm = \"ecdsa-p256\", file = \"k.pub\" }}]\n");
        await SignPolicy(s, "a");
        WriteBytes(s, "k.pub", PublicKeyFile.Write(new KnownKey(s.Key("mallory").PublicKey, KeyPurpose.Release)));
        s.Refuses("CAP3124", s.Verify());
        WriteBytes(s, "k.pub", PublicKeyFile.Write(new KnownKey(s.Key("k").PublicKey, KeyPurpose.Release)));
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task AreNamedByEditsThatMustBeSigned()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.WriteTrust(Policy(s, 1, ["a", "b"], 2));
        await SignPolicy(s, "a", "b");
        s.Trusts(TrustBasis.Policy, s.Verify());

        var path = s.Home["trust.toml"];
        var used = TrustContext.Open(s.Home.Path).Value!.State;
        for (var edit = 0; edit < 2; edit++)
        {
            var edited = TrustFile.Edit(path, file => file.Revoke($"sha256:{new string((char)('0' + edit), 64)}", "lost"), used);
            Assert.AreEqual(2, edited.Value!.Version, "an unsigned version is changed, not followed");
            Assert.AreEqual("CAP3128", edited.Diagnostics.Single().Code);
            Assert.Contains("the previous root of 'acme/*': 2 of a, b; and its own root of 'acme/*': 2 of a, b", edited.Diagnostics.Single().Message);
        }

        s.Refuses("CAP3124", s.Verify());
        await SignPolicy(s, "a", "b");
        s.Trusts(TrustBasis.Policy, s.Verify());
        s.WriteTrust("version = 1\n");
        using var plain = new TrustScenario();
        plain.WriteTrust("version = 1\n");
        Assert.AreEqual("CAP3129", (await PolicySigner.SignAsync(TrustFileReader.Load(plain.Home["trust.toml"]).Value!, [plain.Key("a")], CancellationToken.None)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task AreRefusedAfterAnyFlippedBit()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        var path = s.Home["trust.toml"];
        s.WriteTrust(Policy(s, 1, ["a", "b"], 2));
        await SignPolicy(s, "a", "b");
        s.Trusts(TrustBasis.Policy, s.Verify());
        var (policy, lines) = (File.ReadAllBytes(path), File.ReadAllBytes(PolicyRotation.SignaturesOf(path)));
        var (goodPolicy, goodLines) = (TrustFileReader.Load(path), SignatureLines.Read(lines));
        EachFlip(policy, policy.Length, flipped =>
        {
            var text = SourceText.Decode(path, flipped);
            var read = text.Succeeded ? TrustFileReader.Read(text.Value) : Result.Failed<TrustPolicy>([PolicyDiagnostics.Unreadable.In(path, path)]);
            return read.Succeeded ? PolicyRotation.Check(read.Value, null, goodLines) : read.Diagnostics;
        });

        // The last byte is the line feed, without which the file reads the same.
        EachFlip(lines, lines.Length - 1, flipped => PolicyRotation.Check(goodPolicy.Value!, null, SignatureLines.Read(flipped)));
    }

    private static void EachFlip(byte[] good, int length, Func<byte[], IReadOnlyList<Diagnostic>> check) =>
        Parallel.For(0, length * 8, new ParallelOptions { MaxDegreeOfParallelism = 2 }, bit =>
        {
            byte[] flipped = [.. good];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var problems = check(flipped);
            Assert.IsTrue(problems.Any(p => p.IsError && p.Kind.Exit == ExitCode.Refused), $"bit {bit % 8} of byte {bit / 8}: {string.Join(" ", problems.Select(p => p.Code))}");
        });

    private static string Policy(TrustScenario s, int version, string[] root, int threshold) =>
        $"version = {version}\n{string.Concat(root.Append("a").Distinct().Select(r => s.Signer(r)))}[[scope]]\nmatch = \"acme/*\"\n"
        + "roles.release = { signers = [\"a\"], threshold = 1 }\n"
        + $"roles.root = {{ signers = [{string.Join(", ", root.Select(r => $"\"{r}\""))}], threshold = {threshold} }}\n";

    private static void WriteBytes(TrustScenario s, string name, byte[] content) => File.WriteAllBytes(s.Home[name], content);

    private static async Task SignPolicy(TrustScenario s, params string[] keys)
    {
        var policy = TrustFileReader.Load(s.Home["trust.toml"]);
        Assert.IsTrue(policy.Succeeded, string.Join('\n', policy.Diagnostics.Select(d => d.Message)));
        var signed = await PolicySigner.SignAsync(policy.Value, [.. keys.Select(key => s.Key(key))], CancellationToken.None);
        Assert.IsTrue(signed.Succeeded, string.Join('\n', signed.Diagnostics.Select(d => d.Message)));
    }
}
