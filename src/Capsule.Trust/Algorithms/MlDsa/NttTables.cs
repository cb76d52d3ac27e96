namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// The powers of ζ = 1753 in bit-reversed order (FIPS 204 appendix B) in Montgomery's form, each between -q/2 and q/2; and each times q^-1
/// modulo 2^32, which saves a product where the factor is known. Public values.
/// </summary>
internal static class NttTables
{
    public static readonly int[] Zetas = Powers();

    public static readonly int[] ZetasByInverse = Array.ConvertAll(Zetas, ByInverse);

    /// <summary>
    /// For the lengths 4, 2 and 1, for each block of 16 coefficients: eight factors in the order in which <see cref="VectorNtt"/> holds the
    /// coefficients, then the same times q^-1. The inverse takes the factors from the end.
    /// </summary>
    public static readonly int[] Last4 = InLanes(2, [0, 0, 0, 0, 1, 1, 1, 1]);
    public static readonly int[] Last2 = InLanes(4, [0, 0, 1, 1, 2, 2, 3, 3]);
    public static readonly int[] Last1 = InLanes(8, [0, 2, 1, 3, 4, 6, 5, 7]);
    public static readonly int[] First4 = FromTheEnd(Last4);
    public static readonly int[] First2 = FromTheEnd(Last2);
    public static readonly int[] First1 = FromTheEnd(Last1);

    private static int[] Powers()
    {
        var inOrder = new long[Field.N];
        inOrder[0] = (1L << 32) % Field.Q;
        for (var i = 1; i < Field.N; i++)
        {
            inOrder[i] = inOrder[i - 1] * 1753 % Field.Q;
        }

        var powers = new int[Field.N];
        for (var i = 0; i < Field.N; i++)
        {
            var power = (int)inOrder[BitReversed(i)];
            powers[i] = power > Field.Q / 2 ? power - Field.Q : power;
        }

        return powers;
    }

    private static int[] InLanes(int perBlock, ReadOnlySpan<byte> order)
    {
        var factors = new int[Field.N];
        for (var block = 0; block < 16; block++)
        {
            for (var lane = 0; lane < 8; lane++)
            {
                var zeta = Zetas[(16 * perBlock) + (block * perBlock) + order[lane]];
                factors[(16 * block) + lane] = zeta;
                factors[(16 * block) + 8 + lane] = ByInverse(zeta);
            }
        }

        return factors;
    }

    private static int[] FromTheEnd(int[] factors)
    {
        var reversed = new int[factors.Length];
        for (var i = 0; i < factors.Length; i++)
        {
            // Two mirrors: of everything, and of the two halves of a block, so that the factors stay before their products.
            reversed[i] = factors[factors.Length - 1 - (i ^ 8)];
        }

        return reversed;
    }

    private static int ByInverse(int factor) => unchecked(factor * Field.InverseOfQ);

    private static int BitReversed(int index)
    {
        var reversed = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            reversed |= ((index >> bit) & 1) << (7 - bit);
        }

        return reversed;
    }
}
