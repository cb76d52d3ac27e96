using System.Numerics;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>Splitting coefficients into high and low bits, and hints (FIPS 204 7.4), without a branch or division that depends on a value.</summary>
internal static class Rounding
{
    /// <summary>d: bits that the public key leaves out.</summary>
    public const int DroppedBits = 13;

    /// <summary>Power2Round of coefficients between 0 and q - 1: low parts between -2^12 + 1 and 2^12 replace them.</summary>
    public static void Power2Round(Span<int> lowInPlace, Span<int> high)
    {
        var lows = Coefficients.Vectors(lowInPlace);
        var highs = Coefficients.Vectors(high);
        for (var i = 0; i < lows.Length; i++)
        {
            highs[i] = Vector.ShiftRightArithmetic(lows[i] + new Vector<int>((1 << (DroppedBits - 1)) - 1), DroppedBits);
            lows[i] -= Vector.ShiftLeft(highs[i], DroppedBits);
        }
    }

    /// <summary>Decompose of coefficients between 0 and q - 1: low parts between -γ2 and γ2 replace them.</summary>
    public static void Decompose(MlDsaParameters set, Span<int> lowInPlace, Span<int> high)
    {
        var lows = Coefficients.Vectors(lowInPlace);
        var highs = Coefficients.Vectors(high);
        for (var i = 0; i < lows.Length; i++)
        {
            highs[i] = HighBits(set, lows[i]);
            var low = lows[i] - (highs[i] * (2 * set.Gamma2));
            lows[i] = low - (Vector.ShiftRightArithmetic(new Vector<int>((Field.Q - 1) / 2) - low, 31) & new Vector<int>(Field.Q));
        }
    }

    /// <summary>HighBits of coefficients between 0 and q - 1.</summary>
    public static void HighBits(MlDsaParameters set, ReadOnlySpan<int> coefficients, Span<int> high)
    {
        var values = Coefficients.Vectors(coefficients);
        var highs = Coefficients.Vectors(high);
        for (var i = 0; i < values.Length; i++)
        {
            highs[i] = HighBits(set, values[i]);
        }
    }

    /// <summary>UseHint with a hint of one, for a coefficient between 0 and q - 1 and its high bits. For public values.</summary>
    public static int UseHint(MlDsaParameters set, int coefficient, int high)
    {
        var low = coefficient - (high * 2 * set.Gamma2);
        if (low > (Field.Q - 1) / 2)
        {
            low -= Field.Q;
        }

        var highest = ((Field.Q - 1) / (2 * set.Gamma2)) - 1;
        return low > 0
            ? high == highest ? 0 : high + 1
            : high == 0 ? highest : high - 1;
    }

    /// <summary>
    /// MakeHint from low bits that c·t0 was added to, and the high bits before: 1 when they carry into the high bits. Hints replace the low bits.
    /// </summary>
    /// <returns>How many hints are one.</returns>
    public static int MakeHints(MlDsaParameters set, Span<int> lowInPlace, ReadOnlySpan<int> high)
    {
        var lows = Coefficients.Vectors(lowInPlace);
        var highs = Coefficients.Vectors(high);
        var (gamma2, ones) = (new Vector<int>(set.Gamma2), Vector<int>.Zero);
        for (var i = 0; i < lows.Length; i++)
        {
            var low = lows[i];
            var carries = Vector.GreaterThan(low, gamma2) | Vector.LessThan(low, -gamma2)
                | Vector.AndNot(Vector.Equals(low, -gamma2), Vector.Equals(highs[i], Vector<int>.Zero));
            lows[i] = -carries;
            ones -= carries;
        }

        return Vector.Sum(ones);
    }

    private static Vector<int> HighBits(MlDsaParameters set, Vector<int> v)
    {
        var rounded = Vector.ShiftRightArithmetic(v + new Vector<int>(127), 7);
        if (set.W1Bits == 4)
        {
            return Vector.ShiftRightArithmetic((rounded * 1025) + new Vector<int>(1 << 21), 22) & new Vector<int>(15);
        }

        var high = Vector.ShiftRightArithmetic((rounded * 11275) + new Vector<int>(1 << 23), 24);
        return high ^ (Vector.ShiftRightArithmetic(new Vector<int>(43) - high, 31) & high);
    }
}
