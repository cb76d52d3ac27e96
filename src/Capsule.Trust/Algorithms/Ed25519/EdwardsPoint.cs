using System.Runtime.CompilerServices;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>
/// A point of edwards25519, -x² + y² = 1 + d x² y², as X/Z, Y/Z and T = XY/Z (RFC 8032 5.1.4). The addition is complete: no pair of
/// points needs a case of its own, so nothing has to branch.
/// </summary>
internal readonly struct EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t)
{
    private static readonly FieldElement D = -(FieldElement.Small(121665) * FieldElement.Small(121666).Inverted());
    private static readonly FieldElement TwoD = D + D;

    /// <summary>2^((p-1)/4).</summary>
    private static readonly FieldElement RootOfMinusOne = FieldElement.Small(2).ToThePMinus5Over8().Squared() * FieldElement.Small(2);

    /// <summary>The base point: y = 4/5, x even.</summary>
    public static readonly EdwardsPoint Base = MakeBase();

    private readonly FieldElement _x = x;
    private readonly FieldElement _y = y;
    private readonly FieldElement _z = z;
    private readonly FieldElement _t = t;

    public static EdwardsPoint Identity => new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    /// <summary>True when eight times the point is the identity: it is in no group that anything could rest on.</summary>
    public bool IsOfSmallOrder
    {
        get
        {
            var eight = Doubled().Doubled().Doubled();
            return eight._x.IsSame(FieldElement.Zero);
        }
    }

    /// <summary>Reads the one encoding of a point; false for any other bytes (RFC 8032 5.1.3). For public points.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EdwardsPoint point)
    {
        point = Identity;
        if (!IsCanonical(bytes))
        {
            return false;
        }

        var sign = bytes[31] >> 7;
        var y = FieldElement.Read(bytes);
        var square = y.Squared();
        var u = square - FieldElement.One;
        var v = (D * square) + FieldElement.One;
        var v3 = v.Squared() * v;
        var x = u * v3 * (u * v3.Squared() * v).ToThePMinus5Over8();
        var check = v * x.Squared();
        if (!check.IsSame(u))
        {
            if (!check.IsSame(-u))
            {
                return false;
            }

            x *= RootOfMinusOne;
        }

        if (sign == 1 && x.IsSame(FieldElement.Zero))
        {
            return false;
        }

        x = x.Sign == sign ? x : -x;
        point = new EdwardsPoint(x, y, FieldElement.One, x * y);
        return true;
    }

    /// <summary>True when the y in 32 bytes is below p; says nothing about a point with it.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != FieldElement.Size)
        {
            return false;
        }

        Span<byte> again = stackalloc byte[FieldElement.Size];
        FieldElement.Read(bytes).Write(again);
        again[31] |= (byte)(bytes[31] & 0x80);
        return again.SequenceEqual(bytes);
    }

    public void Write(Span<byte> into)
    {
        var inverse = _z.Inverted();
        (_y * inverse).Write(into);
        into[31] |= (byte)((_x * inverse).Sign << 7);
    }

    public static EdwardsPoint operator +(in EdwardsPoint p, in EdwardsPoint q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * TwoD * q._t;
        var d = p._z * (q._z + q._z);
        return Combine(b - a, d - c, d + c, b + a);
    }

    public static EdwardsPoint operator -(in EdwardsPoint p) => new(-p._x, p._y, p._z, -p._t);

    public EdwardsPoint Doubled()
    {
        var a = _x.Squared();
        var b = _y.Squared();
        var zz = _z.Squared();
        var h = a + b;
        var e = h - (_x + _y).Squared();
        var g = a - b;
        var f = (zz + zz) + g;
        return Combine(e, f, g, h);
    }

    /// <summary><paramref name="other"/> where the mask is all ones, this where it is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public EdwardsPoint Or(in EdwardsPoint other, ulong mask) =>
        new(_x.Or(other._x, mask), _y.Or(other._y, mask), _z.Or(other._z, mask), _t.Or(other._t, mask));

    private static EdwardsPoint Combine(in FieldElement e, in FieldElement f, in FieldElement g, in FieldElement h) => new(e * f, g * h, f * g, e * h);

    private static EdwardsPoint MakeBase()
    {
        Span<byte> bytes = stackalloc byte[FieldElement.Size];
        (FieldElement.Small(4) * FieldElement.Small(5).Inverted()).Write(bytes);
        return TryRead(bytes, out var point) ? point : throw new InvalidOperationException("The base point is not on the curve.");
    }
}
