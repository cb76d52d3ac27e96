using System.Globalization;
using System.Text;

namespace Capsule.Core.Text;

/// <summary>Reads the four forms of string (TOML 1.0, "String"). Line ends in multi-line strings stay as written.</summary>
internal static class TomlStrings
{
    public static string Read(TomlScanner scanner)
    {
        var quote = scanner.Current;
        var start = scanner.Position;
        var mark = new string(quote, 3);
        if (scanner.Looking(mark))
        {
            scanner.Position += 3;
            scanner.SkipLineEnd();
            return Lines(scanner, start, quote, mark);
        }

        scanner.Position++;
        return Line(scanner, start, quote);
    }

    private static string Line(TomlScanner scanner, int start, char quote)
    {
        var text = new StringBuilder();
        while (!scanner.Skip(quote))
        {
            if (scanner.AtEnd || scanner.Current == '\n' || (scanner.Current == '\r' && scanner.Peek(1) == '\n'))
            {
                var before = scanner.AtEnd ? "the end of the file" : "the end of the line";
                throw scanner.Refuse(TomlDiagnostics.OpenString, start, scanner.Position, before, quote);
            }

            Character(scanner, text, quote);
        }

        return text.ToString();
    }

    private static string Lines(TomlScanner scanner, int start, char quote, string mark)
    {
        var text = new StringBuilder();
        while (true)
        {
            if (scanner.AtEnd)
            {
                throw scanner.Refuse(TomlDiagnostics.OpenString, start, start + 3, "the end of the file", mark);
            }

            if (scanner.Looking(mark))
            {
                // One or two quotes may stand right before the closing three.
                var extra = scanner.Peek(3) != quote ? 0 : scanner.Peek(4) != quote ? 1 : 2;
                text.Append(quote, extra);
                scanner.Position += 3 + extra;
                return text.ToString();
            }

            var line = scanner.Position;
            if (scanner.SkipLineEnd())
            {
                text.Append(scanner.Text, line, scanner.Position - line);
            }
            else if (quote == '\'' || !Continues(scanner))
            {
                Character(scanner, text, quote);
            }
        }
    }

    /// <summary>A backslash at the end of a line swallows it, and all white space up to the next character.</summary>
    private static bool Continues(TomlScanner scanner)
    {
        if (scanner.Current != '\\')
        {
            return false;
        }

        var start = scanner.Position++;
        scanner.SkipBlanks();
        if (!scanner.SkipLineEnd())
        {
            scanner.Position = start;
            return false;
        }

        do
        {
            scanner.SkipBlanks();
        }
        while (scanner.SkipLineEnd());
        return true;
    }

    private static void Character(TomlScanner scanner, StringBuilder text, char quote)
    {
        scanner.RefuseControl("a string");
        if (quote == '"' && scanner.Current == '\\')
        {
            Escape(scanner, text);
            return;
        }

        text.Append(scanner.Current);
        scanner.Position++;
    }

    private static void Escape(TomlScanner scanner, StringBuilder text)
    {
        var start = scanner.Position;
        var letter = scanner.Peek(1);
        scanner.Position += 2;
        switch (letter)
        {
            case 'b': text.Append('\b'); break;
            case 't': text.Append('\t'); break;
            case 'n': text.Append('\n'); break;
            case 'f': text.Append('\f'); break;
            case 'r': text.Append('\r'); break;
            case '"' or '\\': text.Append(letter); break;
            case 'u': CodePoint(scanner, text, start, 4); break;
            case 'U': CodePoint(scanner, text, start, 8); break;
            default: throw WrongEscape(scanner, start, start + 2);
        }
    }

    private static void CodePoint(TomlScanner scanner, StringBuilder text, int start, int digits)
    {
        var end = Math.Min(scanner.Position + digits, scanner.Text.Length);
        if (end - scanner.Position < digits || !uint.TryParse(
            scanner.Text.AsSpan(scanner.Position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw WrongEscape(scanner, start, end);
        }

        if (!Rune.IsValid(value))
        {
            throw scanner.Refuse(TomlDiagnostics.NotACharacter, start, end, scanner.Text[start..end]);
        }

        text.Append(new Rune(value).ToString());
        scanner.Position = end;
    }

    private static Diagnostics.RefusedException WrongEscape(TomlScanner scanner, int start, int end)
    {
        end = Math.Min(end, scanner.Text.Length);
        var written = scanner.Text[start..end];
        var shown = written.TakeWhile(c => c is >= ' ' and not '\u007F').ToArray();
        return scanner.Refuse(TomlDiagnostics.Escape, start, start + shown.Length, new string(shown));
    }
}
