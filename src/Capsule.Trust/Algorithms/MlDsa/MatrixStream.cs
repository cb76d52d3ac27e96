namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// The matrix Â of a key (ExpandA, FIPS 204 algorithm 32), one polynomial of the NTT domain after the other, row by row; four are
/// made at a time and nothing else is kept.
/// </summary>
/// <param name="set">Gives rows and columns.</param>
/// <param name="rho">The public seed.</param>
/// <param name="work">Memory for four polynomials.</param>
internal ref struct MatrixStream(MlDsaParameters set, ReadOnlySpan<byte> rho, PolynomialVector work)
{
    private readonly ReadOnlySpan<byte> _rho = rho;
    private readonly PolynomialVector _made = work;
    private int _next;

    /// <summary>The next polynomial; valid until the call after it.</summary>
    public ReadOnlySpan<int> Next()
    {
        if ((_next & 3) == 0)
        {
            MakeFour(set, _rho, _next, _made);
        }

        return _made[_next++ & 3];
    }

    /// <summary>The whole matrix at once.</summary>
    /// <param name="set">Gives rows and columns.</param>
    /// <param name="rho">The public seed.</param>
    /// <param name="matrix">As many polynomials as the matrix has, rounded up to a multiple of four.</param>
    public static void Fill(MlDsaParameters set, ReadOnlySpan<byte> rho, PolynomialVector matrix)
    {
        for (var next = 0; next < matrix.Count; next += 4)
        {
            MakeFour(set, rho, next, new PolynomialVector(matrix.Coefficients.Slice(next * Field.N, 4 * Field.N)));
        }
    }

    private static void MakeFour(MlDsaParameters set, ReadOnlySpan<byte> rho, int next, PolynomialVector four)
    {
        Span<ushort> numbers = stackalloc ushort[4];
        for (var i = 0; i < 4; i++)
        {
            var (row, column) = Math.DivRem(next + i, set.L);
            numbers[i] = (ushort)((row << 8) | column);
        }

        UniformSampling.Fill(rho, numbers, four);
    }
}
