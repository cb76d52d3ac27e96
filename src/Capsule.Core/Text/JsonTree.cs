using System.Globalization;
using System.Text;
using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>Builds nodes from JSON tokens.</summary>
internal sealed class JsonTree(SourceText source, byte[] bytes, List<Diagnostic> problems)
{
    private readonly LineMap _lines = new(source);
    private int _nodes;
    private int _byte;
    private int _character;

    public Node Value(ref Utf8JsonReader reader, int depth)
    {
        var start = Offset(reader.TokenStartIndex);
        if (++_nodes > JsonLimits.Nodes)
        {
            throw new RefusedException(JsonDiagnostics.TooManyValues.At(_lines.Span(start, start), JsonLimits.Nodes));
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, Deeper(depth, start), start);
            case JsonTokenType.StartArray:
                return Array(ref reader, Deeper(depth, start), start);
            case JsonTokenType.String:
                var text = Text(ref reader, out var span);
                return new ScalarNode(ScalarKind.String, text, source.Text[start.._character], span);
            case JsonTokenType.Number:
                return Number(ref reader, start);
            case JsonTokenType.Null:
                return new ScalarNode(ScalarKind.Null, null, "null", End(ref reader, start));
            default:
                var flag = reader.TokenType == JsonTokenType.True;
                return new ScalarNode(ScalarKind.Boolean, flag, flag ? "true" : "false", End(ref reader, start));
        }
    }

    private MappingNode Object(ref Utf8JsonReader reader, int depth, int start)
    {
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = Text(ref reader, out var span);
            reader.Read();
            var value = Value(ref reader, depth);
            if (!seen.TryAdd(name, span))
            {
                problems.Add(JsonDiagnostics.DuplicateName.At(span, name, span.Line, seen[name].Line));
                continue;
            }

            entries.Add(new MappingEntry(name, span, value));
        }

        return new MappingNode(entries, End(ref reader, start));
    }

    private SequenceNode Array(ref Utf8JsonReader reader, int depth, int start)
    {
        var items = new List<Node>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Value(ref reader, depth));
        }

        return new SequenceNode(items, End(ref reader, start));
    }

    private ScalarNode Number(ref Utf8JsonReader reader, int start)
    {
        var raw = Encoding.ASCII.GetString(reader.ValueSpan);
        var span = End(ref reader, start);
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && long.TryParse(raw, CultureInfo.InvariantCulture, out var integer))
        {
            return new ScalarNode(ScalarKind.Integer, integer, raw, span);
        }

        var number = double.Parse(raw, CultureInfo.InvariantCulture);
        return double.IsFinite(number)
            ? new ScalarNode(ScalarKind.Float, number, raw, span)
            : throw new RefusedException(JsonDiagnostics.NumberTooLarge.At(span, raw.Length > 40 ? raw[..40] + "…" : raw));
    }

    /// <summary>The string or name at the reader's place. The token's value lies between its quotes.</summary>
    private string Text(ref Utf8JsonReader reader, out SourceSpan span)
    {
        var start = Offset(reader.TokenStartIndex);
        span = _lines.Span(start, Offset(reader.TokenStartIndex + reader.ValueSpan.Length + 2));
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new RefusedException(JsonDiagnostics.LoneSurrogate.At(span));
        }
    }

    private SourceSpan End(ref Utf8JsonReader reader, int start) => _lines.Span(start, Offset(reader.BytesConsumed));

    /// <summary>Offsets are asked for in rising order, so each byte is looked at once.</summary>
    private int Offset(long target)
    {
        _character += Encoding.UTF8.GetCharCount(bytes, _byte, (int)target - _byte);
        _byte = (int)target;
        return _character;
    }

    private int Deeper(int depth, int start) => depth < JsonLimits.Depth
        ? depth + 1
        : throw new RefusedException(JsonDiagnostics.TooDeep.At(_lines.Span(start, start + 1), JsonLimits.Depth));
}
