using Capsule.Trust.Quorum.Counting;

namespace Capsule.Trust.Tests.Quorum.Counting;

[TestClass]
public class RandomPolicies
{
    private const int Policies = 120_000;

    [TestMethod]
    public void AreNeverAcceptedBelowTheirThresholdAndNeverRefusedAtIt()
    {
        var (accepted, hopeless) = (0, 0);
        Parallel.For(0, Policies, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var quorum = RandomQuorum.From(seed);
            var result = QuorumCounter.Count(quorum.Rule, quorum.Members, quorum.Signatures);
            Assert.AreEqual(QuorumOracle.Accepts(quorum.Rule, quorum.Members, quorum.Signatures), result.IsSatisfied, $"seed {seed}: {quorum}");
            Assert.AreEqual(
                QuorumOracle.Accepts(quorum.Rule, quorum.Members, [.. quorum.Signatures, .. QuorumOracle.Possible(quorum.Rule, quorum.Members)]),
                result.CanBeMet, $"seed {seed}, whether it can be met: {quorum}");
            Interlocked.Add(ref accepted, result.IsSatisfied ? 1 : 0);
            Interlocked.Add(ref hopeless, result.CanBeMet ? 0 : 1);
        });

        Assert.IsTrue(accepted > Policies / 50 && hopeless > Policies / 50, $"{accepted} of {Policies} were accepted, {hopeless} can never be met: the test says little");
    }

    [TestMethod]
    public void NameASmallestSetOfFurtherSignaturesThatIsEnough()
    {
        var (checkedSets, larger) = (0, 0);
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var quorum = RandomQuorum.From(seed);
            var result = QuorumCounter.Count(quorum.Rule, quorum.Members, quorum.Signatures);
            if (result.IsSatisfied || !result.CanBeMet)
            {
                Assert.IsEmpty(result.Missing, $"seed {seed}: {quorum}");
                return;
            }

            var missing = result.Missing;
            Assert.IsTrue(result.IsMissingExact, $"seed {seed}: {quorum}");
            Assert.IsTrue(
                missing.All(m => m.Keys.Count > 0)
                && QuorumOracle.Accepts(quorum.Rule, quorum.Members, [.. quorum.Signatures, .. missing.Select(m => new QuorumSignature(m.Keys[^1], m.Role))]),
                $"seed {seed}, not enough: {quorum}");
            if (missing.Count <= 4)
            {
                Assert.IsFalse(QuorumOracle.AcceptsWith(missing.Count - 1, quorum), $"seed {seed}, fewer than {missing.Count} are enough: {quorum}");
                Interlocked.Increment(ref checkedSets);
                Interlocked.Add(ref larger, missing.Count > 1 ? 1 : 0);
            }
        });

        Assert.IsTrue(checkedSets > 1000 && larger > 300, $"{checkedSets} sets, {larger} of more than one: the test says little");
    }
}
