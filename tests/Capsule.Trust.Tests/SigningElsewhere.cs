using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Cosigning;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Keys;

namespace Capsule.Trust.Tests;

/// <summary>Requests to co-sign, and lines that come back.</summary>
[TestClass]
public class SigningElsewhere
{
    private static readonly PackageReference Package = new("kit", "acme", "hello", "1.0.0", TrustVector.Identity);
    private static readonly CosignRequest Request = new(Package, [new CosignRole("release", []), new CosignRole("security", [new CosignSigner("bob", ["sha256:0"])])]);

    [TestMethod]
    public void ARequestSaysAllAndIsReadBack()
    {
        var bytes = CosignRequestText.Write(Request);
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains("bob", text);
        Assert.Contains(TrustVector.Identity, text);
        var read = CosignRequestText.Read(bytes, "sign.json").Value!;
        Assert.AreEqual(Package, read.Package);
        CollectionAssert.AreEqual(bytes, CosignRequestText.Write(read));
    }

    [TestMethod]
    [DataRow("acme/hello@1.0.0", "acme/hello@1.0.1", DisplayName = "a statement about another version")]
    [DataRow("\"name\": \"hello\"", "\"name\": \"hallo\"", DisplayName = "a package of another name")]
    [DataRow("capsule-sign-request/1", "capsule-sign-request/2")]
    [DataRow("\"role\": \"release\"", "\"role\": \"security\"", DisplayName = "one role twice")]
    [DataRow("{\n", "{ \"extra\": 1,\n")]
    [DataRow("\"roles\": [", "\"roles\": 1, \"x\": [")]
    [DataRow("\"scope\": \"acme\"", "\"scope\": null")]
    [DataRow("\"keys\": [", "\"keys\": [1, ")]
    public void ARequestThatContradictsItselfIsRefused(string from, string to)
    {
        var text = Encoding.UTF8.GetString(CosignRequestText.Write(Request));
        Assert.Contains(from, text);
        var read = CosignRequestText.Read(Encoding.UTF8.GetBytes(new Replacement(from, to).Once(text)), "sign.json");
        Assert.AreEqual("CAP3015", read.Diagnostics.Single().Code);
        Assert.AreEqual(ExitCode.Refused, read.Exit);
    }

    [TestMethod]
    public async Task LinesComeBackAndAreTakenIn()
    {
        using var a = TestKeys.New();
        using var b = TestKeys.New(algorithm: "ml-dsa-44");
        var present = (await PackageSigner.SignAsync(new SignRequest { Package = Package, Signers = [a] }, CancellationToken.None)).Value!;
        var brought = (await Cosigner.SignAsync(Request, [(b, "security")], CancellationToken.None)).Value!;

        var joined = Cosigner.Attach(Package, present, [("back", brought)], []);
        Assert.AreEqual("release security", string.Join(' ', joined.Value!.Lines.Where(l => l.Release is not null).Select(l => l.Release!.Role)));
        Assert.HasCount(joined.Value.Lines.Count, Cosigner.Attach(Package, joined.Value, [("again", brought)], []).Value!.Lines);
    }

    [TestMethod]
    public async Task LinesOfOtherContentsOrUnknownKeysAreNeverTakenIn()
    {
        using var a = TestKeys.New();
        using var b = TestKeys.New(algorithm: "ed25519");
        var good = (await Cosigner.SignAsync(Request, [(a, "release")], CancellationToken.None)).Value!;
        var other = Request with { Package = Package with { Version = "1.0.1" } };
        var wrong = (await Cosigner.SignAsync(other, [(a, "release")], CancellationToken.None)).Value!;
        var elsewhere = (await Cosigner.SignAsync(Request with { Package = Package with { Identity = $"capsule-tree/1:{new string('1', 64)}" } }, [(b, "release")], CancellationToken.None)).Value!;
        var withKey = (await Cosigner.SignAsync(Request, [(b, "release")], CancellationToken.None)).Value!;
        var keyless = new SignatureLines([withKey.Lines[0]]);
        var broken = new SignatureLines([good.Lines[0] with { Signature = wrong.Lines[0].Signature }]);

        foreach (var (lines, known) in ((SignatureLines, PublicKey[])[])[(wrong, []), (elsewhere, []), (keyless, []), (broken, [a.PublicKey]), (SignatureLines.None, [])])
        {
            Assert.AreEqual("CAP3017", Cosigner.Attach(Package, SignatureLines.None, [("good", good), ("bad", lines)], known).Diagnostics.Single().Code);
        }

        Assert.IsTrue(Cosigner.Attach(Package, SignatureLines.None, [("keyless", keyless)], [b.PublicKey]).Succeeded);
        Assert.AreEqual("CAP3016", (await Cosigner.SignAsync(Request, [(a, "legal")], CancellationToken.None)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP3219", (await Cosigner.SignAsync(Request, [], CancellationToken.None)).Diagnostics.Single().Code);
        using var atom = TestKeys.New(KeyPurpose.Atom);
        Assert.AreEqual("CAP3210", (await Cosigner.SignAsync(Request, [(atom, "release")], CancellationToken.None)).Diagnostics.Single().Code);
    }

    private sealed record Replacement(string From, string To)
    {
        public string Once(string text)
        {
            var at = text.IndexOf(From, StringComparison.Ordinal);
            return text[..at] + To + text[(at + From.Length)..];
        }
    }
}
