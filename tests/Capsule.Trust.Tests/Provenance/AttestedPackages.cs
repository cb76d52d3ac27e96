using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Provenance;
using Capsule.Trust.Tests.Peers;

namespace Capsule.Trust.Tests.Provenance;

/// <summary>What a provenance key signs: the provenance and the SBOM that the build put into the package.</summary>
[TestClass]
public class AttestedPackages
{
    private static string Identity => Facts.Hello.Tree.Identity;

    [TestMethod]
    public void GiveTheStatementsThatTheBuildWouldWrite()
    {
        var statements = PackageAttestations.From(Members(), Identity).Value!;

        CollectionAssert.AreEqual(ProvenanceDocument.Write(Facts.Hello), statements[0].ToArray());
        CollectionAssert.AreEqual(SbomDocument.WriteStatement(Facts.Hello), statements[1].ToArray());
    }

    [TestMethod]
    public async Task HaveLinesThatCosignAndNpmVerify()
    {
        using var folder = new Capsule.Tests.TemporaryFolder();
        using var release = TestKeys.New();
        using var ci = TestKeys.New(KeyPurpose.Provenance);
        var lines = await SignAsync(new SignRequest
        {
            Package = Facts.Hello.Package with { Identity = Identity },
            Signers = [release, ci],
            Attestations = PackageAttestations.From(Members(), Identity).Value!,
        });

        CollectionAssert.AreEqual(
            new[] { ReleasePredicate.Type, ProvenanceDocument.PredicateType, SbomDocument.PredicateType }, lines.Lines.Select(l => l.Statement!.PredicateType).ToArray());
        foreach (var line in lines.Lines.Skip(1))
        {
            var npm = await NpmVerifier.VerifyAsync(line.Json, ci.PublicKey);
            Assert.AreEqual(0, npm.ExitCode, npm.All);
            var cosign = new Cosign(folder);
            var judged = await cosign.VerifyAsync(line.Json, ci.PublicKey, Facts.Hello.Tree.Bytes.ToArray(), line.Statement!.PredicateType);
            Assert.AreEqual(0, judged.ExitCode, judged.All);
            Assert.AreNotEqual(0, (await cosign.VerifyAsync(line.Json, release.PublicKey, Facts.Hello.Tree.Bytes.ToArray(), line.Statement.PredicateType)).ExitCode);
        }
    }

    [TestMethod]
    public async Task KeepOneStatementOfEachKindAndKey()
    {
        using var ci = TestKeys.New(KeyPurpose.Provenance);
        var package = Facts.Hello.Package with { Identity = Identity };
        var newer = Facts.Hello with { Versions = new Dictionary<string, string> { ["capsule"] = "1.1.0" } };
        var first = await SignAsync(new SignRequest { Package = package, Signers = [ci], Attestations = PackageAttestations.From(Members(), Identity).Value! });
        var again = await SignAsync(new SignRequest { Package = package, Signers = [ci], Attestations = PackageAttestations.From(Members(), Identity).Value!, Existing = first });
        CollectionAssert.AreEqual(first.ToBytes(), again.ToBytes());

        var second = await SignAsync(new SignRequest { Package = package, Signers = [ci], Attestations = PackageAttestations.From(Members(newer), Identity).Value!, Existing = first });

        Assert.HasCount(2, second.Lines);
        Assert.IsFalse(second.Lines.Any(l => first.Lines.Any(f => f.Json == l.Json)));
    }

    [TestMethod]
    public void WithMembersAboutSomethingElseAreNotAttested()
    {
        var other = $"capsule-tree/1:{new string('0', 64)}";
        var release = new ReleasePredicate("kit", "pkg:capsule/acme/hello@1.0.0", "release").ToStatement(Identity);

        Refused("provenance.json is not the provenance", PackageAttestations.From(Members(), other));
        Refused("provenance.json is not the provenance", PackageAttestations.From(Members(provenance: release), Identity));
        Refused("provenance.json is not the provenance", PackageAttestations.From(
            Members(provenance: Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(ProvenanceDocument.Write(Facts.Hello)).Replace("Statement/v1", "Statement/v0.1", StringComparison.Ordinal))), Identity));
        Refused("sbom.spdx.json is not the SPDX document", PackageAttestations.From(Members(sbom: "{}"u8.ToArray()), Identity));
        Refused("sbom.spdx.json is not the SPDX document", PackageAttestations.From(Members(sbom: "[]"u8.ToArray()), Identity));
        Refused("strict JSON", PackageAttestations.From(Members(sbom: "{\"a\":1,\"a\":2}"u8.ToArray()), Identity));
        Refused("it has no provenance.json", PackageAttestations.From(new Dictionary<string, ReadOnlyMemory<byte>>(), Identity));
    }

    private static void Refused(string why, Result<IReadOnlyList<ReadOnlyMemory<byte>>> result)
    {
        Assert.IsFalse(result.Succeeded);
        Assert.AreEqual("CAP3013", result.Diagnostics.Single().Code);
        StringAssert.Contains(result.Diagnostics.Single().Message, why);
    }

    private static async Task<SignatureLines> SignAsync(SignRequest request)
    {
        var signed = await PackageSigner.SignAsync(request, CancellationToken.None);
        Assert.IsTrue(signed.Succeeded, signed.Diagnostics.FirstOrDefault()?.Message);
        return signed.Value;
    }

    private static Dictionary<string, ReadOnlyMemory<byte>> Members(BuildFacts? facts = null, byte[]? provenance = null, byte[]? sbom = null) => new()
    {
        ["provenance.json"] = provenance ?? ProvenanceDocument.Write(facts ?? Facts.Hello),
        ["sbom.spdx.json"] = sbom ?? SbomDocument.Write(facts ?? Facts.Hello),
    };
}
