using Capsule.Core.Diagnostics;
using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>The codes of a CSV file (RFC 4180): the column whose heading is <c>code</c>, else the first.</summary>
internal static class CodeColumn
{
    public static IEnumerable<(string Code, SourceSpan Span)> Read(SourceText text)
    {
        var column = -1;
        foreach (var (cells, line) in Rows(text.Text))
        {
            if (column < 0)
            {
                column = Math.Max(0, cells.FindIndex(IsCode));
            }
            else if (column < cells.Count && cells is not [""])
            {
                yield return (cells[column], new SourceSpan(text.Path, line, 1, line, 1));
            }
        }
    }

    /// <summary>True when the first row names a column <c>code</c>.</summary>
    public static bool HasHeading(string text) => Rows(text).FirstOrDefault().Cells?.Exists(IsCode) == true;

    private static bool IsCode(string cell) => string.Equals(cell.Trim(), "code", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<(List<string> Cells, int Line)> Rows(string text)
    {
        var at = 0;
        var line = 1;
        while (at < text.Length)
        {
            var (cells, start) = (new List<string>(), line);
            do
            {
                cells.Add(Cell(text, ref at, ref line));
            }
            while (at < text.Length && text[at++] == ',');
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }

            line++;
            yield return (cells, start);
        }
    }

    /// <summary>Leaves the position at the comma or line end behind the cell.</summary>
    private static string Cell(string text, ref int at, ref int line)
    {
        if (at < text.Length && text[at] == '"')
        {
            var quoted = new System.Text.StringBuilder();
            for (at++; at < text.Length; at++)
            {
                if (text[at] == '"' && (at + 1 >= text.Length || text[at + 1] != '"'))
                {
                    at++;
                    break;
                }

                at += text[at] == '"' ? 1 : 0;
                line += text[at] == '\n' ? 1 : 0;
                quoted.Append(text[at]);
            }

            while (at < text.Length && text[at] is not (',' or '\r' or '\n'))
            {
                at++;
            }

            return quoted.ToString();
        }

        var end = text.AsSpan(at).IndexOfAny(',', '\r', '\n');
        var cell = end < 0 ? text[at..] : text.Substring(at, end);
        at += cell.Length;
        return cell;
    }
}
