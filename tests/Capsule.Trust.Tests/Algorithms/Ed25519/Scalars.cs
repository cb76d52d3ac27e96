using System.Numerics;
using Capsule.Trust.Algorithms.Ed25519;

namespace Capsule.Trust.Tests.Algorithms.Ed25519;

[TestClass]
public class Scalars
{
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", null);

    [TestMethod]
    public void AreReducedAsBigNumbersAre()
    {
        var random = new Random(1);
        var wide = new byte[64];
        for (var round = 0; round < 3000; round++)
        {
            random.NextBytes(wide);
            wide.AsSpan(random.Next(65)).Fill(round % 2 == 0 ? (byte)0 : (byte)0xff);
            Assert.AreEqual(Number(wide) % L, Number(Reduce(wide)));
        }

        foreach (var near in new[] { L, L - 1, L + 1, 2 * L, (2 * L) - 1, 16 * L, BigInteger.Pow(2, 252), BigInteger.Pow(2, 253), BigInteger.Pow(2, 512) - 1, 0 })
        {
            Assert.AreEqual(near % L, Number(Reduce(Bytes(near, 64))), $"{near}");
        }
    }

    [TestMethod]
    public void AreMultipliedAndAddedAsBigNumbersAre()
    {
        var random = new Random(2);
        var (a, b, c, result) = (new byte[32], new byte[32], new byte[32], new byte[32]);
        for (var round = 0; round < 3000; round++)
        {
            random.NextBytes(a);
            random.NextBytes(b);
            random.NextBytes(c);
            Scalar.MultiplyAdd(a, b, c, result);
            Assert.AreEqual(((Number(a) * Number(b)) + Number(c)) % L, Number(result));
        }
    }

    [TestMethod]
    public void AreCanonicalBelowTheOrderOnly()
    {
        Assert.IsTrue(Scalar.IsCanonical(Bytes(L - 1, 32)));
        Assert.IsTrue(Scalar.IsCanonical(Bytes(0, 32)));
        Assert.IsFalse(Scalar.IsCanonical(Bytes(L, 32)));
        Assert.IsFalse(Scalar.IsCanonical(Bytes(L + 1, 32)));
    }

    private static byte[] Reduce(byte[] wide)
    {
        var result = new byte[32];
        Scalar.Reduce(wide, result);
        return result;
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true);

    private static byte[] Bytes(BigInteger number, int length)
    {
        var bytes = new byte[length];
        number.TryWriteBytes(bytes, out _, isUnsigned: true);
        return bytes;
    }
}
