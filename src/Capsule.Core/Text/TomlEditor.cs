using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>
/// Changes a TOML document without losing how it is written: bytes that an edit does not name stay as they are, comments,
/// spacing and line ends included. An editor does not change; each edit gives a new one, already read again.
/// </summary>
/// <example><c>editor.Set(["tool", 0, "version"], Nodes.String("1.2"))</c> sets <c>version</c> in the first <c>[[tool]]</c>.</example>
public sealed class TomlEditor
{
    private readonly IReadOnlyList<TomlLine> _lines;
    private readonly string _newLine;

    private TomlEditor(SourceText source, TomlDocument document)
    {
        (Source, Root, _lines) = (source, document.Root, TomlOutline.Of(document));
        var end = source.Text.IndexOf('\n', StringComparison.Ordinal);
        _newLine = end > 0 && source.Text[end - 1] == '\r' ? "\r\n" : "\n";
    }

    public SourceText Source { get; }

    public MappingNode Root { get; }

    public string Text => Source.Text;

    public static Result<TomlEditor> Open(SourceText source)
    {
        try
        {
            return new TomlEditor(source, TomlDocument.Read(source));
        }
        catch (RefusedException e)
        {
            return e.Diagnostic;
        }
    }

    /// <summary>
    /// Gives the path this value: in its place where it stands already, else on a new line at the end of its table, which is made
    /// when it is missing. An index one past the end of an array appends. A table that stands there is replaced.
    /// </summary>
    public Result<TomlEditor> Set(IReadOnlyList<TomlStep> path, Node value)
    {
        var written = TomlWriter.Value(value);
        var holder = _lines.LastOrDefault(l => !l.IsHeader && TomlLine.StartsWith(path, l.Path));
        if (holder is not null)
        {
            return path.Count == holder.Path.Count
                ? Edited(new TomlEdit(holder.Statement.ValueStart, holder.Statement.ValueEnd, written))
                : SetInside(holder, path, written);
        }

        if (_lines.Any(l => l.Under(path)))
        {
            var without = Remove(path);
            return without.Succeeded ? without.Value.Set(path, value) : without;
        }

        return path[^1].Name is null ? Cannot(path) : AddKey(path, written);
    }

    /// <summary>
    /// Adds a key on a new line right below one that stands beside it, indented like that one and with its <c>=</c> below the other's
    /// where the key is short enough. The caller knows that the key is not there yet.
    /// </summary>
    public Result<TomlEditor> AddBelow(IReadOnlyList<TomlStep> sibling, string key, Node value)
    {
        if (_lines.FirstOrDefault(l => !l.IsHeader && l.At(sibling)) is not { Statement.Keys: [var first] } line)
        {
            return Cannot([.. sibling.SkipLast(1), key]);
        }

        var statement = line.Statement;
        var column = Text.IndexOf('=', first.End) - first.Start;
        var written = TomlWriter.Key(key).PadRight(column - 1);
        return Insert(statement.LineEnd, $"{Text[statement.LineStart..first.Start]}{written} = {TomlWriter.Value(value)}{_newLine}", blankBefore: false);
    }

    /// <summary>Takes away a key, a table with all it holds, a list of tables or one element. Nothing happens when it is not there.</summary>
    public Result<TomlEditor> Remove(IReadOnlyList<TomlStep> path)
    {
        var holder = _lines.LastOrDefault(l => !l.IsHeader && l.Path.Count < path.Count && TomlLine.StartsWith(path, l.Path));
        if (holder is not null)
        {
            return RemoveInside(holder, path);
        }

        var gone = _lines.Where(l => l.Under(path)).ToArray();
        return gone.Length == 0
            ? this
            : Edited([.. gone.Where(l => l.IsHeader || !gone.Any(h => h.IsHeader && h.Section.SequenceEqual(l.Section))).Select(Extent)]);
    }

    /// <summary>Adds <c>[path]</c> with these keys at the end of what it belongs to.</summary>
    public Result<TomlEditor> AppendTable(IReadOnlyList<TomlStep> path, IEnumerable<KeyValuePair<string, Node>> entries) =>
        Append(path, entries, "[", "]");

    /// <summary>Adds one more <c>[[path]]</c> with these keys.</summary>
    public Result<TomlEditor> AppendItem(IReadOnlyList<TomlStep> path, IEnumerable<KeyValuePair<string, Node>> entries) =>
        Append(path, entries, "[[", "]]");

    /// <summary>
    /// The text without the tables below a name (<c>[name.*]</c>, not <c>[name]</c> itself), each from its header up to the next header or the
    /// end. What is written in another form stays.
    /// </summary>
    public string TextWithoutTables(string name) => TomlEdit.Apply(Text, Tables(name));

    /// <summary>What <see cref="TextWithoutTables"/> leaves out; empty when there is nothing.</summary>
    public string TextOfTables(string name) => string.Concat(Tables(name).Select(t => Text[t.Start..t.End]));

    private IEnumerable<TomlEdit> Tables(string name)
    {
        var headers = _lines.Where(l => l.IsHeader).ToArray();
        return headers.Select((h, i) => (Header: h, End: i + 1 < headers.Length ? headers[i + 1].Statement.LineStart : Text.Length))
            .Where(h => h.Header.Statement.Keys.Count > 1 && h.Header.Statement.Keys[0].Name == name)
            .Select(h => new TomlEdit(h.Header.Statement.LineStart, h.End, ""));
    }

    private Result<TomlEditor> Append(IReadOnlyList<TomlStep> path, IEnumerable<KeyValuePair<string, Node>> entries, string open, string close)
    {
        var header = $"{open}{TomlWriter.Key(path.Where(s => s.Name is not null).Select(s => s.Name!))}{close}{_newLine}";
        var body = string.Concat(entries.Select(e => $"{TomlWriter.Key(e.Key)} = {TomlWriter.Value(e.Value)}{_newLine}"));
        return path.Count == 0 || path[^1].Name is null || EndOf(path) is not { } end ? Cannot(path) : Insert(end, header + body, blankBefore: true);
    }

    private Result<TomlEditor> AddKey(IReadOnlyList<TomlStep> path, string written)
    {
        // The nearest place that can take the key: beside keys that begin the same way, below a header, or at the top.
        IReadOnlyList<TomlStep> parent = [.. path.SkipLast(1)];
        var dotted = parent.Count == 0 ? null : _lines.LastOrDefault(l => !l.IsHeader && l.Under(parent) && l.Section.Count < parent.Count);
        if (dotted is not null)
        {
            return AddLine(dotted, path, written);
        }

        if (_lines.FirstOrDefault(l => l.IsHeader && l.At(parent)) is { } header)
        {
            return AddLine(_lines.LastOrDefault(l => !l.IsHeader && l.Section.SequenceEqual(parent)) ?? header, path, written);
        }

        if (parent.Count > 0)
        {
            return AppendTable(parent, []) is { Succeeded: true } made ? made.Value.AddKey(path, written) : Cannot(path);
        }

        if (_lines.LastOrDefault(l => l.Section.Count == 0) is { } top)
        {
            return AddLine(top, path, written);
        }

        var first = _lines.Count > 0 ? Lead(_lines[0].Statement.LineStart) : Text.Length;
        return Insert(first, TomlWriter.Key(path[0].Name!) + " = " + written + _newLine + (_lines.Count > 0 ? _newLine : ""), blankBefore: false);
    }

    private Result<TomlEditor> AddLine(TomlLine after, IReadOnlyList<TomlStep> path, string written)
    {
        var relative = path.Skip(after.Section.Count).Select(s => s.Name).ToArray();
        var first = after.IsHeader ? after.Statement.LineStart : after.Statement.Keys[0].Start;
        var indent = after.IsHeader ? "" : Text[after.Statement.LineStart..first];
        return relative.Contains(null)
            ? Cannot(path)
            : Insert(after.Statement.LineEnd, $"{indent}{TomlWriter.Key(relative!)} = {written}{_newLine}", blankBefore: false);
    }

    private Result<TomlEditor> SetInside(TomlLine holder, IReadOnlyList<TomlStep> path, string written) =>
        new TomlInlineEdits(Source, _newLine).Set(Value(holder), [.. path.Skip(holder.Path.Count)], written) is { } edits
            ? Edited([.. edits])
            : Cannot(path);

    private Result<TomlEditor> RemoveInside(TomlLine holder, IReadOnlyList<TomlStep> path)
    {
        var value = Value(holder);
        IReadOnlyList<TomlStep> inside = [.. path.Skip(holder.Path.Count)];
        if (new TomlInlineEdits(Source, _newLine).Remove(value, inside) is { } edit)
        {
            return Edited(edit);
        }

        // Dotted keys inside an inline table: its text is written anew.
        return NodePath.Without(value, inside) is { } rest
            ? Edited(new TomlEdit(holder.Statement.ValueStart, holder.Statement.ValueEnd, TomlWriter.Value(rest)))
            : this;
    }

    private Node Value(TomlLine line) => NodePath.Find(Root, line.Path)!;

    /// <summary>The text of a key's line, or of a header with all that stands below it.</summary>
    private TomlEdit Extent(TomlLine line)
    {
        if (!line.IsHeader)
        {
            return new TomlEdit(line.Statement.LineStart, line.Statement.LineEnd, "");
        }

        var next = _lines.FirstOrDefault(l => l.IsHeader && l.Statement.LineStart > line.Statement.LineStart);
        return new TomlEdit(line.Statement.LineStart, next is null ? Text.Length : Lead(next.Statement.LineStart), "");
    }

    /// <summary>The start of the comment lines that stand right above a line, or the line's own start.</summary>
    private int Lead(int lineStart)
    {
        while (lineStart > 0)
        {
            var previous = Text.AsSpan(0, lineStart - 1).LastIndexOf('\n') + 1;
            if (!Text.AsSpan(previous, lineStart - previous).TrimStart(" \t").StartsWith("#") || _lines.Any(l => l.Statement.LineStart <= previous && previous < l.Statement.LineEnd))
            {
                return lineStart;
            }

            lineStart = previous;
        }

        return lineStart;
    }

    /// <summary>Where a new header for this path may stand: at the end, or of the element of a list of tables that it runs through.</summary>
    private int? EndOf(IReadOnlyList<TomlStep> path)
    {
        var last = path.ToList().FindLastIndex(s => s.Name is null);
        if (last < 0)
        {
            return Text.Length;
        }

        IReadOnlyList<TomlStep> element = [.. path.Take(last + 1)];
        return _lines.LastOrDefault(l => l.Under(element))?.Statement.LineEnd;
    }

    private Result<TomlEditor> Insert(int offset, string lines, bool blankBefore)
    {
        var start = offset > 0 && Text[offset - 1] != '\n' ? _newLine : "";
        var blank = blankBefore && Text.AsSpan(0, offset).Trim().Length > 0 && !Text.AsSpan(0, offset).EndsWith(_newLine + _newLine) ? _newLine : "";
        return Edited(new TomlEdit(offset, offset, start + blank + lines));
    }

    private Result<TomlEditor> Edited(params TomlEdit[] edits) => Open(Source with { Text = TomlEdit.Apply(Text, edits) });

    private Result<TomlEditor> Cannot(IReadOnlyList<TomlStep> path)
    {
        var place = Enumerable.Range(1, path.Count).Select(n => NodePath.Find(Root, path.SkipLast(n))?.Span).FirstOrDefault(s => s is not null);
        return TomlDiagnostics.CannotSet.At(place ?? Source.Whole, TomlStep.Show(path));
    }
}
