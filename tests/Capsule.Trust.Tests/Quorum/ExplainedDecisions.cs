using Capsule.Trust.Envelopes;
using Capsule.Trust.Quorum;
using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Tests.Quorum;

[TestClass]
public class ExplainedDecisions
{
    private const string Rule =
        """
        [[scope]]
        match = "acme/*"
        roles.release = { signers = ["a", "b", "c"], threshold = 2 }
        roles.security = { signers = ["s"], threshold = 1 }
        require = ["release", "security"]

        """;

    [TestMethod]
    public async Task SayForEachTermWhoSignedWhoCouldAndWhatIsMissing()
    {
        using var s = Scenario();
        await s.Sign("release", "a");
        var decision = Explain(s);

        Assert.AreEqual(
            """
            release: 1 of 2, not reached
              signed: a
              could sign: b, c
            security: 0 of 1, not reached
              signed: nobody
              could sign: s
            still missing, the smallest set: b as 'release', s as 'security'
            """.ReplaceLineEndings("\n"),
            string.Join('\n', QuorumText.Lines(decision.Policies.Single().Result)));
        s.Refuses("CAP3131", decision.Verdict);
        Assert.Contains("still to sign: 1 of b, c", decision.Verdict.Diagnostics[0].Message);
    }

    [TestMethod]
    public async Task SayWhyALineDoesNotCount()
    {
        using var s = Scenario();
        await s.Sign("release", "a");
        await s.Sign("security", "a");
        await s.Sign("review", "b");
        await s.Sign("release", "b");
        s.Lines = new SignatureLines([.. s.Lines.Lines, s.Lines.Lines[0] with { Number = 5 }]);
        var decision = Explain(s);

        CollectionAssert.AreEqual(
            new[] { SignatureOutcome.Counts, SignatureOutcome.WrongRole, SignatureOutcome.WrongRole, SignatureOutcome.Counts, SignatureOutcome.Repeated },
            decision.Policies.Single().Result.Signatures.Select(r => r.Outcome).ToArray());
        s.Notes("CAP3146", decision.Verdict);
        Assert.Contains("a has no such role", string.Join('\n', decision.Verdict.Diagnostics.Select(d => d.Message)));
        Assert.Contains("one key is one signature", string.Join('\n', decision.Verdict.Diagnostics.Select(d => d.Message)));
    }

    [TestMethod]
    public async Task SayWhenNoFurtherSignatureCouldHelp()
    {
        using var s = Scenario($"[[revoked]]\nkey = \"KEY\"\nreason = \"lost\"\n");
        await s.Sign("release", "a", "b");
        await s.Sign("security", "s");
        var decision = Explain(s);

        s.Refuses("CAP3131", decision.Verdict);
        s.Notes("CAP3138", decision.Verdict);
        var text = string.Join('\n', QuorumText.Lines(decision.Policies.Single().Result));
        Assert.Contains("cannot count: s (a key is revoked)", text);
        Assert.Contains("can never be met: 'security' needs 1, and at most 0 can count", text);
        Assert.IsEmpty(decision.Policies.Single().Result.Missing);
    }

    private static TrustScenario Scenario(string more = "")
    {
        var s = new TrustScenario();
        s.WriteTrust($"version = 1\n{s.Signer("a")}{s.Signer("b")}{s.Signer("c")}{s.Signer("s")}{Rule}{more.Replace("KEY", s.Key("s").PublicKey.Fingerprint, StringComparison.Ordinal)}");
        return s;
    }

    private static TrustExplanation Explain(TrustScenario s) => PackageVerifier.Explain(new VerifyRequest
    {
        Package = s.Package,
        Lines = s.Lines,
        Trust = TrustContext.Open(s.Home.Path).Value!,
        Now = TrustScenario.Now,
    });
}
