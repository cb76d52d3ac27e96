using System.Buffers.Binary;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// Coefficients as little-endian bit strings of a fixed width (FIPS 204 7.1): SimpleBitPack for values from 0, BitPack for values up to
/// a bound, stored as the bound minus the value. A polynomial takes 32 bytes per bit.
/// </summary>
internal static class BitPacking
{
    public static void Pack(ReadOnlySpan<int> polynomial, int bits, Span<byte> output)
    {
        ulong pending = 0;
        var held = 0;
        foreach (var value in polynomial)
        {
            pending |= (ulong)(uint)value << held;
            held += bits;
            if (held >= 32)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(output, (uint)pending);
                output = output[4..];
                pending >>= 32;
                held -= 32;
            }
        }
    }

    public static void Unpack(ReadOnlySpan<byte> input, int bits, Span<int> polynomial)
    {
        ulong pending = 0;
        var held = 0;
        var mask = (1 << bits) - 1;
        foreach (ref var value in polynomial)
        {
            if (held < bits)
            {
                pending |= (ulong)BinaryPrimitives.ReadUInt32LittleEndian(input) << held;
                input = input[4..];
                held += 32;
            }

            value = (int)pending & mask;
            pending >>= bits;
            held -= bits;
        }
    }

    /// <summary>BitPack; changes the polynomial on its way.</summary>
    public static void PackBelow(Span<int> polynomial, int bound, int bits, Span<byte> output)
    {
        Flip(polynomial, bound);
        Pack(polynomial, bits, output);
    }

    public static void UnpackBelow(ReadOnlySpan<byte> input, int bound, int bits, Span<int> polynomial)
    {
        Unpack(input, bits, polynomial);
        Flip(polynomial, bound);
    }

    private static void Flip(Span<int> polynomial, int bound)
    {
        var bounds = new System.Numerics.Vector<int>(bound);
        foreach (ref var v in Coefficients.Vectors(polynomial))
        {
            v = bounds - v;
        }
    }
}
