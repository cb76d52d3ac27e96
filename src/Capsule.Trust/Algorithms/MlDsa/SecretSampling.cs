using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// ExpandS and ExpandMask (FIPS 204 algorithms 31, 33 and 34). What is rejected while the secret vectors are drawn says nothing about those kept; the
/// values themselves decide no branch or index.
/// </summary>
internal static class SecretSampling
{
    /// <summary>Fills polynomials with coefficients between -η and η, numbered from zero.</summary>
    public static void FillSmall(MlDsaParameters set, ReadOnlySpan<byte> seed, PolynomialVector polynomials)
    {
        Span<byte> blocks = stackalloc byte[SeededStreams4.BlocksLength];
        Span<ushort> numbers = stackalloc ushort[4];
        Span<int> counts = stackalloc int[4];
        for (var start = 0; start < polynomials.Count; start += 4)
        {
            Number(numbers, start);
            counts.Clear();
            var streams = new SeededStreams4(Shake.Rate256, seed, numbers);
            var wanted = Math.Min(4, polynomials.Count - start);
            while (counts[..wanted].ContainsAnyExcept(Field.N))
            {
                streams.Next(blocks);
                for (var i = 0; i < wanted; i++)
                {
                    counts[i] = Take(set, blocks.Slice(i * SeededStreams4.BlockStride, Shake.Rate256), polynomials[start + i], counts[i]);
                }
            }

            streams.Clear();
        }

        CryptographicOperations.ZeroMemory(blocks);
    }

    /// <summary>Fills the mask y with coefficients between -γ1 + 1 and γ1, numbered from kappa.</summary>
    public static void FillMask(MlDsaParameters set, ReadOnlySpan<byte> seed, int kappa, PolynomialVector polynomials)
    {
        const int Longest = 5 * Shake.Rate256;
        Span<byte> blocks = stackalloc byte[SeededStreams4.BlocksLength];
        Span<byte> streamed = stackalloc byte[4 * Longest];
        Span<ushort> numbers = stackalloc ushort[4];
        for (var start = 0; start < polynomials.Count; start += 4)
        {
            Number(numbers, kappa + start);
            var streams = new SeededStreams4(Shake.Rate256, seed, numbers);
            for (var at = 0; at < set.ZLength; at += Shake.Rate256)
            {
                streams.Next(blocks);
                for (var i = 0; i < 4; i++)
                {
                    blocks.Slice(i * SeededStreams4.BlockStride, Shake.Rate256).CopyTo(streamed[((i * Longest) + at)..]);
                }
            }

            for (var i = 0; i < 4 && start + i < polynomials.Count; i++)
            {
                BitPacking.UnpackBelow(streamed.Slice(i * Longest, set.ZLength), set.Gamma1, set.ZBits, polynomials[start + i]);
            }

            streams.Clear();
        }

        CryptographicOperations.ZeroMemory(blocks);
        CryptographicOperations.ZeroMemory(streamed);
    }

    private static void Number(Span<ushort> numbers, int first)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (ushort)(first + i);
        }
    }

    private static int Take(MlDsaParameters set, ReadOnlySpan<byte> block, Span<int> polynomial, int count)
    {
        foreach (var value in block)
        {
            count = Take(set, value & 15, polynomial, count);
            count = Take(set, value >> 4, polynomial, count);
        }

        return count;
    }

    private static int Take(MlDsaParameters set, int nibble, Span<int> polynomial, int count)
    {
        if (count == Field.N || nibble >= (set.Eta == 2 ? 15 : 9))
        {
            return count;
        }

        // 205 / 2^10 is a fifth for numbers this small: a remainder without a division.
        polynomial[count] = set.Eta == 2 ? 2 - (nibble - (((205 * nibble) >> 10) * 5)) : 4 - nibble;
        return count + 1;
    }
}
