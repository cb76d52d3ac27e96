using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class PackagesWithoutARule
{
    [TestMethod]
    public async Task AskOnATerminalAndPinTheirSigners()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a", "b");
        var verified = s.Accept(answer: true);
        Assert.AreEqual(TrustBasis.Consent, verified.Basis);
        Assert.IsTrue(verified.IsFirstUse);
        var question = s.Questions.Single();
        Assert.AreEqual(TrustReason.UnknownSigners, question.Reason);
        CollectionAssert.AreEquivalent(new[] { s.Key("a").PublicKey, s.Key("b").PublicKey }, question.Signers.ToArray());

        s.Trusts(TrustBasis.Accepted, s.Verify());
        s.Package = s.Package with { Version = "1.1.0", Identity = Other };
        s.Lines = SignatureLines.None;
        await s.Sign("release", "a");
        s.Refuses("CAP3133", s.Verify());
        await s.Sign("release", "b");
        s.Trusts(TrustBasis.Pins, s.Verify());
        Assert.IsTrue(s.Verify().Value!.IsFirstUse);
    }

    [TestMethod]
    public async Task AreRefusedWhenThePersonSaysNo()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.Refuses("CAP3141", s.Verify(answer: false));
    }

    [TestMethod]
    public async Task AreRefusedWithoutATerminalNamingTheWaysOut()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        var refused = s.Verify();
        s.Refuses("CAP3132", refused);
        var problem = refused.Diagnostics.Single(d => d.IsError);
        Assert.Contains(s.Key("a").PublicKey.Fingerprint, problem.Message);
        Assert.Contains("capsule trust add", problem.Hint);
        Assert.Contains($"--identity {TrustVector.Identity}", problem.Hint);
    }

    [TestMethod]
    public async Task AreRefusedWithoutAskingWhenTheTrustFileSaysSo()
    {
        using var s = new TrustScenario();
        s.WriteTrust("version = 1\n[default]\nunknown = \"refuse\"\n");
        await s.Sign("release", "a");
        s.Refuses("CAP3132", s.Verify(answer: true));
        Assert.IsEmpty(s.Questions);
    }

    [TestMethod]
    public async Task AskAgainWhenTheSignersChanged()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.Accept(answer: true);
        s.Package = s.Package with { Version = "1.1.0", Identity = Other };
        s.Lines = SignatureLines.None;
        await s.Sign("release", "b");
        s.Accept(answer: true);
        Assert.AreEqual(TrustReason.SignersChanged, s.Questions[1].Reason);
        CollectionAssert.AreEqual(new[] { s.Key("a").PublicKey }, s.Questions[1].Missing.ToArray());

        s.Package = s.Package with { Version = "1.2.0", Identity = $"capsule-tree/1:{new string('2', 64)}" };
        s.Lines = SignatureLines.None;
        await s.Sign("release", "b");
        s.Trusts(TrustBasis.Pins, s.Verify());
    }

    [TestMethod]
    public async Task ForgetPinsThatAreRevoked()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a", "b");
        s.Accept(answer: true);
        s.WriteTrust($"version = 1\n[[revoked]]\nkey = \"{s.Key("a").PublicKey.Fingerprint}\"\n");
        s.Package = s.Package with { Version = "1.1.0", Identity = Other };
        s.Lines = SignatureLines.None;
        await s.Sign("release", "b");
        s.Trusts(TrustBasis.Pins, s.Verify());
        s.Lines = SignatureLines.None;
        await s.Sign("release", "a");
        s.Refuses("CAP3133", s.Verify());
    }

    [TestMethod]
    public async Task AreTrustedByTheIdentityThatTheCallerNames()
    {
        using var s = new TrustScenario();
        s.Trusts(TrustBasis.Identity, s.Verify(identity: TrustVector.Identity));
        await s.Sign("release", "a");
        s.Trusts(TrustBasis.Identity, s.Verify(identity: TrustVector.Identity));
        s.Refuses("CAP3142", s.Verify(answer: true, identity: Other));
    }

    [TestMethod]
    public void ThatNobodySignedAreRefusedFromAFeedAndAskedAboutAsFiles()
    {
        using var s = new TrustScenario();
        s.Refuses("CAP3130", s.Verify(answer: true));
        s.Feed = null;
        s.Refuses("CAP3130", s.Verify());
        s.Trusts(TrustBasis.Consent, s.Verify(answer: true));
        Assert.AreEqual(TrustReason.Unsigned, s.Questions.Single().Reason);
        s.WriteTrust("version = 1\n[default]\nunsigned = \"refuse\"\n");
        s.Refuses("CAP3130", s.Verify(answer: true));
    }

    [TestMethod]
    public async Task WhoseKeysNobodyHasAndNothingTellsAreRefused()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        var line = s.Lines.Lines[0];
        s.Lines = new SignatureLines([line with { Hint = "" }]);
        s.Refuses("CAP3143", s.Verify(answer: true));
        s.Lines = new SignatureLines([line with { Hint = TrustVector.Hint }]);
        s.Refuses("CAP3143", s.Verify(answer: true));
        Assert.IsEmpty(s.Questions);
    }

    [TestMethod]
    public async Task WhoseLinesAreAboutSomethingElseAreRefused()
    {
        using var s = new TrustScenario();
        await s.Sign("release", "a");
        s.Package = s.Package with { Version = "2.0.0" };
        s.Refuses("CAP3145", s.Verify(answer: true));
        Assert.IsEmpty(s.Questions);
    }

    [TestMethod]
    public void NeverChangeTheirContentsUnderOneVersion()
    {
        using var s = new TrustScenario();
        s.Accept(identity: TrustVector.Identity);
        s.Package = s.Package with { Identity = Other };
        s.Refuses("CAP3134", s.Verify(answer: true));
        s.Refuses("CAP3134", s.Verify(identity: Other));
    }

    [TestMethod]
    public void NeverGoBackAsTheNewest()
    {
        using var s = new TrustScenario { Package = new PackageReference("kit", "acme", "hello", "2.0.0", TrustVector.Identity) };
        s.Accept(identity: TrustVector.Identity);
        s.Package = s.Package with { Version = "1.9.0", Identity = Other };
        s.Refuses("CAP3135", s.Verify(latest: true, identity: Other));
        s.Trusts(TrustBasis.Identity, s.Verify(identity: Other));
        s.Accept(identity: Other);
        s.Refuses("CAP3135", s.Verify(latest: true));
    }

    [TestMethod]
    public void MustBeComplete()
    {
        using var s = new TrustScenario();
        var package = s.Package;
        s.Package = package with { Version = "1.0" };
        s.Refuses("CAP3144", s.Verify());
        s.Package = package with { Identity = "capsule-tree/1:00" };
        Assert.AreEqual("CAP3010", s.Verify().Diagnostics.Single().Code);
        s.Package = package with { Scope = null };
        Assert.AreEqual("CAP3010", s.Verify().Diagnostics.Single().Code);
    }

    private static string Other => $"capsule-tree/1:{new string('1', 64)}";
}
