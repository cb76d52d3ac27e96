using System.Numerics;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Tests.Algorithms.MlDsa;

/// <summary>The code with vectors against the plain code, and both against arithmetic on whole numbers.</summary>
[TestClass]
public class Transforms
{
    private static readonly Random Random = new(7);

    [TestMethod]
    public void GiveTheSameWithVectorsAndWithout()
    {
        for (var round = 0; round < 100; round++)
        {
            var (a, b) = (Polynomial(), Polynomial());
            Same(p => Ntt.Forward(p), p => ScalarNtt.Forward(p), a);
            Same(p => Ntt.Inverse(p), p => ScalarNtt.Inverse(p), a);
            Same(p => Ntt.Multiply(p, a, b), p => ScalarNtt.Multiply(p, a, b), a);
            Same(p => Ntt.MultiplyAdd(p, a, b), p => ScalarNtt.MultiplyAdd(p, a, b), a);
        }
    }

    [TestMethod]
    public void MultiplyInTheRing()
    {
        var (a, b) = (Polynomial(), Polynomial());
        var expected = new BigInteger[Field.N];
        for (var i = 0; i < Field.N; i++)
        {
            for (var j = 0; j < Field.N; j++)
            {
                expected[(i + j) % Field.N] += (i + j < Field.N ? 1 : -1) * (BigInteger)a[i] * b[j];
            }
        }

        Ntt.Forward(a);
        Ntt.Forward(b);
        Ntt.Multiply(a, a, b);
        Ntt.Inverse(a);
        Coefficients.ReduceToPositive(a);
        CollectionAssert.AreEqual(expected.Select(e => (int)(((e % Field.Q) + Field.Q) % Field.Q)).ToArray(), a);
    }

    [TestMethod]
    public void RoundEveryCoefficientAsTheStandardSays()
    {
        foreach (var set in MlDsaParameters.All)
        {
            var (low, high, positive) = (new int[Field.N], new int[Field.N], new int[Field.N]);
            for (var start = 0; start < Field.Q; start += Field.N)
            {
                for (var i = 0; i < Field.N; i++)
                {
                    positive[i] = low[i] = Math.Min(start + i, Field.Q - 1);
                }

                Rounding.Decompose(set, low, high);
                for (var i = 0; i < Field.N; i++)
                {
                    var (expectedHigh, expectedLow) = Decompose(set, positive[i]);
                    Assert.IsTrue(high[i] == expectedHigh && low[i] == expectedLow, $"{set.Name}: {positive[i]}");
                }
            }
        }
    }

    private static (int High, int Low) Decompose(MlDsaParameters set, int r)
    {
        var low = r % (2 * set.Gamma2);
        low = low > set.Gamma2 ? low - (2 * set.Gamma2) : low;
        return r - low == Field.Q - 1 ? (0, low - 1) : ((r - low) / (2 * set.Gamma2), low);
    }

    private static int[] Polynomial() => [.. Enumerable.Range(0, Field.N).Select(_ => Random.Next(-Field.Q + 1, Field.Q))];

    private static void Same(Action<int[]> one, Action<int[]> other, int[] input)
    {
        int[] left = [.. input];
        int[] right = [.. input];
        one(left);
        other(right);
        CollectionAssert.AreEqual(right, left);
    }
}
