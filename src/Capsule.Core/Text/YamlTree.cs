using Capsule.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Capsule.Core.Text;

/// <summary>Builds nodes from the parser's events, keeping within <see cref="YamlLimits"/>.</summary>
internal sealed class YamlTree(YamlPlaces places, IParser parser, List<Diagnostic> problems, Func<string, SourceSpan, bool> accepts)
{
    private readonly Dictionary<string, Anchored?> _anchors = new(StringComparer.Ordinal);
    private long _nodes;
    private long _characters;

    public Node Value(int depth) => Measured(depth).Node;

    private Anchored Measured(int depth)
    {
        parser.Accept<ParsingEvent>(out var next);
        var anchor = next is NodeEvent { Anchor.IsEmpty: false } anchored ? anchored.Anchor.Value : null;
        if (anchor is not null)
        {
            _anchors[anchor] = null;
        }

        var (nodes, characters) = (_nodes, _characters);
        var (node, height) = next switch
        {
            AnchorAlias alias => Alias(alias, depth),
            Scalar scalar => Scalar(scalar),
            SequenceStart sequence => Sequence(sequence, depth + 1),
            MappingStart mapping => Mapping(mapping, depth + 1),
            _ => throw new YamlException(next?.Start ?? Mark.Empty, next?.End ?? Mark.Empty, "Unexpected content"),
        };
        var made = new Anchored(node, height, _nodes - nodes, _characters - characters);
        if (anchor is not null)
        {
            _anchors[anchor] = made;
        }

        return made;
    }

    private (Node Node, int Height) Alias(AnchorAlias alias, int depth)
    {
        parser.MoveNext();
        var span = Span(alias);
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw new RefusedException(YamlDiagnostics.UnknownAlias.At(span, alias.Value.Value));
        }

        if (target is null)
        {
            throw new RefusedException(YamlDiagnostics.AliasCycle.At(span, alias.Value.Value));
        }

        Deeper(depth + target.Height, span);
        Count(target.Nodes, target.Characters, span);
        return (target.Node, target.Height);
    }

    private (Node Node, int Height) Scalar(Scalar scalar)
    {
        parser.MoveNext();
        Count(1, scalar.Value.Length, Span(scalar));
        return (YamlScalar.Resolve(scalar, Span(scalar), Report), 0);
    }

    private (Node Node, int Height) Sequence(SequenceStart start, int depth)
    {
        parser.MoveNext();
        Deeper(depth, Span(start));
        Count(1, 0, Span(start));
        CollectionTag(start.Tag, "tag:yaml.org,2002:seq", "a list", Span(start));
        var items = new List<Node>();
        var height = 0;
        while (!parser.Accept<SequenceEnd>(out _))
        {
            var item = Measured(depth);
            height = Math.Max(height, item.Height);
            items.Add(item.Node);
        }

        return (new SequenceNode(items, Whole(start, start.Style == SequenceStyle.Flow, parser.Consume<SequenceEnd>(), items.LastOrDefault())), height + 1);
    }

    private (Node Node, int Height) Mapping(MappingStart start, int depth)
    {
        parser.MoveNext();
        Deeper(depth, Span(start));
        Count(1, 0, Span(start));
        CollectionTag(start.Tag, "tag:yaml.org,2002:map", "a map", Span(start));
        var entries = new List<MappingEntry>();
        var seen = new Dictionary<string, SourceSpan>(StringComparer.Ordinal);
        var height = 0;
        while (!parser.Accept<MappingEnd>(out _))
        {
            var written = parser.Current!;
            var key = Value(depth);
            var span = Span(written);
            var value = Measured(depth);
            height = Math.Max(height, value.Height);
            if (Key(key, written, span) is not { } name)
            {
                continue;
            }

            if (seen.TryGetValue(name, out var first))
            {
                Report(YamlDiagnostics.DuplicateKey.At(span, name, span.Line, first.Line));
                continue;
            }

            seen.Add(name, span);
            entries.Add(new MappingEntry(name, span, value.Node));
        }

        return (new MappingNode(entries, Whole(start, start.Style == MappingStyle.Flow, parser.Consume<MappingEnd>(), entries.LastOrDefault()?.Value)), height + 1);
    }

    private string? Key(Node key, ParsingEvent written, SourceSpan span)
    {
        if (written is Scalar { Value: "<<", Style: ScalarStyle.Plain })
        {
            Report(YamlDiagnostics.MergeKey.At(span));
            return null;
        }

        if (key is ScalarNode { Kind: ScalarKind.String, Value: string name })
        {
            return name;
        }

        Report(YamlDiagnostics.KeyIsNotString.At(span, NodeWords.Describe(key)));
        return null;
    }

    private void CollectionTag(TagName tag, string core, string words, SourceSpan span)
    {
        if (tag.IsEmpty || tag.IsNonSpecific || tag.Value == core || accepts(tag.Value, span))
        {
            return;
        }

        Report(tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal)
            ? YamlDiagnostics.TagMismatch.At(span, "!!" + tag.Value["tag:yaml.org,2002:".Length..], words)
            : YamlDiagnostics.Tag.At(span, tag.Value));
    }

    /// <summary>
    /// A block's end event stands where the next token starts; its last value tells where it really ends. A flow's end
    /// event stands before its bracket.
    /// </summary>
    private SourceSpan Whole(NodeEvent start, bool flow, ParsingEvent end, Node? last)
    {
        var begin = Span(start);
        if (flow)
        {
            var bracket = places.Span(end.Start, end.Start);
            return begin with { EndLine = bracket.Line, EndColumn = bracket.Column + 1 };
        }

        return last is null || last.Span.Line < begin.Line
            ? begin
            : begin with { EndLine = last.Span.EndLine, EndColumn = last.Span.EndColumn };
    }

    private SourceSpan Span(ParsingEvent e) => places.Span(e.Start, e.End);

    private static void Deeper(int depth, SourceSpan span)
    {
        if (depth > YamlLimits.Depth)
        {
            throw new RefusedException(YamlDiagnostics.TooDeep.At(span, YamlLimits.Depth));
        }
    }

    private void Count(long nodes, long characters, SourceSpan span)
    {
        _nodes += nodes;
        _characters += characters;
        if (_nodes > YamlLimits.Nodes)
        {
            throw new RefusedException(YamlDiagnostics.TooManyValues.At(span, YamlLimits.Nodes));
        }

        if (_characters > YamlLimits.Characters)
        {
            throw new RefusedException(YamlDiagnostics.TooMuchText.At(span, YamlLimits.Characters));
        }
    }

    private void Report(Diagnostic problem)
    {
        problems.Add(problem);
        if (problems.Count > YamlLimits.Problems)
        {
            problems.RemoveAt(problems.Count - 1);
            throw new RefusedException(problem);
        }
    }

    /// <summary>A finished node with what it costs each time an alias stands for it.</summary>
    private sealed record Anchored(Node Node, int Height, long Nodes, long Characters);
}
