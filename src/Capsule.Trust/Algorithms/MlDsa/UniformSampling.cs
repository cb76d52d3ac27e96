using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>RejNTTPoly (FIPS 204 algorithm 30): 23-bit numbers from SHAKE128 that are below q. All of it is public.</summary>
internal static class UniformSampling
{
    /// <summary>Fills four polynomials.</summary>
    public static void Fill(ReadOnlySpan<byte> rho, ReadOnlySpan<ushort> numbers, PolynomialVector polynomials)
    {
        var streams = new SeededStreams4(Shake.Rate128, rho, numbers);
        Span<byte> blocks = stackalloc byte[SeededStreams4.BlocksLength];
        var (first, second, third, fourth) = (0, 0, 0, 0);
        while (first < Field.N || second < Field.N || third < Field.N || fourth < Field.N)
        {
            streams.Next(blocks);
            first = Take(blocks, polynomials[0], first);
            second = Take(blocks[SeededStreams4.BlockStride..], polynomials[1], second);
            third = Take(blocks[(2 * SeededStreams4.BlockStride)..], polynomials[2], third);
            fourth = Take(blocks[(3 * SeededStreams4.BlockStride)..], polynomials[3], fourth);
        }
    }

    /// <summary>Takes what one block has; gives how many coefficients there are now.</summary>
    private static int Take(ReadOnlySpan<byte> block, Span<int> polynomial, int count)
    {
        block = block[..SeededStreams4.BlockStride];
        var at = 0;
        while (at < Shake.Rate128 && count < Field.N)
        {
            if (Avx2.IsSupported && count <= Field.N - 8 && TakeEight(block[at..], polynomial[count..]))
            {
                count += 8;
                at += 24;
                continue;
            }

            for (var end = at + 24; at < end && count < Field.N; at += 3)
            {
                var candidate = block[at] | (block[at + 1] << 8) | ((block[at + 2] & 0x7F) << 16);
                if (candidate < Field.Q)
                {
                    polynomial[count++] = candidate;
                }
            }
        }

        return count;
    }

    /// <summary>Eight candidates from 24 bytes, if none of them has to be left out: so it is 99 times of 100.</summary>
    private static bool TakeEight(ReadOnlySpan<byte> bytes, Span<int> polynomial)
    {
        var raw = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(bytes));
        var halves = Avx2.Permute4x64(raw.AsInt64(), 0b10_01_01_00).AsByte();
        var order = Vector256.Create(
            (byte)0, 1, 2, 0x80, 3, 4, 5, 0x80, 6, 7, 8, 0x80, 9, 10, 11, 0x80,
            4, 5, 6, 0x80, 7, 8, 9, 0x80, 10, 11, 12, 0x80, 13, 14, 15, 0x80);
        var candidates = Avx2.Shuffle(halves, order).AsInt32() & Vector256.Create(0x7F_FFFF);
        if (!Vector256.LessThanAll(candidates, Vector256.Create(Field.Q)))
        {
            return false;
        }

        candidates.StoreUnsafe(ref MemoryMarshal.GetReference(polynomial));
        return true;
    }
}
