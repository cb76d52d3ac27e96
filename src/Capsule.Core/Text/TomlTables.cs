using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>Puts headers and keys together into tables (TOML 1.0, "Keys", "Table", "Array of Tables").</summary>
internal sealed class TomlTables(TomlScanner scanner)
{
    private int _nodes;

    /// <summary>The table that <c>[a.b.c]</c> opens.</summary>
    public TomlTable Open(TomlTable root, IReadOnlyList<TomlKey> keys, SourceSpan header)
    {
        var parent = ParentOfHeader(root, keys);
        var last = keys[^1];
        switch (parent.Find(last.Name))
        {
            case null:
                var table = Table(TomlOrigin.Header, parent, last, header);
                parent.Add(new TomlEntry(last.Name, Span(last)) { Table = table });
                return table;
            case { Table: { Origin: TomlOrigin.Implied } implied }:
                implied.Origin = TomlOrigin.Header;
                implied.Span = header;
                return implied;
            case { Table: { } other } twice:
                throw scanner.Refuse(
                    TomlDiagnostics.DuplicateTable, last.Start, last.End, Path(keys, keys.Count), Span(last).Line, Place(other, twice).Line);
            case { } entry:
                throw NotATable(keys, keys.Count, entry);
        }
    }

    /// <summary>The new table that <c>[[a.b.c]]</c> appends.</summary>
    public TomlTable Append(TomlTable root, IReadOnlyList<TomlKey> keys, SourceSpan header)
    {
        var parent = ParentOfHeader(root, keys);
        var last = keys[^1];
        var entry = parent.Find(last.Name);
        if (entry is null)
        {
            entry = new TomlEntry(last.Name, Span(last)) { Tables = [] };
            parent.Add(entry);
        }

        if (entry.Tables is not { } tables)
        {
            throw NotATable(keys, keys.Count, entry);
        }

        var table = Table(TomlOrigin.Header, parent, last, header, levels: 2);
        tables.Add(table);
        return table;
    }

    /// <summary>Sets <c>a.b.c = value</c> in a table.</summary>
    public void Set(TomlTable table, IReadOnlyList<TomlKey> keys, Func<int, Node> value)
    {
        for (var i = 0; i < keys.Count - 1; i++)
        {
            table = table.Find(keys[i].Name) switch
            {
                null => Add(table, keys[i], TomlOrigin.Dotted),
                { Table: { Origin: TomlOrigin.Dotted } dotted } => dotted,
                { Table: { } } closed => throw NotATable(keys, i + 1, closed, "a table with a place of its own"),
                { } entry => throw NotATable(keys, i + 1, entry),
            };
        }

        var last = keys[^1];
        if (table.Find(last.Name) is { } twice)
        {
            throw scanner.Refuse(
                TomlDiagnostics.DuplicateKey, last.Start, last.End, Path(keys, keys.Count), Span(last).Line, twice.KeySpan.Line);
        }

        table.Add(new TomlEntry(last.Name, Span(last)) { Value = value(table.Depth) });
    }

    /// <summary>Counts one value or table against the limit.</summary>
    public void Count(int start, int end)
    {
        if (++_nodes > TomlLimits.Nodes)
        {
            throw scanner.Refuse(TomlDiagnostics.TooManyValues, start, end, TomlLimits.Nodes);
        }
    }

    private TomlTable ParentOfHeader(TomlTable root, IReadOnlyList<TomlKey> keys)
    {
        var table = root;
        for (var i = 0; i < keys.Count - 1; i++)
        {
            table = table.Find(keys[i].Name) switch
            {
                null => Add(table, keys[i], TomlOrigin.Implied),
                { Table: { } open } => open,
                { Tables: { } tables } => tables[^1],
                { } entry => throw NotATable(keys, i + 1, entry),
            };
        }

        return table;
    }

    private TomlTable Add(TomlTable parent, TomlKey key, TomlOrigin origin)
    {
        var table = Table(origin, parent, key, Span(key));
        parent.Add(new TomlEntry(key.Name, Span(key)) { Table = table });
        return table;
    }

    private TomlTable Table(TomlOrigin origin, TomlTable parent, TomlKey key, SourceSpan span, int levels = 1)
    {
        Count(key.Start, key.End);
        return parent.Depth + levels <= TomlLimits.Depth
            ? new TomlTable(origin, parent.Depth + levels, span)
            : throw scanner.Refuse(TomlDiagnostics.TooDeep, key.Start, key.End, TomlLimits.Depth);
    }

    private RefusedException NotATable(IReadOnlyList<TomlKey> keys, int count, TomlEntry entry, string? words = null)
    {
        var key = keys[count - 1];
        var place = entry.Table is { } table ? Place(table, entry) : entry.KeySpan;
        return scanner.Refuse(TomlDiagnostics.NotATable, key.Start, key.End, Path(keys, count), place.Line, words ?? entry.Words);
    }

    private static SourceSpan Place(TomlTable table, TomlEntry entry) => table.Origin == TomlOrigin.Header ? table.Span : entry.KeySpan;

    private static string Path(IEnumerable<TomlKey> keys, int count) => string.Join('.', keys.Take(count).Select(k => TomlWriter.Key(k.Name)));

    private SourceSpan Span(TomlKey key) => scanner.Span(key.Start, key.End);
}
