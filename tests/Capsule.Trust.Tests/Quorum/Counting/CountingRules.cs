using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Tests.Quorum.Counting;

/// <summary>Each counting rule of TUF as an example (specs: anchors 2.3).</summary>
[TestClass]
public class CountingRules
{
    private static readonly QuorumRule TwoReleases = new([new QuorumTerm("release", 2)]);

    [TestMethod]
    public void OneKeyIsOneSignatureHoweverOftenItSigned()
    {
        var result = Count(TwoReleases, [Member("a", 1), Member("b", 2)], [Release(1), Release(1), Release(1)]);
        Refused(result, "a", 1);
        Outcomes(result, SignatureOutcome.Counts, SignatureOutcome.Repeated, SignatureOutcome.Repeated);
        Missing(result, "b");
    }

    [TestMethod]
    public void OneKeyUnderTwoNamesIsOneSigner()
    {
        var result = Count(TwoReleases, [Member("a", 1), Member("a again", 1), Member("c", 3)], [Release(1)]);
        Refused(result, "a", 1);
        Assert.IsFalse(Count(TwoReleases, [Member("a", 1), Member("a again", 1)], [Release(1)]).CanBeMet);
        var through = Count(TwoReleases, [Member("a", 1), Member("both", 1, 2), Member("b", 2)], [Release(1), Release(2)]);
        Refused(through, "a", 1);
        Outcomes(through, SignatureOutcome.Counts, SignatureOutcome.SameSigner);
    }

    [TestMethod]
    public void TwoKeysOfOneSignerAreOneSigner()
    {
        var result = Count(TwoReleases, [Member("a", 1, 2), Member("b", 3)], [Release(1), Release(2)]);
        Refused(result, "a", 1);
        Outcomes(result, SignatureOutcome.Counts, SignatureOutcome.SameSigner);
    }

    [TestMethod]
    public void RevokedExpiredAndUnknownKeysCountForNothingAndSpoilNothing()
    {
        QuorumMember[] members =
        [
            Member("a", 1),
            Member("revoked", new QuorumKey(Key(2), KeyStanding.Revoked)),
            Member("expired", new QuorumKey(Key(3), KeyStanding.Expired)),
            Member("unaccepted", new QuorumKey(Key(4), KeyStanding.NotAccepted)),
            Member("b", 5),
        ];
        var result = Count(TwoReleases, members, [Release(2), Release(3), Release(4), Release(9), Release(1)]);
        Refused(result, "a", 1);
        Outcomes(result, SignatureOutcome.Revoked, SignatureOutcome.Expired, SignatureOutcome.NotAccepted, SignatureOutcome.UnknownKey, SignatureOutcome.Counts);
        Assert.AreEqual("revoked Revoked, expired Expired, unaccepted NotAccepted", string.Join(", ", result.Terms[0].Unable.Select(u => $"{u.Name} {u.Why}")));
        Missing(result, "b");
        Assert.IsTrue(Count(TwoReleases, members, [Release(2), Release(9), Release(1), Release(5)]).IsSatisfied);
    }

    [TestMethod]
    public void AKeyRevokedUnderOneNameIsRevokedUnderAll()
    {
        var result = Count(new([new("release", 1)]), [Member("old", new QuorumKey(Key(1), KeyStanding.Revoked)), Member("new", 1)], [Release(1)]);
        Assert.IsFalse(result.IsSatisfied || result.CanBeMet);
    }

    [TestMethod]
    public void ASignatureInAnotherRoleCountsForNothing()
    {
        var result = Count(TwoReleases, [Member("a", 1), Member("b", 2) with { Roles = ["release", "security"] }], [Release(1), new(Key(2), "security"), new(Key(1), "security")]);
        Refused(result, "a", 1);
        Outcomes(result, SignatureOutcome.Counts, SignatureOutcome.RoleNotAsked, SignatureOutcome.WrongRole);
    }

    [TestMethod]
    public void AHybridSignerNeedsAllKeys()
    {
        QuorumMember[] members = [Member("a", 1, 2) with { RequireAllKeys = true }, Member("b", 3)];
        var result = Count(TwoReleases, members, [Release(1), Release(3)]);
        Refused(result, "b", 1);
        Outcomes(result, SignatureOutcome.Incomplete, SignatureOutcome.Counts);
        CollectionAssert.AreEqual(new[] { Key(2) }, result.Missing.Single().Keys.ToArray());
        Assert.IsTrue(Count(TwoReleases, members, [Release(1), Release(3), Release(2)]).IsSatisfied);

        var lamed = Count(TwoReleases, [members[0] with { Keys = [new(Key(1)), new(Key(2), KeyStanding.Revoked)] }, members[1]], [Release(1), Release(2), Release(3)]);
        Assert.IsFalse(lamed.IsSatisfied || lamed.CanBeMet);
    }

    [TestMethod]
    public void AThresholdAboveItsSignersOrBelowOneIsNeverMet()
    {
        foreach (var count in (int[])[3, 0, -1, int.MinValue])
        {
            var result = Count(new([new("release", count)]), [Member("a", 1), Member("b", 2)], [Release(1), Release(2)]);
            Assert.IsFalse(result.IsSatisfied || result.CanBeMet, $"{count}");
        }

        Assert.IsFalse(Count(new([]), [Member("a", 1)], [Release(1)]).IsSatisfied);
    }

    [TestMethod]
    public void OneSignatureOfAMemberWithTwoRolesMayServeBoth()
    {
        QuorumMember[] members = [Member("a", 1), Member("s", 2) with { Roles = ["security"] }, Member("both", 3) with { Roles = ["release", "security"] }];
        QuorumTerm[] terms = [new("release", 1), new("security", 1)];
        var shared = Count(new(terms, SignaturesNameRoles: false), members, []);
        Missing(shared, "both");
        Assert.IsTrue(shared.IsMissingExact);
        Missing(Count(new(terms), members, []), "a", "s");
        Assert.IsTrue(Count(new(terms, SignaturesNameRoles: false), members, [new(Key(3))]).IsSatisfied);
    }

    [TestMethod]
    public void ASearchThatWouldTakeTooLongSaysThatItsAnswerMayNotBeTheSmallest()
    {
        var roles = Enumerable.Range(0, 30).Select(r => $"r{r}").ToArray();
        QuorumMember[] members = [.. Enumerable.Range(0, 60).Select(m => Member($"m{m}", m) with { Roles = [.. roles.Where((_, r) => (((m * 7) + (r * 13)) ^ (m * r)) % 5 == 0)] })];
        var rule = new QuorumRule([.. roles.Select(r => new QuorumTerm(r, 3))], SignaturesNameRoles: false);
        var result = Count(rule, members, []);
        Assert.IsTrue(result.CanBeMet);
        Assert.IsFalse(result.IsMissingExact);
        Assert.IsTrue(Count(rule, members, [.. result.Missing.Select(m => new QuorumSignature(m.Keys[0]))]).IsSatisfied);
    }

    private static KeyBytes Key(int number) => RandomQuorum.Key(number);

    private static QuorumMember Member(string name, params int[] keys) => Member(name, [.. keys.Select(k => new QuorumKey(Key(k)))]);

    private static QuorumMember Member(string name, params QuorumKey[] keys) => new(name, ["release"], keys);

    private static QuorumSignature Release(int key) => new(Key(key), "release");

    private static QuorumResult Count(QuorumRule rule, QuorumMember[] members, QuorumSignature[] signatures) => QuorumCounter.Count(rule, members, signatures);

    private static void Refused(QuorumResult result, string signed, int missing)
    {
        Assert.IsFalse(result.IsSatisfied);
        Assert.AreEqual(signed, string.Join(",", result.Terms[0].Signed));
        Assert.AreEqual(missing, result.Terms[0].Missing);
    }

    private static void Outcomes(QuorumResult result, params SignatureOutcome[] expected) =>
        CollectionAssert.AreEqual(expected, result.Signatures.Select(s => s.Outcome).ToArray());

    private static void Missing(QuorumResult result, params string[] names) => CollectionAssert.AreEqual(names, result.Missing.Select(m => m.Member).ToArray());
}
