using System.Text;
using System.Text.Json.Nodes;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

/// <summary>A signature of Ed25519 or ML-DSA does not reveal its key, so the key comes in a line of its own.</summary>
[TestClass]
public class KeysThatComeAlong
{
    [TestMethod]
    public async Task LetAFirstUseShowAndPinEverySigner()
    {
        foreach (var algorithm in SignatureAlgorithms.All)
        {
            using var s = new TrustScenario();
            var key = s.Key("a", algorithm.Name).PublicKey;
            await s.Sign("release", "a");
            Assert.HasCount(algorithm.RevealsKey ? 1 : 2, s.Lines.Lines);

            s.Refuses("CAP3132", s.Verify());
            Assert.AreEqual(TrustBasis.Consent, s.Accept(answer: true).Basis);
            Assert.AreEqual(key, s.Questions.Single().Signers.Single());

            s.Package = s.Package with { Version = "1.1.0", Identity = $"capsule-tree/1:{new string('a', 64)}" };
            await s.Sign("release", "a");
            s.Trusts(TrustBasis.Pins, s.Verify());
            s.Lines = new SignatureLines([.. s.Lines.Lines.Where(l => l.Release is not null)]);
            s.Trusts(TrustBasis.Pins, s.Verify());
        }
    }

    [TestMethod]
    public async Task MakeNothingTrusted()
    {
        using var s = new TrustScenario();
        s.Key("stranger", "ed25519");
        s.WriteTrust($$"""
            version = 1
            {{s.Signer("a")}}
            [[scope]]
            match = "acme/*"
            roles.release = { signers = ["a"], threshold = 1 }
            require = ["release"]
            """);
        await s.Sign("release", "stranger");
        s.Refuses("CAP3131", s.Verify(answer: true));
        Assert.IsEmpty(s.Questions);
        s.Notes("CAP3007", s.Verify());
    }

    [TestMethod]
    public async Task MustHaveSignedTheirLine()
    {
        using var s = new TrustScenario();
        var key = s.Key("a", "ed25519").PublicKey;
        await s.Sign("release", "a");
        var (release, own) = (s.Lines.Lines[0], s.Lines.Lines[1]);
        var bytes = Encoding.UTF8.GetBytes(own.Json);
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            var read = SignatureLines.Read((byte[])[.. Encoding.UTF8.GetBytes(release.Json), (byte)'\n', .. bytes]);
            if (read.Succeeded)
            {
                s.Lines = read.Value;
                var verdict = s.Verify(answer: true);
                Assert.IsFalse(verdict.Succeeded, $"byte {at} of {own.Json}");
            }

            bytes[at] ^= 1;
        }

        using var other = TestKeys.New(algorithm: "ed25519");
        var statement = SignerKeyPredicate.ToStatement(key, s.Package.Identity!);
        var signed = (await other.SignAsync(SigningMessage.Statement(statement), CancellationToken.None)).Value!;
        s.Lines = SignatureLines.None.With(release).With(SignatureLineWriter.Write(key, statement, signed));
        s.Refuses("CAP3014", s.Verify(answer: true));
    }

    [TestMethod]
    [DataRow("""{"spki":""}""")]
    [DataRow("""{"spki":"aGVsbG8="}""")]
    [DataRow("""{"key":"aGVsbG8="}""")]
    [DataRow("""{"spki":1}""")]
    [DataRow("""{"spki":"a"}""")]
    public async Task MustBeTheKeyOfTheHint(string predicate)
    {
        using var s = new TrustScenario();
        s.Key("a", "ed25519");
        await s.Sign("release", "a");
        var line = JsonNode.Parse(s.Lines.Lines[1].Json)!;
        var payload = JsonNode.Parse(Convert.FromBase64String((string)line["dsseEnvelope"]!["payload"]!))!;
        payload["predicate"] = JsonNode.Parse(predicate);
        line["dsseEnvelope"]!["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        Assert.AreEqual("CAP3005", SignatureLines.Read(Encoding.UTF8.GetBytes(line.ToJsonString())).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task AreSignedOnceAndGoWithTheContents()
    {
        using var s = new TrustScenario();
        s.Key("a", "ml-dsa-44");
        await s.Sign("release", "a");
        var first = s.Lines.ToBytes();
        await s.Sign("release", "a");
        CollectionAssert.AreEqual(first, s.Lines.ToBytes(), "hedged signatures would differ");
        await s.Sign("security", "a");
        Assert.HasCount(3, s.Lines.Lines);
    }

    [TestMethod]
    public async Task ShowWhoAttested()
    {
        using var s = new TrustScenario();
        var provenance = s.Key("ci", "ed25519", KeyPurpose.Provenance);
        var statement = StatementWriter.Write([Subject.Tree(s.Package.Identity!)], ProvenanceDocument.PredicateType, json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
        var signed = await PackageSigner.SignAsync(
            new SignRequest { Package = s.Package, Signers = [s.Key("a"), provenance], Attestations = [statement] }, CancellationToken.None);
        s.Lines = signed.Value!;
        Assert.HasCount(3, s.Lines.Lines);
        Assert.AreEqual(provenance.PublicKey, s.Verify(answer: true).Value!.Attestations.Single().Key);

        var again = await PackageSigner.SignAsync(
            new SignRequest { Package = s.Package, Signers = [s.Key("a"), provenance], Attestations = [statement], Existing = s.Lines }, CancellationToken.None);
        CollectionAssert.AreEqual(s.Lines.ToBytes(), again.Value!.ToBytes());
    }
}
