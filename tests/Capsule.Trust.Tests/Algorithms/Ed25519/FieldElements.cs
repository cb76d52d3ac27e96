using System.Numerics;
using Capsule.Trust.Algorithms.Ed25519;

namespace Capsule.Trust.Tests.Algorithms.Ed25519;

[TestClass]
public class FieldElements
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    [TestMethod]
    public void AreComputedAsBigNumbersAre()
    {
        var random = new Random(3);
        var (x, y) = (new byte[32], new byte[32]);
        for (var round = 0; round < 2000; round++)
        {
            Fill(random, x);
            Fill(random, y);
            var (a, b) = (Number(x), Number(y));
            var (f, g) = (FieldElement.Read(x), FieldElement.Read(y));
            Same(a + b, f + g);
            Same(a - b, f - g);
            Same(-a, -f);
            Same(a * b, f * g);
            Same(a * a, f.Squared());
            Same((a + b) * (a + a), (f + g) * (f + f));
            Same((a - b) * (a - b), (f - g).Squared());
            Same((a + b + a + b) * (b + b + b + b), (f + g + (f + g)) * (g + g + (g + g)));
            Same(a, f.Or(g, 0));
            Same(b, f.Or(g, ulong.MaxValue));
        }

        Same(BigInteger.ModPow(Number(x), P - 2, P), FieldElement.Read(x).Inverted());
        Same(BigInteger.ModPow(Number(x), (P - 5) / 8, P), FieldElement.Read(x).ToThePMinus5Over8());
        Same(0, FieldElement.Zero.Inverted());
    }

    /// <summary>Numbers at random, and runs of ones and zeros, which is where carries go wrong.</summary>
    private static void Fill(Random random, byte[] bytes)
    {
        random.NextBytes(bytes);
        if (random.Next(2) == 0)
        {
            var start = random.Next(32);
            bytes.AsSpan(start, random.Next(33 - start)).Fill(random.Next(2) == 0 ? (byte)0 : (byte)0xff);
        }

        bytes[31] &= 0x7f;
    }

    private static void Same(BigInteger expected, FieldElement actual)
    {
        var bytes = new byte[32];
        actual.Write(bytes);
        Assert.AreEqual(((expected % P) + P) % P, Number(bytes));
    }

    private static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true);
}
