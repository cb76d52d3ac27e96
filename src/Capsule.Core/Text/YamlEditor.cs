using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>
/// Changes a YAML document without losing how it is written: bytes that an edit does not name stay as they are, comments, order and line
/// ends included. An editor does not change; each edit gives a new one, already read again, and is refused (CAP0925) unless the document
/// then says exactly what it said, with the edit.
/// </summary>
/// <example><c>editor.Set(["keys", 0, "revoked"], Nodes.Boolean(true))</c> sets <c>revoked</c> in the first item of <c>keys</c>.</example>
public sealed class YamlEditor
{
    private readonly YamlShape _shape;
    private readonly string _newLine;

    private YamlEditor(SourceText source, Node root)
    {
        (Source, Root, _shape) = (source, root, new YamlShape(source));
        var end = source.Text.IndexOf('\n', StringComparison.Ordinal);
        _newLine = end > 0 && source.Text[end - 1] == '\r' ? "\r\n" : "\n";
    }

    public SourceText Source { get; }

    public Node Root { get; }

    public string Text => Source.Text;

    public static Result<YamlEditor> Open(SourceText source)
    {
        var root = YamlReader.Read(source);
        return root.Succeeded ? new YamlEditor(source, root.Value) : Result.Failed<YamlEditor>(root.Diagnostics);
    }

    /// <summary>Gives a key of a map this single value: in its place where it stands already, else at the end of the map.</summary>
    public Result<YamlEditor> Set(IReadOnlyList<TomlStep> path, Node value)
    {
        var scalar = (ScalarNode)value;
        if (Map(path) is not { } map)
        {
            return Cannot(path);
        }

        var edit = map.Find(path[^1].Name!) is { } entry
            ? Replace(entry, YamlWriter.Scalar(scalar))
            : Add(map, path, [YamlWriter.Entry(new MappingEntry(path[^1].Name!, default, scalar))]);
        return Edited(path, edit, _ => scalar);
    }

    /// <summary>Adds a key with a map below it, which may hold maps and lists of single values, at the end of a map that is not written in braces.</summary>
    public Result<YamlEditor> AddMap(IReadOnlyList<TomlStep> path, MappingNode value)
    {
        var edit = Map(path) is { Entries.Count: > 0 } map && map.Find(path[^1].Name!) is null && value.Entries.Count > 0 && !IsInFlow(path)
            ? Add(map, path, YamlWriter.Block(path[^1].Name!, value, Indent(map)))
            : null;
        return Edited(path, edit, _ => value);
    }

    /// <summary>Adds an item, a map of single values and lists of them, to a list; the list is made when the key is missing or has no value.</summary>
    public Result<YamlEditor> Append(IReadOnlyList<TomlStep> path, MappingNode item)
    {
        if (Map(path) is not { } map)
        {
            return Cannot(path);
        }

        var edit = map.Find(path[^1].Name!) switch
        {
            null when IsInFlow(path) => Add(map, path, [$"{YamlWriter.Text(path[^1].Name!)}: [{YamlWriter.Flow(item)}]"]),
            null => Add(map, path, [$"{YamlWriter.Text(path[^1].Name!)}:", .. Lines(item, ListIndent(), "- ")]),
            { } entry when _shape.IsAlias(entry) || (!YamlShape.IsAbsent(entry.Value) && _shape.HasProperties(entry.Value)) => null,
            { Value: SequenceNode { Items: [.., var last] } list } => AddItem(list, last, item),
            { Value: SequenceNode or ScalarNode { Kind: ScalarKind.Null } } entry => Begin(entry, path, item),
            _ => null,
        };
        return Edited(path, edit, old => new SequenceNode([.. (old as SequenceNode)?.Items ?? [], item], default));
    }

    private MappingNode? Map(IReadOnlyList<TomlStep> path) => path[^1].Name is null ? null : NodePath.Find(Root, path.SkipLast(1)) as MappingNode;

    private bool IsInFlow(IReadOnlyList<TomlStep> path) =>
        Enumerable.Range(0, path.Count).Any(n => NodePath.Find(Root, path.Take(n)) is { } above && _shape.IsFlow(above));

    private TomlEdit? Replace(MappingEntry entry, string written)
    {
        if (YamlShape.IsAbsent(entry.Value))
        {
            return _shape.AfterColon(entry) is { } place ? new TomlEdit(place, place, " " + written) : null;
        }

        var start = _shape.Start(entry.Value.Span);
        return entry.Value is ScalarNode or SequenceNode { Items.Count: 0 } && !_shape.IsAlias(entry) && !_shape.HasProperties(entry.Value) && Text[start] is not ('|' or '>')
            ? new TomlEdit(start, _shape.End(entry.Value.Span), written)
            : null;
    }

    /// <summary>An entry at the end of a map; further lines are indented from its first.</summary>
    private TomlEdit? Add(MappingNode map, IReadOnlyList<TomlStep> path, IReadOnlyList<string> entry)
    {
        if (_shape.HasProperties(map) && map.Entries.Count == 0)
        {
            return null;
        }

        if (_shape.IsFlow(map))
        {
            return AddInside(_shape.Start(map.Span) + 1, map.Entries.Count == 0 ? null : _shape.EndOf(map.Entries[^1]), entry[0]);
        }

        var last = map.Entries[^1];
        var indent = new string(' ', last.KeySpan.Column - 1);
        var apart = path.Count == 1 && IsBelowBlankLine(last) ? new[] { "" } : [];
        return Insert(_shape.NextLine(_shape.EndOf(last)), [.. apart, .. entry.Select(l => indent + l)]);
    }

    private TomlEdit AddItem(SequenceNode list, Node last, MappingNode item)
    {
        if (_shape.IsFlow(list))
        {
            return AddInside(_shape.Start(list.Span) + 1, _shape.EndOf(last), YamlWriter.Flow(item));
        }

        // As far from its dash as the item above.
        var start = _shape.Start(last.Span);
        var dash = Text[Math.Max(0, start - Math.Max(0, last.Span.Column - list.Span.Column))..start];
        return Insert(_shape.NextLine(_shape.EndOf(last)), Lines(item, list.Span.Column - 1, dash.Length > 1 && dash.TrimEnd(' ') == "-" ? dash : "- "));
    }

    /// <summary>The first item of a list that is there and empty. Brackets go where a list may stand below its key.</summary>
    private TomlEdit? Begin(MappingEntry entry, IReadOnlyList<TomlStep> path, MappingNode item)
    {
        if (IsInFlow(path))
        {
            return Replace(entry, $"[{YamlWriter.Flow(item)}]");
        }

        if (_shape.AfterColon(entry) is not { } colon)
        {
            return null;
        }

        var end = YamlShape.IsAbsent(entry.Value) ? colon : _shape.End(entry.Value.Span);
        var next = _shape.NextLine(end);
        var lines = Insert(next, Lines(item, entry.KeySpan.Column - 1 + ListIndent(), "- "));
        return new TomlEdit(colon, next, Text[end..next] + lines.Text);
    }

    private static TomlEdit AddInside(int first, int? last, string written) =>
        last is { } end ? new TomlEdit(end, end, ", " + written) : new TomlEdit(first, first, written);

    private TomlEdit Insert(int offset, IReadOnlyList<string> lines) => offset > 0 && Text[offset - 1] != '\n'
        ? new TomlEdit(offset, offset, string.Concat(lines.Select(l => _newLine + l)))
        : new TomlEdit(offset, offset, string.Concat(lines.Select(l => l + _newLine)));

    private static string[] Lines(MappingNode item, int indent, string dash) =>
        [.. item.Entries.Select((e, i) => new string(' ', indent) + (i == 0 ? dash : new string(' ', dash.Length)) + YamlWriter.Entry(e))];

    /// <summary>How far lists stand to the right of their keys in this document; 2 where it has none.</summary>
    private int ListIndent() => (Root as MappingNode)?.Entries
        .Where(e => e.Value is SequenceNode { Items.Count: > 0 } list && !_shape.IsFlow(list) && list.Span.Line > e.KeySpan.Line)
        .Select(e => (int?)(e.Value.Span.Column - e.KeySpan.Column)).FirstOrDefault(width => width >= 0) ?? 2;

    /// <summary>How far what stands below a key is to the right of it in a map; 2 where nothing is.</summary>
    private int Indent(MappingNode map) => map.Entries
        .Where(e => e.Value is MappingNode { Entries.Count: > 0 } inner && !_shape.IsFlow(inner) && inner.Span.Line > e.KeySpan.Line)
        .Select(e => (int?)(((MappingNode)e.Value).Entries[0].KeySpan.Column - e.KeySpan.Column)).FirstOrDefault(width => width > 0) ?? 2;

    private bool IsBelowBlankLine(MappingEntry entry)
    {
        var start = _shape.Start(entry.KeySpan);
        return start >= 2 * _newLine.Length && Text.AsSpan(0, start).EndsWith(_newLine + _newLine);
    }

    private Result<YamlEditor> Edited(IReadOnlyList<TomlStep> path, TomlEdit? edit, Func<Node?, Node> change)
    {
        if (edit is not { } found || NodePath.With(Root, path, change) is not { } expected)
        {
            return Cannot(path);
        }

        var edited = Open(Source with { Text = TomlEdit.Apply(Text, [found]) });
        return edited.Succeeded && NodeComparison.AreSame(edited.Value.Root, expected) ? edited : Cannot(path);
    }

    private Result<YamlEditor> Cannot(IReadOnlyList<TomlStep> path)
    {
        var place = Enumerable.Range(0, path.Count).Select(n => NodePath.Find(Root, path.SkipLast(n))?.Span).FirstOrDefault(s => s is not null);
        return YamlDiagnostics.CannotEdit.At(place ?? Source.Whole, TomlStep.Show(path));
    }
}
