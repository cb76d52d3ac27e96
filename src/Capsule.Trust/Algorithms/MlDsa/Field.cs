namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>The integers modulo q = 2^23 - 2^13 + 1, with Montgomery's reduction for R = 2^32. Nothing here branches on a value.</summary>
internal static class Field
{
    public const int Q = 8380417;

    /// <summary>Coefficients of a polynomial.</summary>
    public const int N = 256;

    /// <summary>q^-1 modulo 2^32.</summary>
    public const int InverseOfQ = 58728449;

    /// <summary>R^2 / 256 modulo q: brings a polynomial back from the NTT and from Montgomery's form in one product.</summary>
    public const int FromNtt = 41978;

    /// <summary>a·R^-1 modulo q, between -q and q, for |a| below 2^31·q.</summary>
    public static int Montgomery(long a)
    {
        var m = unchecked((int)a * InverseOfQ);
        return (int)((a - ((long)m * Q)) >> 32);
    }

    /// <summary>a·b·R^-1 modulo q.</summary>
    public static int Multiply(int a, int b) => Montgomery((long)a * b);
}
