using System.Globalization;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>The place in a TOML text: looks, moves on, and says what was expected when it is not there.</summary>
internal sealed class TomlScanner(SourceText source)
{
    private readonly LineMap _lines = new(source);

    public const char End = '\uFFFF';

    public string Text { get; } = source.Text;

    public int Position { get; set; }

    public bool AtEnd => Position >= Text.Length;

    public char Current => Peek(0);

    public char Peek(int ahead) => Position + ahead < Text.Length ? Text[Position + ahead] : End;

    public bool Looking(string at) => string.CompareOrdinal(Text, Position, at, 0, at.Length) == 0;

    public bool Skip(char c)
    {
        if (AtEnd || Current != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    public void SkipBlanks()
    {
        while (Current is ' ' or '\t')
        {
            Position++;
        }
    }

    /// <summary>LF or CRLF.</summary>
    public bool SkipLineEnd()
    {
        var length = Current == '\n' ? 1 : Current == '\r' && Peek(1) == '\n' ? 2 : 0;
        Position += length;
        return length > 0;
    }

    public void SkipComment()
    {
        if (!Skip('#'))
        {
            return;
        }

        while (!AtEnd && Current != '\n' && !(Current == '\r' && Peek(1) == '\n'))
        {
            RefuseControl("a comment");
            Position++;
        }
    }

    /// <summary>Blanks, comments and line ends, as they may stand between the items of an array.</summary>
    public void SkipLines()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (SkipLineEnd());
    }

    public void ExpectLineEnd(string after)
    {
        SkipBlanks();
        SkipComment();
        if (!AtEnd && !SkipLineEnd())
        {
            throw Unexpected($"the end of the line after {after}");
        }
    }

    public void Expect(char c, string what)
    {
        if (!Skip(c))
        {
            throw Unexpected(what);
        }
    }

    /// <summary>Control characters but tab may stand nowhere; a line end only where the caller has looked for one.</summary>
    public void RefuseControl(string where)
    {
        if (!AtEnd && Current is (< ' ' and not '\t') or '\u007F')
        {
            throw Refuse(
                TomlDiagnostics.ControlCharacter, Position, Position + 1, ((int)Current).ToString("X4", CultureInfo.InvariantCulture), where);
        }
    }

    public SourceSpan Span(int start, int end) => _lines.Span(start, end);

    public RefusedException Refuse(DiagnosticKind kind, int start, int end, params object?[] arguments) =>
        new(kind.At(Span(start, end), arguments));

    public RefusedException Unexpected(string expected) =>
        Refuse(TomlDiagnostics.Unexpected, Position, AtEnd ? Position : Position + 1, expected, Found());

    private string Found()
    {
        if (AtEnd)
        {
            return "the end of the file";
        }

        return Current switch
        {
            '\n' => "the end of the line",
            '\r' when Peek(1) == '\n' => "the end of the line",
            < ' ' or '\u007F' => $"the control character U+{(int)Current:X4}",
            _ when char.IsSurrogatePair(Current, Peek(1)) => $"'{Text.AsSpan(Position, 2)}'",
            _ => $"'{Current}'",
        };
    }
}
