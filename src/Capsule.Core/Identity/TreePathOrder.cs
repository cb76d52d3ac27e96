namespace Capsule.Core.Identity;

/// <summary>
/// Orders texts by their unsigned UTF-8 bytes, which is code point order. It differs from
/// <see cref="StringComparer.Ordinal"/> where surrogate pairs meet U+E000 to U+FFFF.
/// </summary>
public sealed class TreePathOrder : IComparer<string>
{
    public static readonly TreePathOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
