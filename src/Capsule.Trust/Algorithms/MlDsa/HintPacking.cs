namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// The hint of a signature (FIPS 204 7.1, algorithms 20 and 21): ω bytes with the positions of the ones, polynomial after polynomial, then
/// for each polynomial how many there are up to its end. There is one encoding for each hint.
/// </summary>
internal static class HintPacking
{
    /// <summary>Writes hints of at most ω ones.</summary>
    public static void Pack(MlDsaParameters set, PolynomialVector hints, Span<byte> output)
    {
        output.Clear();
        byte count = 0;
        for (var row = 0; row < set.K; row++)
        {
            for (var i = 0; i < Field.N; i++)
            {
                if (hints[row][i] != 0)
                {
                    output[count++] = (byte)i;
                }
            }

            output[set.Omega + row] = count;
        }
    }

    /// <summary>True for the one encoding of some hint.</summary>
    public static bool IsCanonical(MlDsaParameters set, ReadOnlySpan<byte> input)
    {
        var start = 0;
        for (var row = 0; row < set.K; row++)
        {
            int end = input[set.Omega + row];
            if (end < start || end > set.Omega)
            {
                return false;
            }

            for (var i = start + 1; i < end; i++)
            {
                if (input[i] <= input[i - 1])
                {
                    return false;
                }
            }

            start = end;
        }

        return !input[start..set.Omega].ContainsAnyExcept((byte)0);
    }

    /// <summary>The positions of the ones in a polynomial, from a canonical encoding.</summary>
    public static ReadOnlySpan<byte> Row(MlDsaParameters set, ReadOnlySpan<byte> input, int row) =>
        input[(row == 0 ? 0 : input[set.Omega + row - 1])..input[set.Omega + row]];
}
