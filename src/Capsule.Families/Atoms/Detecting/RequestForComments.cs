using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>
/// The head of an RFC as a text file (RFC 7322, section 4.1): on the left what it is and replaces, on the right who wrote it and when;
/// below, the title.
/// </summary>
internal static partial class RequestForComments
{
    private const int HeadLines = 60;

    // Lines of RFCs have 72 columns; what is much longer is no head and only costs time.
    private const int LongestLine = 200;

    private static readonly Dictionary<string, string> Statuses = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Standards Track"] = "STANDARDS TRACK",
        ["Best Current Practice"] = "BCP",
        ["Informational"] = "INFORMATIONAL",
        ["Experimental"] = "EXPERIMENTAL",
        ["Historic"] = "HISTORIC",
    };

    /// <summary>A text whose head says its number; null for others.</summary>
    public static Finding? Find(ImportedDocument document) =>
        Number().Match(string.Join('\n', Lines(document).Take(HeadLines))) is { Success: true } number
            ? Of(long.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture), document)
            : null;

    public static Finding Of(long number, ImportedDocument document)
    {
        var fields = new List<KeyValuePair<string, Node>> { new("rfc_number", Nodes.Integer(number)) };
        if (Head(document).Select(l => Date().Match(l.Right)).FirstOrDefault(m => m.Success) is { } date)
        {
            var month = DateTime.ParseExact(date.Groups[1].Value, "MMMM", CultureInfo.InvariantCulture).Month;
            fields.Add(new("published_date", Nodes.String(string.Create(CultureInfo.InvariantCulture, $"{date.Groups[2].Value}-{month:00}"))));
        }

        if (Field(document, "Category") is { } category && Statuses.TryGetValue(category, out var status))
        {
            fields.Add(new("status", Nodes.String(status)));
        }

        if (Field(document, "Obsoletes") is { } obsoletes && Digits().Matches(obsoletes) is { Count: > 0 } others)
        {
            fields.Add(new("obsoletes", Nodes.Strings(others.Select(o => $"RFC {o.Value.TrimStart('0')}"))));
        }

        return new Finding("RFC", "rfc") { Slug = string.Create(CultureInfo.InvariantCulture, $"rfc-{number}"), License = "IETF Trust", Fields = fields };
    }

    public static IReadOnlyList<string> Authors(ImportedDocument document) =>
        [.. Head(document).Select(l => Author().Match(l.Right)).Where(m => m.Success).Select(m => m.Groups[1].Value)];

    /// <summary>The lines between the head and the next empty one.</summary>
    public static string? Title(ImportedDocument document)
    {
        var title = Lines(document).Take(HeadLines)
            .SkipWhile(string.IsNullOrWhiteSpace).SkipWhile(l => !string.IsNullOrWhiteSpace(l))
            .SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(l => !string.IsNullOrWhiteSpace(l));
        return string.Join(' ', title.Select(l => l.Trim())) is { Length: > 0 } text ? text : null;
    }

    private static string? Field(ImportedDocument document, string name) =>
        Head(document).Select(l => l.Left).FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    private static IEnumerable<(string Left, string Right)> Head(ImportedDocument document)
    {
        if (document.IsHtml)
        {
            yield break;
        }

        foreach (var line in Lines(document).Take(HeadLines).SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(l => !string.IsNullOrWhiteSpace(l)))
        {
            var gap = Gap().Match(line.TrimEnd());
            yield return gap.Success ? (line[..gap.Index].Trim(), line[(gap.Index + gap.Length)..].Trim()) : (line.Trim(), "");
        }
    }

    private static IEnumerable<string> Lines(ImportedDocument document) =>
        (document.Text?.Text ?? "")[..Math.Min(document.Text?.Text.Length ?? 0, 16 * 1024)].TrimStart('\uFEFF', '\f').Split('\n').Select(l => l.Length > LongestLine ? l[..LongestLine] : l.TrimEnd('\r'));

    [GeneratedRegex(@"Request for Comments:\s*0*([1-9][0-9]{0,5})\b", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"(January|February|March|April|May|June|July|August|September|October|November|December)\s+([12][0-9]{3})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Date();

    /// <summary>Initials and a family name, which may have a particle before it.</summary>
    [GeneratedRegex(@"\A((?:\p{Lu}\.[ -]?)+(?:[\p{L}'’.-]+ ){0,3}\p{L}[\p{L}'’-]+)(?:,? (?:Ed|Editor|Jr|Sr|III?)\.?)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Author();

    /// <summary>What separates left from right: three blanks, or the margin of a line that has no left.</summary>
    [GeneratedRegex(@"[ \t]{3,}(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Gap();

    [GeneratedRegex("[0-9]{1,6}", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
