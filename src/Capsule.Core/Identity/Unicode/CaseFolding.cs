using System.Text;

namespace Capsule.Core.Identity.Unicode;

/// <summary>Full case folding (CaseFolding.txt, statuses C and F; never the Turkish ones) over the tables in this repository.</summary>
public static class CaseFolding
{
    /// <summary>The folded text; it need not be normalised. The text must have no unpaired surrogate.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new StringBuilder(text.Length + 4);
        foreach (var rune in text.EnumerateRunes())
        {
            Fold(rune.Value, folded);
        }

        return folded.ToString();
    }

    private static void Fold(int point, StringBuilder into)
    {
        var full = UnicodeTables.FullFoldings;
        var row = TableSearch.Find(full, 4, point);
        if (row >= 0 && full[row] == point)
        {
            for (var i = 1; i < 4 && full[row + i] != 0; i++)
            {
                into.Append(new Rune(full[row + i]).ToString());
            }

            return;
        }

        var simple = UnicodeTables.SimpleFoldings;
        row = TableSearch.Find(simple, 4, point);
        if (row >= 0 && point <= simple[row + 1] && (point - simple[row]) % simple[row + 2] == 0)
        {
            point += simple[row + 3];
        }

        into.Append(new Rune(point).ToString());
    }
}
