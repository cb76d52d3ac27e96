namespace Capsule.Core.Text;

/// <summary>Edits inside the value of one key: in inline tables and arrays.</summary>
internal sealed class TomlInlineEdits(SourceText source, string newLine)
{
    private readonly LineMap _lines = new(source);

    /// <summary>Edits that set what <paramref name="path"/> leads to from <paramref name="value"/>; null when a step leads nowhere.</summary>
    public IReadOnlyList<TomlEdit>? Set(Node value, IReadOnlyList<TomlStep> path, string written)
    {
        if (path.Count == 0)
        {
            return IsBraced(value) ? [new TomlEdit(Start(value), End(value), written)] : null;
        }

        var next = NodePath.Find(value, path.Take(1));
        if (next is not null && Set(next, [.. path.Skip(1)], written) is { } inside)
        {
            return inside;
        }

        return value switch
        {
            MappingNode table when IsBraced(table) && path.All(s => s.Name is not null) && Free(table, path) => [Add(table, path, written)],
            SequenceNode list when path is [{ Name: null } step] && step.Index == list.Items.Count => Append(list, written),
            _ => null,
        };
    }

    /// <summary>Edits that take away what <paramref name="path"/> leads to; null when there is nothing.</summary>
    public TomlEdit? Remove(Node value, IReadOnlyList<TomlStep> path)
    {
        if (NodePath.Find(value, path.Take(1)) is not { } next)
        {
            return null;
        }

        if (path.Count > 1)
        {
            return Remove(next, [.. path.Skip(1)]);
        }

        if (!IsBraced(value) || !IsBraced(next) || (value is MappingNode { Entries: var all } && all.Any(e => !IsBraced(e.Value))))
        {
            return null;
        }

        var items = value is MappingNode table
            ? table.Entries.Select(e => (Start: Offset(e.KeySpan.Line, e.KeySpan.Column), End: End(e.Value))).ToArray()
            : ((SequenceNode)value).Items.Select(i => (Start: Start(i), End: End(i))).ToArray();
        var index = value is MappingNode map ? map.Entries.ToList().FindIndex(e => e.Key == path[0].Name) : path[0].Index;
        if (index < items.Length - 1)
        {
            return new TomlEdit(items[index].Start, items[index + 1].Start, "");
        }

        return index > 0
            ? new TomlEdit(items[index - 1].End, items[index].End, "")
            : new TomlEdit(items[0].Start, AfterComma(items[0].End), "");
    }

    /// <summary>A table made by a dotted key has no text of its own.</summary>
    private bool IsBraced(Node node) => node is not MappingNode || source.Text[Start(node)] == '{';

    /// <summary>True when the path runs through dotted tables only and ends where nothing stands.</summary>
    private bool Free(MappingNode table, IReadOnlyList<TomlStep> path) => table.Find(path[0].Name!)?.Value switch
    {
        null => true,
        MappingNode dotted when !IsBraced(dotted) && path.Count > 1 => Free(dotted, [.. path.Skip(1)]),
        _ => false,
    };

    private TomlEdit Add(MappingNode table, IReadOnlyList<TomlStep> path, string written)
    {
        var entry = $"{TomlWriter.Key(path.Select(s => s.Name!))} = {written}";
        if (table.Entries.Count == 0)
        {
            var inside = Start(table) + 1;
            return new TomlEdit(inside, inside, $" {entry}{(source.Text[inside] == '}' ? " " : "")}");
        }

        var brace = End(table) - 1;
        var last = source.Text.AsSpan(0, brace).TrimEnd(" \t").Length;
        return new TomlEdit(last, last, $", {entry}");
    }

    /// <summary>A list that has its items on lines of their own gets a line more; a comment stays beside its item.</summary>
    private IReadOnlyList<TomlEdit> Append(SequenceNode list, string written)
    {
        if (list.Items.Count == 0)
        {
            return [new TomlEdit(Start(list) + 1, Start(list) + 1, written)];
        }

        var last = list.Items[^1];
        var (start, end) = (Start(last), End(last));
        var line = source.Text.AsSpan(0, start).LastIndexOf('\n') + 1;
        var indent = source.Text.AsSpan(line, start - line);
        if (line <= Start(list) || indent.IndexOfAnyExcept(' ', '\t') >= 0)
        {
            return [new TomlEdit(end, end, $", {written}")];
        }

        var after = AfterComma(end);
        var item = $"{newLine}{indent}{written}";
        var lineEnd = source.Text.AsSpan(after).IndexOfAny('\r', '\n');
        var rest = lineEnd < 0 ? default : source.Text.AsSpan(after, lineEnd).Trim(" \t");
        if (lineEnd < 0 || (lineEnd == 0 && after == end) || (rest.Length > 0 && rest[0] != '#') || source.Text.AsSpan(end, after - end).Contains('\n'))
        {
            return [new TomlEdit(end, end, "," + item)];
        }

        return after > end
            ? [new TomlEdit(after + lineEnd, after + lineEnd, item + ",")]
            : [new TomlEdit(end, end, ","), new TomlEdit(end + lineEnd, end + lineEnd, item)];
    }

    /// <summary>Behind the comma that follows an item, or the same place when none does.</summary>
    private int AfterComma(int offset)
    {
        var scanner = new TomlScanner(source) { Position = offset };
        scanner.SkipLines();
        return scanner.Skip(',') ? scanner.Position : offset;
    }

    private int Start(Node node) => Offset(node.Span.Line, node.Span.Column);

    private int End(Node node) => node is MappingNode { Entries: [.., var last] } && !IsBraced(node)
        ? End(last.Value)
        : Offset(node.Span.EndLine, node.Span.EndColumn);

    private int Offset(int line, int column) => _lines.Offset(line, column);
}
