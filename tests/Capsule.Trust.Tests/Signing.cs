using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;
using Capsule.Trust.Tests.Peers;

namespace Capsule.Trust.Tests;

[TestClass]
public class Signing
{
    private static readonly PackageReference Package = new("kit", "acme", "hello", "1.0.0", TrustVector.Identity);

    private static readonly byte[] Attestation = StatementWriter.Write([Subject.Tree(TrustVector.Identity)], "https://example.org/x", json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    [TestMethod]
    public async Task WritesOneLineForEachKeyThatOthersVerify()
    {
        using var a = TestKeys.New();
        using var b = TestKeys.New();
        var lines = (await Sign(new SignRequest { Package = Package, Signers = [a, b] })).Value!.Lines;

        Assert.HasCount(2, lines);
        CollectionAssert.AreEqual(new[] { a.PublicKey.Hint, b.PublicKey.Hint }, lines.Select(l => l.Hint).ToArray());
        Assert.AreEqual(new ReleasePredicate("kit", "pkg:capsule/acme/hello@1.0.0", "release"), lines[1].Release);
        Assert.AreEqual(0, (await NpmVerifier.VerifyAsync(lines[1].Json, b.PublicKey)).ExitCode);
    }

    [TestMethod]
    public async Task AgainKeepsTheLinesThatAreThere()
    {
        using var a = TestKeys.New();
        using var b = TestKeys.New();
        var first = (await Sign(new SignRequest { Package = Package, Signers = [a] })).Value!;
        var second = (await Sign(new SignRequest { Package = Package, Signers = [a, b], Existing = first })).Value!;
        Assert.HasCount(2, second.Lines);
        Assert.AreEqual(first.Lines[0].Json, second.Lines[0].Json);
    }

    [TestMethod]
    public async Task AfterAChangeDropsTheLinesOfTheOldContents()
    {
        using var a = TestKeys.New();
        var first = (await Sign(new SignRequest { Package = Package with { Identity = $"capsule-tree/1:{new string('0', 64)}" }, Signers = [a] })).Value!;
        var second = await Sign(new SignRequest { Package = Package, Signers = [a], Existing = first });
        Assert.AreEqual(TrustVector.Identity, second.Value!.Lines.Single().Statement!.Identity);
        Assert.AreEqual("CAP3011", second.Diagnostics.Single().Code);
        Assert.IsTrue(second.Succeeded);
    }

    [TestMethod]
    public async Task OfAttestationsIsForProvenanceKeysOnly()
    {
        using var release = TestKeys.New();
        using var provenance = TestKeys.New(KeyPurpose.Provenance);
        var lines = (await Sign(new SignRequest { Package = Package, Signers = [release, provenance], Attestations = [Attestation] })).Value!.Lines;
        Assert.AreEqual(release.PublicKey.Hint, lines.Single(l => l.Release is not null).Hint);
        Assert.AreEqual(provenance.PublicKey.Hint, lines.Single(l => l.Statement!.PredicateType == "https://example.org/x").Hint);
    }

    [TestMethod]
    public async Task WithTheWrongKeyOrNoneIsRefused()
    {
        using var atom = TestKeys.New(KeyPurpose.Atom);
        using var provenance = TestKeys.New(KeyPurpose.Provenance);
        using var release = TestKeys.New();
        Fails("CAP3210", await Sign(new SignRequest { Package = Package, Signers = [atom] }));
        Fails("CAP3210", await Sign(new SignRequest { Package = Package, Signers = [release, provenance] }));
        Fails("CAP3219", await Sign(new SignRequest { Package = Package, Signers = [] }));
        Fails("CAP3010", await Sign(new SignRequest { Package = Package with { Scope = null }, Signers = [release] }));
        Fails("CAP3010", await Sign(new SignRequest { Package = Package with { Version = null }, Signers = [release] }));
        Fails("CAP3010", await Sign(new SignRequest { Package = Package with { Identity = null }, Signers = [release] }));
    }

    [TestMethod]
    public async Task StopsWhenTheUserGivesUp()
    {
        using var key = TestKeys.New();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            PackageSigner.SignAsync(new SignRequest { Package = Package, Signers = [key] }, new CancellationToken(canceled: true)));
    }

    private static Task<Result<SignatureLines>> Sign(SignRequest request) => PackageSigner.SignAsync(request, CancellationToken.None);

    private static void Fails(string code, Result<SignatureLines> result)
    {
        Assert.IsFalse(result.Succeeded);
        Assert.AreEqual(code, result.Diagnostics.Single().Code, result.Diagnostics.Single().Message);
    }
}
