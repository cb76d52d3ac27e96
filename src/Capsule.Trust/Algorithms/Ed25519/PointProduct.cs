
namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>Scalars times points, four bits at a time. Scalars are 32 bytes, little-endian.</summary>
internal static class PointProduct
{
    private const int TableSize = 16;

    private static readonly EdwardsPoint[] BaseTable = MakeBaseTable();

    /// <summary>A secret times the base point: every entry of the table is read for every digit, and none is skipped.</summary>
    public static EdwardsPoint OfBase(ReadOnlySpan<byte> secret)
    {
        var sum = EdwardsPoint.Identity;
        for (var at = 63; at >= 0; at--)
        {
            sum = sum.Doubled().Doubled().Doubled().Doubled() + Select(Digit(secret, at));
        }

        return sum;
    }

    /// <summary>a·P + b·Base, in a time that depends on the values: only for public ones.</summary>
    public static EdwardsPoint PublicSum(ReadOnlySpan<byte> a, in EdwardsPoint p, ReadOnlySpan<byte> b)
    {
        Span<EdwardsPoint> table = stackalloc EdwardsPoint[TableSize];
        Fill(table, p);
        var sum = EdwardsPoint.Identity;
        for (var at = 63; at >= 0; at--)
        {
            sum = sum.Doubled().Doubled().Doubled().Doubled();
            var (forPoint, forBase) = (Digit(a, at), Digit(b, at));
            sum = forPoint == 0 ? sum : sum + table[forPoint];
            sum = forBase == 0 ? sum : sum + BaseTable[forBase];
        }

        return sum;
    }

    private static int Digit(ReadOnlySpan<byte> scalar, int at) => (scalar[at >> 1] >> ((at & 1) * 4)) & 15;

    private static EdwardsPoint Select(int digit)
    {
        var selected = EdwardsPoint.Identity;
        for (var entry = 1; entry < TableSize; entry++)
        {
            // All ones when the two are equal: only then does subtracting one from their difference go below zero.
            var mask = (ulong)(((long)(entry ^ digit) - 1) >> 63);
            selected = selected.Or(BaseTable[entry], mask);
        }

        return selected;
    }

    private static void Fill(Span<EdwardsPoint> table, in EdwardsPoint point)
    {
        table[0] = EdwardsPoint.Identity;
        for (var entry = 1; entry < TableSize; entry++)
        {
            table[entry] = table[entry - 1] + point;
        }
    }

    private static EdwardsPoint[] MakeBaseTable()
    {
        var table = new EdwardsPoint[TableSize];
        Fill(table, EdwardsPoint.Base);
        return table;
    }
}
