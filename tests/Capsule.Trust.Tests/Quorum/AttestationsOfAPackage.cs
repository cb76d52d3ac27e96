using System.Text;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

/// <summary>Provenance lines are shown with who made them, and never decide.</summary>
[TestClass]
public class AttestationsOfAPackage
{
    private const string Rule = "[[scope]]\nmatch = \"acme/*\"\nroles.release = { signers = [\"a\"], threshold = 1 }\n";

    [TestMethod]
    public async Task AreShownWithTheirSignersName()
    {
        using var s = new TrustScenario();
        using var ci = TestKeys.New(KeyPurpose.Provenance);
        s.WriteTrust($"version = 1\n{s.Signer("a")}{Machine(ci)}{Rule}");
        await s.Sign("release", "a");
        await AttestAsync(s, ci);

        var verified = s.Verify();

        s.Trusts(TrustBasis.Policy, verified);
        var shown = verified.Value!.Attestations.Single();
        Assert.AreEqual(("provenance", "ci", ci.PublicKey.Fingerprint), (shown.Name, shown.Signer, shown.Key.Fingerprint));
        CollectionAssert.AreEqual(new[] { "a" }, verified.Value.Signers.ToArray());
    }

    [TestMethod]
    public async Task OfAnUnknownOrAReleaseKeyHaveNoName()
    {
        using var s = new TrustScenario();
        using var stranger = TestKeys.New(KeyPurpose.Provenance);
        s.WriteTrust($"version = 1\n{s.Signer("a")}{Rule}");
        await s.Sign("release", "a");
        await AttestAsync(s, stranger);

        var shown = s.Verify().Value!.Attestations.Single();

        Assert.IsNull(shown.Signer);
        Assert.AreEqual(stranger.PublicKey.Fingerprint, shown.Key.Fingerprint);
    }

    [TestMethod]
    public async Task AreLeftOutWhenTheyDoNotVerifyOrTheKeyIsRevoked()
    {
        using var s = new TrustScenario();
        using var ci = TestKeys.New(KeyPurpose.Provenance);
        s.WriteTrust($"version = 1\n{s.Signer("a")}{Machine(ci)}{Rule}");
        await s.Sign("release", "a");
        var released = s.Lines;
        await AttestAsync(s, ci);
        var good = s.Lines.Lines[^1].Json;

        s.Lines = And(released, OtherPredicate(good));
        var forged = s.Verify();
        Assert.IsEmpty(forged.Value!.Attestations);
        s.Notes("CAP3006", forged);

        s.Lines = And(released, good);
        s.WriteTrust($"version = 2\n{s.Signer("a")}{Machine(ci)}{Rule}[[revoked]]\nkey = \"{ci.PublicKey.Fingerprint}\"\nreason = \"lost\"\n");
        Assert.IsEmpty(s.Verify().Value!.Attestations);
    }

    [TestMethod]
    public async Task NeverStandInForARelease()
    {
        using var s = new TrustScenario();
        using var ci = TestKeys.New(KeyPurpose.Provenance);
        s.WriteTrust($"version = 1\n{s.Signer("a")}{Machine(ci)}{Rule}");
        await AttestAsync(s, ci);

        s.Refuses("CAP3131", s.Verify(answer: true));
    }

    private static string Machine(IKeySigner key) =>
        $$"""
        [signers.ci]
        purpose = "provenance"
        keys = [{ algorithm = "ecdsa-p256", spki = "{{key.PublicKey.SpkiBase64}}" }]

        """;

    private static async Task AttestAsync(TrustScenario s, IKeySigner key)
    {
        var signed = await PackageSigner.SignAsync(
            new SignRequest { Package = s.Package, Signers = [key], Attestations = [Statement("{}")], Existing = s.Lines }, CancellationToken.None);
        Assert.IsTrue(signed.Succeeded, signed.Diagnostics.FirstOrDefault()?.Message);
        s.Lines = signed.Value;
    }

    private static SignatureLines And(SignatureLines lines, string line) =>
        SignatureLines.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(lines.ToBytes()) + line)).Value!;

    private static byte[] Statement(string predicate) =>
        StatementWriter.Write([Subject.Tree(TrustVector.Identity)], ProvenanceDocument.PredicateType, json => json.WriteRawValue(predicate));

    private static string OtherPredicate(string line) =>
        line.Replace(Convert.ToBase64String(Statement("{}")), Convert.ToBase64String(Statement("""{"builder":"another"}""")), StringComparison.Ordinal);
}
