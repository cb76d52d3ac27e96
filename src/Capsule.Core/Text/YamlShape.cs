using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>How the nodes of a document are written, told from their places.</summary>
internal sealed class YamlShape(SourceText source)
{
    private readonly LineMap _lines = new(source);

    public int Start(SourceSpan span) => _lines.Offset(span.Line, span.Column);

    public int End(SourceSpan span) => _lines.Offset(span.EndLine, span.EndColumn);

    /// <summary>Written with brackets.</summary>
    public bool IsFlow(Node node) => node is not ScalarNode && First(node) is '{' or '[';

    /// <summary>An anchor or a tag stands before the value: what is written here may be meant elsewhere too.</summary>
    public bool HasProperties(Node node) => First(node) is '&' or '!';

    /// <summary>Nothing is written where the value would stand.</summary>
    public static bool IsAbsent(Node node) => node is ScalarNode { Kind: ScalarKind.Null, Raw: "" };

    /// <summary>The value stands elsewhere, under an anchor.</summary>
    public bool IsAlias(MappingEntry entry) => !IsAbsent(entry.Value) && Start(entry.Value.Span) < End(entry.KeySpan);

    /// <summary>After the last character of an entry: of what is nested deepest at its end.</summary>
    public int EndOf(MappingEntry entry) => IsAbsent(entry.Value) ? AfterColon(entry) ?? End(entry.KeySpan) : EndOf(entry.Value);

    public int EndOf(Node node) => node switch
    {
        MappingNode { Entries: [.., var last] } map when !IsFlow(map) && !HasProperties(map) => EndOf(last),
        SequenceNode { Items: [.., var last] } list when !IsFlow(list) && !HasProperties(list) => EndOf(last),
        _ => End(node.Span),
    };

    /// <summary>Where the value of a key without one would stand; null when its colon is on another line.</summary>
    public int? AfterColon(MappingEntry entry)
    {
        var at = End(entry.KeySpan);
        while (at < source.Text.Length && source.Text[at] == ' ')
        {
            at++;
        }

        return at < source.Text.Length && source.Text[at] == ':' ? at + 1 : null;
    }

    /// <summary>Where a line may be inserted after what ends here: a comment on the same line stays with it.</summary>
    public int NextLine(int end)
    {
        if (end > 0 && source.Text[end - 1] == '\n')
        {
            return end;
        }

        var found = source.Text.IndexOf('\n', end);
        return found < 0 ? source.Text.Length : found + 1;
    }

    private char First(Node node) => Start(node.Span) is var at && at < source.Text.Length ? source.Text[at] : '\0';
}
