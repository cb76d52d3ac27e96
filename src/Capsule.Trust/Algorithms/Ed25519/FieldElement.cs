using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>
/// A number modulo p = 2^255 - 19 in five limbs of 51 bits (Bernstein and others, "High-speed high-security signatures", 2011). No
/// branch and no index depends on a value. Multiplication takes limbs below 2^54 and gives limbs below 2^52; so results of
/// one addition or subtraction may be multiplied, and sums of sums up to three deep.
/// </summary>
internal readonly struct FieldElement
{
    public const int Size = 32;

    private const ulong Mask = (1UL << 51) - 1;

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;
    private readonly ulong _4;

    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => (_0, _1, _2, _3, _4) = (l0, l1, l2, l3, l4);

    public static FieldElement Zero => default;

    public static FieldElement One => new(1, 0, 0, 0, 0);

    public static FieldElement Small(uint value) => new(value, 0, 0, 0, 0);

    /// <summary>Reads 255 bits, little-endian; the highest bit is not looked at. Values from p on are read too.</summary>
    public static FieldElement Read(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        var (c, d) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        return new FieldElement(
            a & Mask,
            ((a >> 51) | (b << 13)) & Mask,
            ((b >> 38) | (c << 26)) & Mask,
            ((c >> 25) | (d << 39)) & Mask,
            (d >> 12) & Mask);
    }

    /// <summary>Writes the one number below p, little-endian, 32 bytes.</summary>
    public void Write(Span<byte> into)
    {
        var r = Reduced(_0, _1, _2, _3, _4);

        // Adding 19 carries out of bit 255 exactly when the number is p or more; then 19 is kept and the carry dropped.
        var carry = (r._0 + 19) >> 51;
        carry = (r._1 + carry) >> 51;
        carry = (r._2 + carry) >> 51;
        carry = (r._3 + carry) >> 51;
        carry = (r._4 + carry) >> 51;
        var l0 = r._0 + (19 * carry);
        var l1 = r._1 + (l0 >> 51);
        var l2 = r._2 + (l1 >> 51);
        var l3 = r._3 + (l2 >> 51);
        var l4 = r._4 + (l3 >> 51);
        (l0, l1, l2, l3, l4) = (l0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
        BinaryPrimitives.WriteUInt64LittleEndian(into, l0 | (l1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(into[8..], (l1 >> 13) | (l2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(into[16..], (l2 >> 26) | (l3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(into[24..], (l3 >> 39) | (l4 << 12));
    }

    /// <summary>The lowest bit of the number below p: 1 is "negative" (RFC 8032 5.1.2).</summary>
    public int Sign
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Size];
            Write(bytes);
            return bytes[0] & 1;
        }
    }

    /// <summary>Whether two numbers are the same; for public values, since the answer is a branch for whoever asks.</summary>
    public bool IsSame(in FieldElement other)
    {
        Span<byte> mine = stackalloc byte[Size];
        Span<byte> others = stackalloc byte[Size];
        Write(mine);
        other.Write(others);
        return mine.SequenceEqual(others);
    }

    public static FieldElement operator +(in FieldElement a, in FieldElement b) =>
        new(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    /// <summary>Adds 16p first, so that no limb goes below zero.</summary>
    public static FieldElement operator -(in FieldElement a, in FieldElement b) => Reduced(
        a._0 + ((Mask - 18) << 4) - b._0,
        a._1 + (Mask << 4) - b._1,
        a._2 + (Mask << 4) - b._2,
        a._3 + (Mask << 4) - b._3,
        a._4 + (Mask << 4) - b._4);

    public static FieldElement operator -(in FieldElement a) => Zero - a;

    public static FieldElement operator *(in FieldElement a, in FieldElement b)
    {
        // 2^255 is 19 modulo p: what passes the top limb comes in again at the bottom, times 19.
        var (b1, b2, b3, b4) = (19 * b._1, 19 * b._2, 19 * b._3, 19 * b._4);
        var r0 = Wide.Product(a._0, b._0).Plus(a._1, b4).Plus(a._2, b3).Plus(a._3, b2).Plus(a._4, b1);
        var r1 = Wide.Product(a._0, b._1).Plus(a._1, b._0).Plus(a._2, b4).Plus(a._3, b3).Plus(a._4, b2);
        var r2 = Wide.Product(a._0, b._2).Plus(a._1, b._1).Plus(a._2, b._0).Plus(a._3, b4).Plus(a._4, b3);
        var r3 = Wide.Product(a._0, b._3).Plus(a._1, b._2).Plus(a._2, b._1).Plus(a._3, b._0).Plus(a._4, b4);
        var r4 = Wide.Product(a._0, b._4).Plus(a._1, b._3).Plus(a._2, b._2).Plus(a._3, b._1).Plus(a._4, b._0);
        return Carried(r0, r1, r2, r3, r4);
    }

    public FieldElement Squared()
    {
        var (d0, d1, d2) = (2 * _0, 2 * _1, 2 * _2);
        var (w3, w4) = (19 * _3, 19 * _4);
        var r0 = Wide.Product(_0, _0).Plus(d1, w4).Plus(d2, w3);
        var r1 = Wide.Product(d0, _1).Plus(d2, w4).Plus(_3, w3);
        var r2 = Wide.Product(d0, _2).Plus(_1, _1).Plus(2 * _3, w4);
        var r3 = Wide.Product(d0, _3).Plus(d1, _2).Plus(_4, w4);
        var r4 = Wide.Product(d0, _4).Plus(d1, _3).Plus(_2, _2);
        return Carried(r0, r1, r2, r3, r4);
    }

    /// <summary>Squares <paramref name="times"/> times.</summary>
    public FieldElement Squared(int times)
    {
        var result = this;
        for (var i = 0; i < times; i++)
        {
            result = result.Squared();
        }

        return result;
    }

    /// <summary>1/x as x^(p-2); 0 for 0.</summary>
    public FieldElement Inverted()
    {
        var (power, x11) = ToThe2To250Minus1();
        return power.Squared(5) * x11;
    }

    /// <summary>x^((p-5)/8), from which square roots are made.</summary>
    public FieldElement ToThePMinus5Over8() => ToThe2To250Minus1().Power.Squared(2) * this;

    /// <summary><paramref name="other"/> where the mask is all ones, this where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FieldElement Or(in FieldElement other, ulong mask) => new(
        _0 ^ (mask & (_0 ^ other._0)),
        _1 ^ (mask & (_1 ^ other._1)),
        _2 ^ (mask & (_2 ^ other._2)),
        _3 ^ (mask & (_3 ^ other._3)),
        _4 ^ (mask & (_4 ^ other._4)));

    private (FieldElement Power, FieldElement X11) ToThe2To250Minus1()
    {
        var x2 = Squared();
        var x9 = x2.Squared(2) * this;
        var x11 = x9 * x2;
        var e5 = x11.Squared() * x9;
        var e10 = e5.Squared(5) * e5;
        var e20 = e10.Squared(10) * e10;
        var e40 = e20.Squared(20) * e20;
        var e50 = e40.Squared(10) * e10;
        var e100 = e50.Squared(50) * e50;
        var e200 = e100.Squared(100) * e100;
        return (e200.Squared(50) * e50, x11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Carried(in Wide r0, in Wide r1, in Wide r2, in Wide r3, in Wide r4)
    {
        var s1 = r1.Plus(r0.Above51);
        var s2 = r2.Plus(s1.Above51);
        var s3 = r3.Plus(s2.Above51);
        var s4 = r4.Plus(s3.Above51);
        var l0 = (r0.Low & Mask) + (19 * s4.Above51);
        return new FieldElement(l0 & Mask, (s1.Low & Mask) + (l0 >> 51), s2.Low & Mask, s3.Low & Mask, s4.Low & Mask);
    }

    /// <summary>One round of carries: limbs below 2^51 and a little.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static FieldElement Reduced(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4) => new(
        (l0 & Mask) + (19 * (l4 >> 51)),
        (l1 & Mask) + (l0 >> 51),
        (l2 & Mask) + (l1 >> 51),
        (l3 & Mask) + (l2 >> 51),
        (l4 & Mask) + (l3 >> 51));
}
