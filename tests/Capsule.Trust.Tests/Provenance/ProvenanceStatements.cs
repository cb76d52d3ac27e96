using System.Text;
using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;
using Capsule.Trust.Tests.Peers;
using Capsule.Trust.Tests.Quorum;

namespace Capsule.Trust.Tests.Provenance;

[TestClass]
public class ProvenanceStatements
{
    [TestMethod]
    public void SayWhatWasBuiltFromWhat()
    {
        var statement = StatementReader.Read(ProvenanceDocument.Write(Facts.Hello));
        Assert.AreEqual(Facts.Hello.Tree.Identity, statement.Identity);
        Assert.AreEqual("https://slsa.dev/provenance/v1", statement.PredicateType);
        Assert.AreEqual(
            """{"buildDefinition":{"buildType":"urn:capsule:build:1","externalParameters":{"family":"kit","manifest":"capability.yml","name":"hello","parameters":{"option.a":"1","target":"web"},"purl":"pkg:capsule/acme/hello@1.0.0"},"resolvedDependencies":["""
            + """{"name":"library","uri":"git+https://git.example/library.git@1111111111111111111111111111111111111111","digest":{"gitCommit":"1111111111111111111111111111111111111111"}},"""
            + $$$"""{"name":"@oven/bun-linux-x64 1.3.1","uri":"pkg:npm/%40oven/bun-linux-x64@1.3.1","digest":{"sha512":"{{{new string('0', 128)}}}"}},"""
            + """{"name":"Capsule.Sdk 1.0.0","uri":"pkg:nuget/Capsule.Sdk@1.0.0"}]},"runDetails":{"builder":{"id":"urn:capsule:builder:local","version":{"capsule":"1.0.0","dotnet":"10.0.1","libzstd":"1.5.4"}}}}""",
            statement.Predicate.GetRawText());
    }

    [TestMethod]
    public void HaveATimeOnlyWhenOneIsGiven()
    {
        var timed = Encoding.UTF8.GetString(ProvenanceDocument.Write(Facts.Hello with { Time = DateTimeOffset.FromUnixTimeSeconds(1_000_000_000) }));
        Assert.Contains("\"metadata\":{\"startedOn\":\"2001-09-09T01:46:40Z\"}", timed);
        Assert.DoesNotContain("metadata", Encoding.UTF8.GetString(ProvenanceDocument.Write(Facts.Hello)));
    }

    [TestMethod]
    public void AreEqualForEqualFactsInAnyOrder() => CollectionAssert.AreEqual(
        ProvenanceDocument.Write(Facts.Hello),
        ProvenanceDocument.Write(Facts.Hello with
        {
            Materials = [.. Facts.Hello.Materials.Reverse()],
            Versions = new Dictionary<string, string>(Facts.Hello.Versions.Reverse()),
        }));

    [TestMethod]
    public async Task AreSignedAsLinesOfTheirOwnThatNeverCount()
    {
        using var s = new TrustScenario();
        using var key = TestKeys.New(KeyPurpose.Provenance);
        s.Package = new PackageReference("kit", "acme", "hello", "1.0.0", Facts.Hello.Tree.Identity);
        s.Lines = (await PackageSigner.SignAsync(
            new SignRequest
            {
                Package = s.Package,
                Signers = [key],
                Attestations = [ProvenanceDocument.Write(Facts.Hello), SbomDocument.WriteStatement(Facts.Hello)],
            },
            CancellationToken.None)).Value!;

        Assert.HasCount(2, s.Lines.Lines);
        Assert.AreEqual(0, (await NpmVerifier.VerifyAsync(s.Lines.Lines[0].Json, key.PublicKey)).ExitCode);
        s.Feed = "feed";
        s.Refuses("CAP3130", s.Verify(answer: true));
        s.Notes("CAP3008", s.Verify(answer: true));
        s.WriteTrust($"version = 1\n[signers.p]\nkeys = [{{ algorithm = \"ecdsa-p256\", spki = \"{key.PublicKey.SpkiBase64}\" }}]\n[[scope]]\nmatch = \"*\"\nroles.release = {{ signers = [\"p\"], threshold = 1 }}\n");
        s.Refuses("CAP3131", s.Verify());
    }

    [TestMethod]
    public async Task StayUnsignedWhenTheyAreTooLargeForALine()
    {
        using var release = TestKeys.New();
        using var key = TestKeys.New(KeyPurpose.Provenance);
        var large = StatementWriter.Write([Subject.Tree(Facts.Hello.Tree.Identity)], "https://example.org/x", json =>
        {
            json.WriteStartObject();
            json.WriteString("a", new string('x', 600_000));
            json.WriteEndObject();
        });
        var signed = await PackageSigner.SignAsync(
            new SignRequest
            {
                Package = new PackageReference("kit", "acme", "hello", "1.0.0", Facts.Hello.Tree.Identity),
                Signers = [release, key],
                Attestations = [large],
            },
            CancellationToken.None);
        Assert.IsNotNull(signed.Value!.Lines.Single().Release);
        Assert.AreEqual("CAP3012", signed.Diagnostics.Single().Code);
    }
}
