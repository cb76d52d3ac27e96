using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class PackagesWithARule
{
    private const string OneRole = "roles.release = { signers = [\"a\"], threshold = 1 }\n";
    private const string TwoOfThree = "roles.release = { signers = [\"a\", \"b\", \"c\"], threshold = 2 }\n";

    [TestMethod]
    public async Task AreTrustedWhenTheirSignerSigned()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}");
        await s.Sign("release", "a");
        var verified = s.Verify();
        s.Trusts(TrustBasis.Policy, verified);
        CollectionAssert.AreEqual(new[] { "a" }, verified.Value!.Signers.ToArray());
        Assert.IsFalse(verified.Value.IsFirstUse);
    }

    [TestMethod]
    public async Task AreRefusedWithoutEnoughSigners()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}{s.Signer("b")}{s.Signer("c")}[[scope]]\nmatch = \"acme/*\"\n{TwoOfThree}");
        s.Refuses("CAP3131", s.Verify(answer: true));
        await s.Sign("release", "a", "stranger");
        s.Refuses("CAP3131", s.Verify(answer: true));
        s.Refuses("CAP3131", s.Verify(identity: TrustVector.Identity));
        await s.Sign("release", "c");
        s.Trusts(TrustBasis.Policy, s.Verify());
        Assert.IsEmpty(s.Questions);
    }

    [TestMethod]
    public async Task CountASignerOnceWhateverItsKeysAndLines()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a", "a1", "a2")}{s.Signer("b")}{s.Signer("c")}[[scope]]\nmatch = \"acme/*\"\n{TwoOfThree}");
        await s.Sign("release", "a1", "a2");
        s.Lines = new SignatureLines([.. s.Lines.Lines, .. s.Lines.Lines]);
        s.Refuses("CAP3131", s.Verify());
    }

    [TestMethod]
    public async Task CountAHybridSignerOnlyWhenEveryKeySigned()
    {
        using var s = new TrustScenario();
        s.WriteTrust(
            $"version = 1\n[signers.a]\nrequire_all_keys = true\nkeys = [{s.KeyEntry("a1")}, {s.KeyEntry("a2")}]\n[[scope]]\nmatch = \"acme/*\"\n{OneRole}");
        await s.Sign("release", "a1");
        s.Refuses("CAP3131", s.Verify());
        await s.Sign("release", "a2");
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task CountALineOnlyForTheRoleItNames()
    {
        using var s = new TrustScenario();
        s.WriteTrust(
            $"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}roles.security = {{ signers = [\"a\"], threshold = 1 }}\nrequire = [\"release\", \"security\"]\n");
        await s.Sign("release", "a");
        s.Refuses("CAP3131", s.Verify());
        await s.Sign("security", "a");
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task AreRefusedWhenTheirLineIsAboutSomethingElse()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"*\"\n{OneRole}");
        await s.Sign("release", "a");
        var package = s.Package;
        s.Package = package with { Identity = $"capsule-tree/1:{new string('0', 64)}" };
        s.Refuses("CAP3131", s.Verify());
        s.Package = package with { Version = "1.0.1" };
        s.Refuses("CAP3131", s.Verify());
        s.Package = package with { Name = "hallo" };
        s.Refuses("CAP3131", s.Verify());
        s.Package = package with { Scope = "beta" };
        s.Refuses("CAP3131", s.Verify());
        s.Package = package with { Family = "capsule" };
        s.Refuses("CAP3131", s.Verify());
        s.Notes("CAP3009", s.Verify());
        s.Package = package;
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task AreNotSpoiledByLinesThatDoNotCount()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}");
        await s.Sign("release", "a");
        using var other = new TrustScenario { Package = s.Package };
        await other.Sign("release", "stranger");
        var forged = SignatureLineWriter.Write(
            s.Key("a").PublicKey,
            new ReleasePredicate("kit", "pkg:capsule/acme/hello@1.0.0", "release").ToStatement(TrustVector.Identity),
            other.Lines.Lines[0].Signature.Span);
        var provenance = s.Lines.Lines[0] with { Release = null };
        s.Lines = new SignatureLines([forged, provenance, .. other.Lines.Lines, .. s.Lines.Lines]);
        var verified = s.Verify();
        s.Trusts(TrustBasis.Policy, verified);
        s.Notes("CAP3006", verified);
        s.Notes("CAP3007", verified);
        Assert.IsFalse(verified.Diagnostics.Any(d => d.Code == "CAP3008"), "a provenance line beside a release is no news");
    }

    [TestMethod]
    public async Task AreRefusedWithAMalformedLine()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}{s.Signer("b")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}");
        await s.Sign("release", "a");
        var good = s.Lines.Lines[0];
        s.Lines = new SignatureLines([good, good with { Hint = s.Key("b").PublicKey.Hint, Signature = new byte[64] }]);
        s.Refuses("CAP3003", s.Verify());
        s.Lines = new SignatureLines([good with { Hint = TrustVector.Hint }]);
        s.Refuses("CAP3004", s.Verify());
        s.Lines = new SignatureLines([good with { Hint = "" }]);
        s.Trusts(TrustBasis.Policy, s.Verify());
    }

    [TestMethod]
    public async Task AreRefusedWhenTheirKeyIsRevokedUnlessAcceptedBefore()
    {
        using var s = new TrustScenario();
        var rule = $"{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}";
        var revoked = $"[[revoked]]\nkey = \"{s.Key("a").PublicKey.Fingerprint}\"\nreason = \"lost laptop\"\n";
        s.WriteTrust($"version = 2\n{rule}{revoked}");
        await s.Sign("release", "a");
        s.Refuses("CAP3131", s.Verify());
        s.Notes("CAP3138", s.Verify());

        s.WriteTrust($"version = 3\n{rule}");
        s.Accept();
        s.WriteTrust($"version = 4\n{rule}{revoked}");
        s.Trusts(TrustBasis.Policy, s.Verify());
        s.Package = s.Package with { Version = "1.0.1" };
        await s.Sign("release", "a");
        s.Refuses("CAP3131", s.Verify());
    }

    [TestMethod]
    public async Task AreRefusedWithAKeyOfAnotherPurpose()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[signers.b]\npurpose = \"atom\"\nkeys = [{s.KeyEntry("b")}]\n[[scope]]\nmatch = \"beta/*\"\n{OneRole}");
        await s.Sign("release", "b");
        var verified = s.Verify(answer: true);
        s.Refuses("CAP3145", verified);
        s.Notes("CAP3139", verified);
    }

    [TestMethod]
    public async Task AreRefusedWithAnAlgorithmThatIsNotAccepted()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\naccept = [\"ml-dsa-65\"]\n{OneRole}");
        await s.Sign("release", "a");
        s.Refuses("CAP3131", s.Verify());
        s.Notes("CAP3140", s.Verify());
    }

    [TestMethod]
    public async Task AreRefusedFromAnotherFeedOrBelowTheLowestVersion()
    {
        using var s = new TrustScenario();
        s.WriteTrust(
            $"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\nfeeds = [\"good\"]\nmin_version = {{ \"acme/hello\" = \"1.0.0\" }}\n{OneRole}");
        await s.Sign("release", "a");
        s.Refuses("CAP3137", s.Verify());
        s.Feed = "good";
        s.Trusts(TrustBasis.Policy, s.Verify());
        s.Feed = null;
        s.Trusts(TrustBasis.Policy, s.Verify());
        s.Package = s.Package with { Version = "1.0.0-rc.1" };
        await s.Sign("release", "a");
        s.Refuses("CAP3136", s.Verify());
    }

    [TestMethod]
    public async Task AreRefusedWhenTheTrustFileExpiredOrWentBackOrVanished()
    {
        using var s = new TrustScenario();
        var rule = $"{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}";
        await s.Sign("release", "a");
        s.WriteTrust($"version = 5\nexpires = 2026-11-21T00:00:00Z\n{rule}");
        s.Refuses("CAP3117", s.Verify());
        s.WriteTrust($"version = 6\nexpires = 2026-11-21T00:00:01Z\n{rule}");
        s.Trusts(TrustBasis.Policy, s.Verify());
        s.WriteTrust($"version = 5\n{rule}");
        s.Refuses("CAP3118", s.Verify());
        File.Delete(s.Home["trust.toml"]);
        s.Refuses("CAP3119", s.Verify(answer: true));
    }

    [TestMethod]
    public async Task AreRefusedWhenATighteningFileRefuses()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}");
        await s.Sign("release", "a");
        var stricter = s.Home.Write("project/stricter.toml", $"version = 1\n{s.Signer("b")}[[scope]]\nmatch = \"acme/hello\"\nroles.release = {{ signers = [\"b\"], threshold = 1 }}\n");
        var silent = s.Home.Write("project/silent.toml", "version = 1\n");
        var revoking = s.Home.Write("project/revoking.toml", $"version = 1\n[[revoked]]\nkey = \"{s.Key("a").PublicKey.Fingerprint}\"\n");
        s.Refuses("CAP3131", s.Verify(tightening: stricter));
        s.Refuses("CAP3131", s.Verify(tightening: revoking));
        s.Trusts(TrustBasis.Policy, s.Verify(tightening: silent));
        s.Refuses("CAP3119", s.Verify(tightening: s.Home["project/none.toml"]));
        await s.Sign("release", "b");
        s.Trusts(TrustBasis.Policy, s.Verify(tightening: stricter));
    }

    [TestMethod]
    public async Task AreRefusedWhenTheMachinesFileRefusesAndNeverTrustedByItAlone()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        var machine = s.Home.Write("etc/trust.toml", $"version = 1\n{s.Signer("b")}[[scope]]\nmatch = \"*\"\n{OneRole.Replace("\"a\"", "\"b\"", StringComparison.Ordinal)}");
        s.WriteTrust($"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"acme/*\"\n{OneRole}");
        s.Trusts(TrustBasis.Policy, s.Verify(TrustContext.Open(s.Home.Path, s.Home["etc/none.toml"], []).Value!));
        s.Refuses("CAP3131", s.Verify(TrustContext.Open(s.Home.Path, machine, []).Value!));
        await s.Sign("release", "b");
        s.Trusts(TrustBasis.Policy, s.Verify(TrustContext.Open(s.Home.Path, machine, []).Value!));
        s.WriteTrust("version = 2\n");
        s.Refuses("CAP3132", s.Verify(TrustContext.Open(s.Home.Path, machine, []).Value!));
    }

    [TestMethod]
    public async Task AreNeverTrustedByATighteningFileAlone()
    {
        using var s = new TrustScenario();
        var generous = s.Home.Write("project/trust.toml", $"version = 1\n{s.Signer("a")}[[scope]]\nmatch = \"*\"\n{OneRole}");
        await s.Sign("release", "a");
        s.Refuses("CAP3132", s.Verify(tightening: generous));
    }

    [TestMethod]
    public async Task AreRefusedAfterAnyChangeOfTheirExactThreshold()
    {
        using var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}{s.Signer("b")}[[scope]]\nmatch = \"acme/*\"\nroles.release = {{ signers = [\"a\", \"b\"], threshold = 2 }}\n");
        await s.Sign("release", "a", "b");
        var file = s.Lines.ToBytes();
        var trust = TrustContext.Open(s.Home.Path).Value!;
        s.Trusts(TrustBasis.Policy, s.Verify(trust));

        // The last byte is the line feed, without which the file reads the same.
        Parallel.For(0, (file.Length - 1) * 8, new ParallelOptions { MaxDegreeOfParallelism = 2 }, bit =>
        {
            byte[] flipped = [.. file];
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            var read = SignatureLines.Read(flipped);
            var verdict = read.Succeeded ? s.Verify(trust, lines: read.Value) : Result.Failed<VerifiedPackage>(read.Diagnostics);
            Assert.IsFalse(verdict.Succeeded, $"bit {bit % 8} of byte {bit / 8} flipped is accepted");
            Assert.AreEqual(ExitCode.Refused, verdict.Exit, $"bit {bit}");
            Assert.DoesNotContain("CAP3130", verdict.Diagnostics.Select(d => d.Code), $"bit {bit} is reported as unsigned");
        });
    }
}
