using System.Numerics;
using System.Runtime.InteropServices;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// What is done to each coefficient alone, over any number of polynomials, as many at a time as the processor can. Nothing branches on a value.
/// </summary>
internal static class Coefficients
{
    /// <summary>a += b.</summary>
    public static void Add(Span<int> a, ReadOnlySpan<int> b)
    {
        var left = Vectors(a);
        var right = Vectors(b[..a.Length]);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] += right[i];
        }
    }

    /// <summary>a -= b.</summary>
    public static void Subtract(Span<int> a, ReadOnlySpan<int> b)
    {
        var left = Vectors(a);
        var right = Vectors(b[..a.Length]);
        for (var i = 0; i < left.Length; i++)
        {
            left[i] -= right[i];
        }
    }

    /// <summary>a *= 2^by.</summary>
    public static void ShiftLeft(Span<int> a, int by)
    {
        foreach (ref var v in Vectors(a))
        {
            v = Vector.ShiftLeft(v, by);
        }
    }

    /// <summary>Modulo q to between -6283009 and 6283008, for coefficients below 2^31 - 2^22.</summary>
    public static void Reduce(Span<int> a)
    {
        foreach (ref var v in Vectors(a))
        {
            v = Reduced(v);
        }
    }

    /// <summary>Modulo q to between 0 and q - 1, for coefficients below 2^31 - 2^22.</summary>
    public static void ReduceToPositive(Span<int> a)
    {
        foreach (ref var v in Vectors(a))
        {
            var reduced = Reduced(v);
            v = reduced + (Vector.ShiftRightArithmetic(reduced, 31) & new Vector<int>(Field.Q));
        }
    }

    /// <summary>
    /// True when every coefficient, as its representative around zero, is below the bound in absolute value; all are looked at. For coefficients
    /// that <see cref="Reduce"/> gave and bounds up to (q-1)/8.
    /// </summary>
    public static bool AreBelow(ReadOnlySpan<int> a, int bound)
    {
        var largest = Vector<int>.Zero;
        foreach (var v in Vectors(a))
        {
            largest = Vector.Max(largest, Vector.Abs(v));
        }

        return Vector.LessThanAll(largest, new Vector<int>(bound));
    }

    public static ReadOnlySpan<Vector<int>> Vectors(ReadOnlySpan<int> a) => MemoryMarshal.Cast<int, Vector<int>>(a);

    public static Span<Vector<int>> Vectors(Span<int> a) => MemoryMarshal.Cast<int, Vector<int>>(a);

    private static Vector<int> Reduced(Vector<int> v)
    {
        var quotient = Vector.ShiftRightArithmetic(v + new Vector<int>(1 << 22), 23);
        return v - (quotient * Field.Q);
    }
}
