using System.Runtime.Intrinsics.X86;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>The number-theoretic transform (FIPS 204 7.5) and products in its domain, in place, with vectors where the processor has them.</summary>
internal static class Ntt
{
    /// <summary>Into the NTT domain. Coefficients below q in absolute value; afterwards below 9q.</summary>
    public static void Forward(Span<int> polynomial)
    {
        if (Avx2.IsSupported)
        {
            VectorNtt.Forward(polynomial);
        }
        else
        {
            ScalarNtt.Forward(polynomial);
        }
    }

    /// <summary>Out of the NTT domain, times R. Coefficients below q in absolute value, before and after.</summary>
    public static void Inverse(Span<int> polynomial)
    {
        if (Avx2.IsSupported)
        {
            VectorNtt.Inverse(polynomial);
        }
        else
        {
            ScalarNtt.Inverse(polynomial);
        }
    }

    /// <summary>result = a·b·R^-1, between -q and q.</summary>
    public static void Multiply(Span<int> result, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (Avx2.IsSupported)
        {
            VectorNtt.Multiply(result, a, b);
        }
        else
        {
            ScalarNtt.Multiply(result, a, b);
        }
    }

    /// <summary>sum += a·b·R^-1; the sum grows by less than q.</summary>
    public static void MultiplyAdd(Span<int> sum, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        if (Avx2.IsSupported)
        {
            VectorNtt.MultiplyAdd(sum, a, b);
        }
        else
        {
            ScalarNtt.MultiplyAdd(sum, a, b);
        }
    }
}
