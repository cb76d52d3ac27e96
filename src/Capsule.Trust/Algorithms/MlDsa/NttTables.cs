using System.Numerics;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// The powers of ζ = 1753 in bit-reversed order (FIPS 204 appendix B) in Montgomery's form, each between -q/2 and q/2; and each times q^-1
/// modulo 2^32, which saves a product where the factor is known. Public values.
/// </summary>
internal static class NttTables
{
    public static readonly int[] Zetas = [.. Enumerable.Range(0, Field.N).Select(i => Zeta(BitReversed(i)))];

    public static readonly int[] ZetasByInverse = ByInverse(Zetas);

    /// <summary>
    /// For the lengths 4, 2 and 1, for each block of 16 coefficients: eight factors in the order in which <see cref="VectorNtt"/> holds the
    /// coefficients, then the same times q^-1. The inverse takes the factors from the end.
    /// </summary>
    public static readonly int[] Last4 = WithInverses(InLanes(32, [0, 0, 0, 0, 1, 1, 1, 1]));
    public static readonly int[] Last2 = WithInverses(InLanes(64, [0, 0, 1, 1, 2, 2, 3, 3]));
    public static readonly int[] Last1 = WithInverses(InLanes(128, [0, 2, 1, 3, 4, 6, 5, 7]));
    public static readonly int[] First4 = WithInverses(InLanes(32, [0, 0, 0, 0, 1, 1, 1, 1]).Reverse());
    public static readonly int[] First2 = WithInverses(InLanes(64, [0, 0, 1, 1, 2, 2, 3, 3]).Reverse());
    public static readonly int[] First1 = WithInverses(InLanes(128, [0, 2, 1, 3, 4, 6, 5, 7]).Reverse());

    private static IEnumerable<int> InLanes(int first, int[] order) =>
        Enumerable.Range(0, 16).SelectMany(block => order.Select(o => Zetas[first + (block * (first / 16)) + o]));

    private static int[] WithInverses(IEnumerable<int> factors) => [.. factors.Chunk(8).SelectMany(eight => eight.Concat(ByInverse(eight)))];

    private static int[] ByInverse(int[] factors) => [.. factors.Select(f => unchecked(f * Field.InverseOfQ))];

    private static int Zeta(int power)
    {
        var value = (int)(BigInteger.ModPow(1753, power, Field.Q) * (BigInteger.One << 32) % Field.Q);
        return value > Field.Q / 2 ? value - Field.Q : value;
    }

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
