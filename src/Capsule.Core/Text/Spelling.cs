namespace Capsule.Core.Text;

/// <summary>Finds what someone meant to write.</summary>
public static class Spelling
{
    /// <summary>The closest candidate, or null when none is near: one slip for each three letters.</summary>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 64)
        {
            return null;
        }

        var best = candidates
            .Where(c => c.Length <= 64 && Math.Abs(c.Length - word.Length) <= Slips(word, c))
            .Select(c => (Candidate: c, Distance: Distance(Fold(word), Fold(c))))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Candidate is not null && best.Distance <= Slips(word, best.Candidate) ? best.Candidate : null;
    }

    /// <summary>"Did you mean 'x'?" when one is near, else <paramref name="otherwise"/> and the list.</summary>
    public static string Suggest(string word, IReadOnlyCollection<string> candidates, string otherwise) =>
        Closest(word, candidates) is { } closest ? $"Did you mean '{closest}'?" : $"{otherwise}: {string.Join(", ", candidates)}.";

    private static int Slips(string word, string candidate) => Math.Max(1, Math.Min(word.Length, candidate.Length) / 3);

    private static string Fold(string word) => word.ToLowerInvariant().Replace('_', '-');

    /// <summary>Insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
