using System.Globalization;
using System.Text;

namespace Capsule.Core.Diagnostics;

/// <summary>
/// Makes text of others safe to print: a manifest must not steer the terminal that quotes it (escape sequences), nor show
/// words in another order than they stand (bidirectional controls).
/// </summary>
public static class TerminalText
{
    private const char Replacement = '\uFFFD';

    /// <summary>One line: control characters become U+FFFD, line ends and tabs become spaces.</summary>
    public static string Line(string text) => text.Any(IsUnsafe)
        ? string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = from[i] is '\n' or '\r' or '\t' ? ' ' : IsUnsafe(from[i]) ? Replacement : from[i];
            }
        })
        : text;

    /// <summary>What stands before each line that a message quotes from a program's output, after a line end.</summary>
    public const string Quote = "\n  | ";

    /// <summary>A message with the lines it quotes each on a line of its own, indented so that none can pass as another message.</summary>
    public static string Lines(string text) => string.Join(Quote, text.Split(Quote).Select(Line));

    /// <summary>How many columns a character takes in a terminal.</summary>
    public static int Width(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        // Hangul, CJK and full-width forms, emoji (UAX 11: W and F).
        return rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF)
            or (>= 0x20000 and <= 0x3FFFD) ? 2 : 1;
    }

    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u2028' or '\u2029';
}
