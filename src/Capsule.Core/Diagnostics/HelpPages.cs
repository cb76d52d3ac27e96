using System.Text;

namespace Capsule.Core.Diagnostics;

/// <summary>The reference of all codes in Markdown: one page for each hundred, with an anchor for each code.</summary>
public static class HelpPages
{
    /// <summary>File name (<c>CAP02xx.md</c>) to text, sorted by name.</summary>
    public static IReadOnlyDictionary<string, string> Render(DiagnosticCatalog catalog) => new SortedDictionary<string, string>(
        catalog.Kinds.GroupBy(k => Page(k.Code)).ToDictionary(g => g.Key, g => Text(g.Key, g)), StringComparer.Ordinal);

    /// <summary>The page that holds a code.</summary>
    public static string Page(string code) => $"{code[..^2]}xx.md";

    /// <summary>The page and anchor of a code, for example <c>CAP02xx.md#cap0231</c>.</summary>
    public static string Link(string code) => $"{Page(code)}#{code.ToLowerInvariant()}";

    private static string Text(string page, IEnumerable<DiagnosticKind> kinds)
    {
        var text = new StringBuilder($"# {page[..^3]}: {DiagnosticAreas.Title(page[3..5])}\n");
        foreach (var kind in kinds)
        {
            text.Append($"\n## {kind.Code}\n\n**{Explain.Sentence(kind.Message)}**\n\n{Explain.Sentence(kind.Hint)}\n");
            if (kind.Explanation.Length > 0)
            {
                text.Append($"\n{kind.Explanation.Trim()}\n");
            }

            text.Append($"\n{Explain.Facts(kind)}\n");
        }

        return text.ToString();
    }
}
