using System.Globalization;
using System.Text;

namespace Capsule.Core.Diagnostics;

/// <summary>One line of source with its fault underlined, as it is shown below a message.</summary>
/// <param name="Line">The line, tabs as spaces, cut to what fits.</param>
/// <param name="Indent">Columns before the underline.</param>
/// <param name="Length">Columns of the underline, at least one.</param>
internal sealed record SourceExcerpt(string Line, int Indent, int Length)
{
    private const int TabWidth = 4;
    private const int Before = 60;
    private const int Widest = 120;

    /// <summary>Null when the text has no such line.</summary>
    public static SourceExcerpt? Of(string text, SourceSpan span)
    {
        if (LineOf(text, span.Line) is not { } line || span.Column > line.Length + 1)
        {
            return null;
        }

        var end = span.EndLine > span.Line ? line.Length + 1 : Math.Min(span.EndColumn, line.Length + 1);
        var from = Math.Max(0, span.Column - 1 - Before);
        from += from > 0 && from < line.Length && char.IsLowSurrogate(line[from]) ? 1 : 0;
        var shown = new StringBuilder(from > 0 ? "…" : "");
        var columns = shown.Length;
        int? indent = null;
        int? stop = null;
        for (var i = from; i < line.Length && columns < Widest;)
        {
            indent ??= i >= span.Column - 1 ? columns : null;
            stop ??= i >= end - 1 ? columns : null;
            Rune.DecodeFromUtf16(line.AsSpan(i), out var rune, out var taken);
            var width = rune.Value == '\t' ? TabWidth - (columns % TabWidth) : TerminalText.Width(rune);
            shown.Append(rune.Value == '\t' ? new string(' ', width) : TerminalText.Line(rune.ToString()));
            columns += width;
            i += taken;
            if (columns >= Widest && i < line.Length)
            {
                shown.Append('…');
            }
        }

        var start = indent ?? columns;
        return new SourceExcerpt(shown.ToString(), start, Math.Max(1, (stop ?? columns) - start));
    }

    /// <summary>The lines with their gutter, ready to print.</summary>
    public string ToString(int number, Func<string, string> paint)
    {
        var label = number.ToString(CultureInfo.InvariantCulture).PadLeft(5);
        var gutter = new string(' ', label.Length);
        var underline = new string(' ', Indent) + paint("^" + new string('~', Length - 1));
        return $"{label} | {Line}\n{gutter} | {underline}\n";
    }

    private static string? LineOf(string text, int number)
    {
        var start = 0;
        for (var i = 1; i < number; i++)
        {
            start = text.IndexOf('\n', start) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        var end = text.IndexOf('\n', start);
        return text[start..(end < 0 ? text.Length : end)].TrimEnd('\r');
    }
}
