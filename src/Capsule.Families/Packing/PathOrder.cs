using System.Text;

namespace Capsule.Families.Packing;

/// <summary>Orders paths by the unsigned bytes of their UTF-8 form, as the tree document does (specs: trust 1).</summary>
public sealed class PathOrder : IComparer<string>
{
    public static PathOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> a = x, b = y;
        var same = a.CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
        {
            return a.Length.CompareTo(b.Length);
        }

        // Only where a surrogate is involved does the order of UTF-16 differ from that of UTF-8.
        return char.IsSurrogate(a[same]) || char.IsSurrogate(b[same])
            ? Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!))
            : a[same].CompareTo(b[same]);
    }
}
