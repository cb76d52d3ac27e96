namespace Capsule.Core.Identity.Unicode;

/// <summary>Binary search in a flat table whose rows start with their key.</summary>
internal static class TableSearch
{
    /// <summary>Index of the last row whose first number is at most <paramref name="key"/>; -1 when there is none.</summary>
    public static int Find(ReadOnlySpan<int> table, int width, int key)
    {
        var low = 0;
        var high = (table.Length / width) - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            if (table[middle * width] <= key)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return high * width < 0 ? -1 : high * width;
    }
}
