using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Keccak;

/// <summary>
/// Keccak-f[1600] over four states at once: element i of a vector belongs to state i. Where the processor has no vectors of
/// 256 bits the four are permuted one after the other.
/// </summary>
internal static class KeccakPermutation4
{
    public static void Permute(Span<Vector256<ulong>> state)
    {
        if (Vector256.IsHardwareAccelerated)
        {
            PermuteTogether(state);
        }
        else
        {
            PermuteEach(state);
        }
    }

    private static void PermuteTogether(Span<Vector256<ulong>> state)
    {
        state = state[..25];
        var (a0, a1, a2, a3, a4) = (state[0], state[1], state[2], state[3], state[4]);
        var (a5, a6, a7, a8, a9) = (state[5], state[6], state[7], state[8], state[9]);
        var (a10, a11, a12, a13, a14) = (state[10], state[11], state[12], state[13], state[14]);
        var (a15, a16, a17, a18, a19) = (state[15], state[16], state[17], state[18], state[19]);
        var (a20, a21, a22, a23, a24) = (state[20], state[21], state[22], state[23], state[24]);
        foreach (var constant in KeccakRounds.Constants)
        {
            var c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20;
            var c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21;
            var c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22;
            var c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23;
            var c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24;
            var d0 = c4 ^ Rotate(c1, 1);
            var d1 = c0 ^ Rotate(c2, 1);
            var d2 = c1 ^ Rotate(c3, 1);
            var d3 = c2 ^ Rotate(c4, 1);
            var d4 = c3 ^ Rotate(c0, 1);

            var b0 = a0 ^ d0;
            var b1 = Rotate(a6 ^ d1, 44);
            var b2 = Rotate(a12 ^ d2, 43);
            var b3 = Rotate(a18 ^ d3, 21);
            var b4 = Rotate(a24 ^ d4, 14);
            var b5 = Rotate(a3 ^ d3, 28);
            var b6 = Rotate(a9 ^ d4, 20);
            var b7 = Rotate(a10 ^ d0, 3);
            var b8 = Rotate(a16 ^ d1, 45);
            var b9 = Rotate(a22 ^ d2, 61);
            var b10 = Rotate(a1 ^ d1, 1);
            var b11 = Rotate(a7 ^ d2, 6);
            var b12 = Rotate(a13 ^ d3, 25);
            var b13 = Rotate(a19 ^ d4, 8);
            var b14 = Rotate(a20 ^ d0, 18);
            var b15 = Rotate(a4 ^ d4, 27);
            var b16 = Rotate(a5 ^ d0, 36);
            var b17 = Rotate(a11 ^ d1, 10);
            var b18 = Rotate(a17 ^ d2, 15);
            var b19 = Rotate(a23 ^ d3, 56);
            var b20 = Rotate(a2 ^ d2, 62);
            var b21 = Rotate(a8 ^ d3, 55);
            var b22 = Rotate(a14 ^ d4, 39);
            var b23 = Rotate(a15 ^ d0, 41);
            var b24 = Rotate(a21 ^ d1, 2);

            a0 = b0 ^ Vector256.AndNot(b2, b1) ^ Vector256.Create(constant);
            a1 = b1 ^ Vector256.AndNot(b3, b2);
            a2 = b2 ^ Vector256.AndNot(b4, b3);
            a3 = b3 ^ Vector256.AndNot(b0, b4);
            a4 = b4 ^ Vector256.AndNot(b1, b0);
            a5 = b5 ^ Vector256.AndNot(b7, b6);
            a6 = b6 ^ Vector256.AndNot(b8, b7);
            a7 = b7 ^ Vector256.AndNot(b9, b8);
            a8 = b8 ^ Vector256.AndNot(b5, b9);
            a9 = b9 ^ Vector256.AndNot(b6, b5);
            a10 = b10 ^ Vector256.AndNot(b12, b11);
            a11 = b11 ^ Vector256.AndNot(b13, b12);
            a12 = b12 ^ Vector256.AndNot(b14, b13);
            a13 = b13 ^ Vector256.AndNot(b10, b14);
            a14 = b14 ^ Vector256.AndNot(b11, b10);
            a15 = b15 ^ Vector256.AndNot(b17, b16);
            a16 = b16 ^ Vector256.AndNot(b18, b17);
            a17 = b17 ^ Vector256.AndNot(b19, b18);
            a18 = b18 ^ Vector256.AndNot(b15, b19);
            a19 = b19 ^ Vector256.AndNot(b16, b15);
            a20 = b20 ^ Vector256.AndNot(b22, b21);
            a21 = b21 ^ Vector256.AndNot(b23, b22);
            a22 = b22 ^ Vector256.AndNot(b24, b23);
            a23 = b23 ^ Vector256.AndNot(b20, b24);
            a24 = b24 ^ Vector256.AndNot(b21, b20);
        }

        (state[0], state[1], state[2], state[3], state[4]) = (a0, a1, a2, a3, a4);
        (state[5], state[6], state[7], state[8], state[9]) = (a5, a6, a7, a8, a9);
        (state[10], state[11], state[12], state[13], state[14]) = (a10, a11, a12, a13, a14);
        (state[15], state[16], state[17], state[18], state[19]) = (a15, a16, a17, a18, a19);
        (state[20], state[21], state[22], state[23], state[24]) = (a20, a21, a22, a23, a24);
    }

    private static void PermuteEach(Span<Vector256<ulong>> state)
    {
        Span<ulong> one = stackalloc ulong[25];
        for (var element = 0; element < 4; element++)
        {
            for (var lane = 0; lane < 25; lane++)
            {
                one[lane] = state[lane][element];
            }

            KeccakPermutation.Permute(one);
            for (var lane = 0; lane < 25; lane++)
            {
                state[lane] = state[lane].WithElement(element, one[lane]);
            }
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(one));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate(Vector256<ulong> lanes, [ConstantExpected] byte by) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(lanes, by) : (lanes << by) | (lanes >>> (64 - by));
}
