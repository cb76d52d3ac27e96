using System.Globalization;
using System.Text.RegularExpressions;

namespace Capsule.Families.Atoms.Catalogs;

/// <summary>
/// Reads <c>1 of role:catalog-maintainer + 1 of role:editor</c>: terms <c>M [of N] of role:NAME</c>, joined by <c>+</c> or <c>and</c>.
/// </summary>
internal static partial class QuorumRuleText
{
    public const int Most = 1000;

    /// <summary>Null when the text does not follow the grammar.</summary>
    public static IReadOnlyList<AtomQuorumTerm>? Parse(string text)
    {
        if (text.Length > 2000)
        {
            return null;
        }

        var parts = Joint().Split(text);
        AtomQuorumTerm[] terms = [.. parts.Select(Term).OfType<AtomQuorumTerm>()];
        return terms.Length == parts.Length ? terms : null;
    }

    /// <summary>Null unless at least one signature is asked for, and no more than there are keys.</summary>
    public static AtomQuorumTerm? Term(long required, long? pool, string role) =>
        required is >= 1 and <= Most && (pool is null || (pool >= required && pool <= Most)) && AtomNames.IsWord(role)
            ? new AtomQuorumTerm((int)required, (int?)pool, role)
            : null;

    private static AtomQuorumTerm? Term(string text)
    {
        var match = Form().Match(text);
        return match.Success
            ? Term(Number(match.Groups["m"]), match.Groups["n"].Success ? Number(match.Groups["n"]) : null, match.Groups["role"].Value)
            : null;
    }

    private static long Number(Group digits) => long.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\+|(?<=\s)and(?=\s)", RegexOptions.CultureInvariant)]
    private static partial Regex Joint();

    [GeneratedRegex(@"\A\s*(?<m>[0-9]{1,9})\s*(of\s*(?<n>[0-9]{1,9})\s*)?of\s*role\s*:\s*(?<role>[a-z0-9-]+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
