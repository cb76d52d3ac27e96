using System.Text;

namespace Capsule.Core.Identity.Unicode;

/// <summary>
/// Unicode Normalization Form C (UAX #15) over the tables in this repository. In globalization-invariant mode
/// <c>string.Normalize()</c> returns its input unchanged, and elsewhere it follows the host's Unicode version: both
/// would make the rules for paths depend on the machine.
/// </summary>
public static class NormalizationFormC
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int HangulCount = LeadCount * VowelCount * TailCount;

    private static readonly Lazy<Dictionary<long, int>> Compositions = new(ReadCompositions);

    /// <summary>True when the text is in form C. The text must have no unpaired surrogate.</summary>
    public static bool IsNormalized(string text) => IsTriviallyNormalized(text) || Normalize(text) == text;

    /// <summary>Form C of a text that has no unpaired surrogate.</summary>
    public static string Normalize(string text)
    {
        if (IsTriviallyNormalized(text))
        {
            return text;
        }

        var points = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            Decompose(rune.Value, points);
        }

        Reorder(points);
        Compose(points);
        var result = new StringBuilder(points.Count);
        foreach (var point in points)
        {
            result.Append(new Rune(point).ToString());
        }

        return result.ToString();
    }

    // Below U+0300 nothing combines and nothing has a decomposition that would not compose again.
    private static bool IsTriviallyNormalized(string text) => !text.AsSpan().ContainsAnyExceptInRange('\0', '\u02FF');

    private static void Decompose(int point, List<int> into)
    {
        var hangul = point - HangulBase;
        if (hangul is >= 0 and < HangulCount)
        {
            into.Add(LeadBase + (hangul / (VowelCount * TailCount)));
            into.Add(VowelBase + (hangul % (VowelCount * TailCount) / TailCount));
            if (hangul % TailCount != 0)
            {
                into.Add(TailBase + (hangul % TailCount));
            }

            return;
        }

        var row = TableSearch.Find(UnicodeTables.Decompositions, 3, point);
        if (row < 0 || UnicodeTables.Decompositions[row] != point)
        {
            into.Add(point);
            return;
        }

        Decompose(UnicodeTables.Decompositions[row + 1], into);
        if (UnicodeTables.Decompositions[row + 2] is var second and not 0)
        {
            into.Add(second);
        }
    }

    private static int CombiningClass(int point)
    {
        var row = TableSearch.Find(UnicodeTables.CombiningClasses, 3, point);
        return row >= 0 && point <= UnicodeTables.CombiningClasses[row + 1] ? UnicodeTables.CombiningClasses[row + 2] : 0;
    }

    private static void Reorder(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            if (CombiningClass(points[start]) == 0)
            {
                continue;
            }

            var end = start + 1;
            while (end < points.Count && CombiningClass(points[end]) != 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var ordered = points.GetRange(start, end - start).OrderBy(CombiningClass).ToArray();
                for (var i = 0; i < ordered.Length; i++)
                {
                    points[start + i] = ordered[i];
                }
            }

            start = end - 1;
        }
    }

    private static void Compose(List<int> points)
    {
        var starter = -1;
        var written = 0;
        var previousClass = 0;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            var combiningClass = CombiningClass(point);
            var adjacent = starter == written - 1;
            if (starter >= 0 && (adjacent || previousClass < combiningClass) && TryCompose(points[starter], point, out var composed))
            {
                points[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = written;
            }

            previousClass = combiningClass;
            points[written++] = point;
        }

        points.RemoveRange(written, points.Count - written);
    }

    private static bool TryCompose(int first, int second, out int composed)
    {
        var lead = first - LeadBase;
        var vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            composed = HangulBase + (((lead * VowelCount) + vowel) * TailCount);
            return true;
        }

        var hangul = first - HangulBase;
        var tail = second - TailBase;
        if (hangul is >= 0 and < HangulCount && hangul % TailCount == 0 && tail is > 0 and < TailCount)
        {
            composed = first + tail;
            return true;
        }

        return Compositions.Value.TryGetValue(((long)first << 32) | (uint)second, out composed);
    }

    private static Dictionary<long, int> ReadCompositions()
    {
        var table = UnicodeTables.Decompositions;
        var compositions = new Dictionary<long, int>(table.Length / 3);
        for (var row = 0; row < table.Length; row += 3)
        {
            if (table[row + 2] != 0 && !UnicodeTables.CompositionExclusions.Contains(table[row]))
            {
                compositions.Add(((long)table[row + 1] << 32) | (uint)table[row + 2], table[row]);
            }
        }

        return compositions;
    }
}
