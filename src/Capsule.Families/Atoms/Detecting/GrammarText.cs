using System.Text.RegularExpressions;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>
/// Text most of whose lines define rules (specs: atoms 9.2, row 14): <c>name ::= …</c>, the <c>name = … ;</c> of ISO 14977, or the
/// <c>name = …</c> of ABNF with terminals such as <c>%x20</c>. Indented lines continue the rule above.
/// </summary>
internal static partial class GrammarText
{
    private const int Fewest = 2;

    public static Finding? Find(string text)
    {
        // Grammars are short; what is longer is not looked at whole.
        var lines = text[..Math.Min(text.Length, 1 << 20)].Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0 && !IsComment(l)).ToArray();
        var starts = lines.Where(l => !char.IsWhiteSpace(l[0]) && l[0] is not ('|' or ';' or '/' or ')' or ']' or '}')).ToArray();
        if (starts.Length < Fewest)
        {
            return null;
        }

        var most = (starts.Length / 2) + 1;
        var assigned = starts.Count(l => Assigned().IsMatch(l));
        if (assigned >= most && assigned >= Fewest)
        {
            return new Finding("EBNF", "ebnf-grammar");
        }

        var rules = starts.Count(l => Rule().IsMatch(l));
        if (rules < most || rules < Fewest)
        {
            return null;
        }

        return Terminal().IsMatch(text) ? new Finding("ABNF", "ebnf-grammar") { Fields = [new("notation", Nodes.String("abnf"))] }
            : lines.Count(l => l.EndsWith(';')) >= rules && lines.Any(l => l.Contains('"', StringComparison.Ordinal) || l.Contains('\'', StringComparison.Ordinal)) ? new Finding("EBNF", "ebnf-grammar")
            : null;
    }

    private static bool IsComment(string line) =>
        line.AsSpan().TrimStart() is var start && (start.StartsWith("(*") || start.StartsWith("/*") || start.StartsWith("//") || start.StartsWith("#") || start.StartsWith(";") || start.StartsWith("*"));

    [GeneratedRegex(@"\A(<[^>]{1,100}>|[A-Za-z][A-Za-z0-9_. -]{0,100})\s*::=", RegexOptions.CultureInvariant)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_ -]{0,100}\s*=/?(\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Rule();

    [GeneratedRegex(@"%[xdb][0-9A-Fa-f]", RegexOptions.CultureInvariant)]
    private static partial Regex Terminal();
}
