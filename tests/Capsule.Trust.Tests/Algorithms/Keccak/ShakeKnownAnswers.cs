using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Tests.Algorithms.Keccak;

[TestClass]
public class ShakeKnownAnswers
{
    [TestMethod]
    public void OfNothingAreThoseOfTheStandard()
    {
        Assert.AreEqual("7f9c2ba4e88f827d616045507605853ed73b8093f6efbc88eb1a6eacfa66ef26", Hex(Shake.Shake128(), [], 32));
        Assert.AreEqual(
            "46b9dd2b0ba88d13233b3feb743eeb243fcd52ea62b81b82b50c27646ed5762fd75dc4ddd8c0f200cb05019d67b592f6fc821c49479ab48640292eacb3b7c4be",
            Hex(Shake.Shake256(), [], 64));
    }

    [TestMethod]
    public void OfEveryLengthAroundABlockAreThePlatforms()
    {
        Assert.IsTrue(Shake128.IsSupported, "This test needs a platform with SHAKE.");
        var data = new byte[600];
        new Random(1).NextBytes(data);
        for (var length = 0; length <= data.Length; length += length is > 120 and < 180 or > 250 and < 350 ? 1 : 13)
        {
            var input = data.AsSpan(0, length);
            Assert.AreEqual(Convert.ToHexStringLower(Shake128.HashData(input, 777)), Hex(Shake.Shake128(), input, 777));
            Assert.AreEqual(Convert.ToHexStringLower(Shake256.HashData(input, 777)), Hex(Shake.Shake256(), input, 777));
        }
    }

    [TestMethod]
    public void DoNotDependOnThePiecesOfInputAndOutput()
    {
        var data = new byte[1000];
        var random = new Random(2);
        random.NextBytes(data);
        var expected = Hex(Shake.Shake256(), data, 1000);
        for (var round = 0; round < 50; round++)
        {
            var shake = Shake.Shake256();
            for (var rest = data.AsSpan(); !rest.IsEmpty;)
            {
                var piece = Math.Min(rest.Length, random.Next(200));
                shake.Absorb(rest[..piece]);
                rest = rest[piece..];
            }

            var output = new byte[1000];
            for (var rest = output.AsSpan(); !rest.IsEmpty;)
            {
                var piece = Math.Min(rest.Length, random.Next(200));
                shake.Squeeze(rest[..piece]);
                rest = rest[piece..];
            }

            Assert.AreEqual(expected, Convert.ToHexStringLower(output));
        }
    }

    [TestMethod]
    public void TakeNoInputAfterTheFirstOutput()
    {
        var shake = Shake.Shake128();
        shake.Squeeze(new byte[1]);
        Assert.ThrowsExactly<InvalidOperationException>(() => shake.Absorb([1]));
    }

    [TestMethod]
    public void OfFourStreamsAtOnceAreThoseOfEach()
    {
        var seed = new byte[64];
        new Random(3).NextBytes(seed);
        ushort[] numbers = [0, 1, 0x0203, 65535];
        var blocks = new byte[SeededStreams4.BlocksLength];
        foreach (var (rate, length) in new[] { (Shake.Rate128, 32), (Shake.Rate256, 64) })
        {
            var streams = new SeededStreams4(rate, seed.AsSpan(0, length), numbers);
            var expected = numbers.Select(n => Whole(rate, [.. seed.AsSpan(0, length), (byte)n, (byte)(n >> 8)])).ToArray();
            for (var block = 0; block < 3; block++)
            {
                streams.Next(blocks);
                for (var i = 0; i < 4; i++)
                {
                    CollectionAssert.AreEqual(
                        expected[i].AsSpan(block * rate, rate).ToArray(), blocks.AsSpan(i * SeededStreams4.BlockStride, rate).ToArray());
                }
            }
        }
    }

    private static byte[] Whole(int rate, byte[] input)
    {
        var shake = rate == Shake.Rate128 ? Shake.Shake128() : Shake.Shake256();
        var output = new byte[3 * rate];
        shake.Absorb(input);
        shake.Squeeze(output);
        return output;
    }

    private static string Hex(Shake shake, ReadOnlySpan<byte> input, int length)
    {
        var output = new byte[length];
        shake.Absorb(input);
        shake.Squeeze(output);
        return Convert.ToHexStringLower(output);
    }
}
