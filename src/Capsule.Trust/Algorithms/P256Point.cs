using System.Globalization;
using System.Numerics;

namespace Capsule.Trust.Algorithms;

/// <summary>
/// A point of P-256 in Jacobian coordinates (FIPS 186-5, SP 800-186 3.2.1.3). For public values only: nothing here runs in
/// constant time. The platform does all signing and verifying.
/// </summary>
internal readonly record struct P256Point(BigInteger X, BigInteger Y, BigInteger Z)
{
    public static readonly BigInteger P = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    /// <summary>The order of the group.</summary>
    public static readonly BigInteger N = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    public static readonly P256Point Generator = new(
        Hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
        Hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
        BigInteger.One);

    private static readonly BigInteger B = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    public static P256Point Infinity { get; } = new(BigInteger.One, BigInteger.One, BigInteger.Zero);

    public bool IsInfinity => Z.IsZero;

    /// <summary>The two points with this x; none when x is of no point.</summary>
    public static IEnumerable<P256Point> WithX(BigInteger x)
    {
        var square = Mod((x * x * x) - (3 * x) + B);
        var y = BigInteger.ModPow(square, (P + 1) / 4, P);
        return Mod(y * y) == square ? [new P256Point(x, y, BigInteger.One), new P256Point(x, Mod(-y), BigInteger.One)] : [];
    }

    public P256Point Times(BigInteger factor)
    {
        var sum = Infinity;
        for (var bit = (int)factor.GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            if (!((factor >> bit) & 1).IsZero)
            {
                sum = sum.Plus(this);
            }
        }

        return sum;
    }

    public P256Point Plus(P256Point other)
    {
        if (IsInfinity || other.IsInfinity)
        {
            return IsInfinity ? other : this;
        }

        var (z1, z2) = (Mod(Z * Z), Mod(other.Z * other.Z));
        var (u1, u2) = (Mod(X * z2), Mod(other.X * z1));
        var (s1, s2) = (Mod(Y * other.Z * z2), Mod(other.Y * Z * z1));
        if (u1 == u2)
        {
            return s1 == s2 ? Doubled() : Infinity;
        }

        var (h, r) = (Mod(u2 - u1), Mod(s2 - s1));
        var h2 = Mod(h * h);
        var h3 = Mod(h2 * h);
        var v = Mod(u1 * h2);
        var x = Mod((r * r) - h3 - (2 * v));
        return new P256Point(x, Mod((r * (v - x)) - (s1 * h3)), Mod(h * Z * other.Z));
    }

    /// <summary>The uncompressed encoding: 04, x and y in 32 bytes each. Not for infinity.</summary>
    public byte[] Encode()
    {
        var inverse = BigInteger.ModPow(Z, P - 2, P);
        var square = Mod(inverse * inverse);
        var bytes = new byte[65];
        bytes[0] = 4;
        Write(Mod(X * square), bytes.AsSpan(1, 32));
        Write(Mod(Y * square * inverse), bytes.AsSpan(33, 32));
        return bytes;
    }

    private P256Point Doubled()
    {
        if (IsInfinity)
        {
            return this;
        }

        var (y2, z2) = (Mod(Y * Y), Mod(Z * Z));
        var s = Mod(4 * X * y2);
        var m = Mod(3 * (X - z2) * (X + z2));
        var x = Mod((m * m) - (2 * s));
        return new P256Point(x, Mod((m * (s - x)) - (8 * y2 * y2)), Mod(2 * Y * Z));
    }

    private static void Write(BigInteger value, Span<byte> into)
    {
        var length = value.GetByteCount(isUnsigned: true);
        value.TryWriteBytes(into[(32 - length)..], out _, isUnsigned: true, isBigEndian: true);
    }

    private static BigInteger Mod(BigInteger value)
    {
        var rest = value % P;
        return rest.Sign < 0 ? rest + P : rest;
    }

    private static BigInteger Hex(string hex) => BigInteger.Parse($"0{hex}", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
