using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>
/// Numbers modulo the order of the base point, L = 2^252 + 27742317777372353535851937790883648493, as 32 bytes, little-endian.
/// Each byte is a limb in a long, so products and sums need no carry until the end, and no branch depends on a value.
/// </summary>
internal static class Scalar
{
    public const int Size = 32;

    private const int Limbs = 2 * Size;

    private static ReadOnlySpan<byte> Order =>
    [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];

    /// <summary>True when the number is below L: the one form a signature may hold.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> scalar)
    {
        for (var at = Size - 1; at >= 0; at--)
        {
            if (scalar[at] != Order[at])
            {
                return scalar[at] < Order[at];
            }
        }

        return false;
    }

    /// <summary>64 bytes modulo L.</summary>
    public static void Reduce(ReadOnlySpan<byte> wide, Span<byte> into)
    {
        Span<long> limbs = stackalloc long[Limbs];
        for (var at = 0; at < Limbs; at++)
        {
            limbs[at] = wide[at];
        }

        Reduce(limbs, into);
    }

    /// <summary>a·b + c modulo L; a and b may be any 32 bytes.</summary>
    public static void MultiplyAdd(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> into)
    {
        Span<long> limbs = stackalloc long[Limbs];
        limbs.Clear();
        for (var i = 0; i < Size; i++)
        {
            limbs[i] += c[i];
            for (var j = 0; j < Size; j++)
            {
                limbs[i + j] += (long)a[i] * b[j];
            }
        }

        Reduce(limbs, into);
    }

    /// <summary>
    /// Takes multiples of L away, from the top limb down. 2^252 is L less a number of 125 bits: a limb at 2^(8i) for i of 32 and more goes
    /// away when 16 times as much of L, moved by i - 32 bytes, is subtracted; carries are rounded, so limbs stay small and signed.
    /// </summary>
    private static void Reduce(Span<long> limbs, Span<byte> into)
    {
        for (var top = Limbs - 1; top >= Size; top--)
        {
            var start = top - Size;
            long carry = 0;
            for (var at = start; at < start + 20; at++)
            {
                limbs[at] += carry - (16 * limbs[top] * Order[at - start]);
                carry = (limbs[at] + 128) >> 8;
                limbs[at] -= carry << 8;
            }

            limbs[start + 20] += carry;
            limbs[top] = 0;
        }

        // The bits from 252 on say how often L is still in it; the carry out of the top is -1 when that was once too often.
        var carryOut = SubtractOrder(limbs, limbs[Size - 1] >> 4);
        SubtractOrder(limbs, carryOut);
        for (var at = 0; at < Size; at++)
        {
            into[at] = (byte)limbs[at];
        }

        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(limbs));
    }

    /// <summary>Subtracts a small multiple of L and carries all limbs into bytes; gives what is carried out of the top.</summary>
    private static long SubtractOrder(Span<long> limbs, long times)
    {
        long carry = 0;
        for (var at = 0; at < Size; at++)
        {
            limbs[at] += carry - (times * Order[at]);
            carry = limbs[at] >> 8;
            limbs[at] &= 0xff;
        }

        return carry;
    }
}
