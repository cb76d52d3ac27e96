using System.Globalization;

namespace Capsule.Families.Capsules;

/// <summary>Amounts such as <c>512MB</c> or <c>1.5 GB</c>; every unit is a multiple of 1024 (specs: ato 1.2).</summary>
public static class MemoryAmount
{
    private static readonly (string Unit, int Power)[] Units =
        [("KB", 1), ("MB", 2), ("GB", 3), ("TB", 4), ("K", 1), ("M", 2), ("G", 3), ("T", 4), ("B", 0)];

    /// <summary>Bytes, or null when the text is not an amount or is larger than a signed 64-bit number.</summary>
    public static long? Parse(string text)
    {
        var amount = text.Trim();
        var (unit, power) = Units.FirstOrDefault(u => amount.EndsWith(u.Unit, StringComparison.OrdinalIgnoreCase));
        if (unit is null
            || !decimal.TryParse(amount[..^unit.Length].TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        // The largest decimal that survives the largest unit; anything above is no amount of memory either.
        var factor = (decimal)(1L << (10 * power));
        return number > long.MaxValue / factor ? null : (long)(number * factor);
    }
}
