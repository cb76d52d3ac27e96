using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>How a table came to be; it decides what may still be added to it.</summary>
internal enum TomlOrigin
{
    /// <summary>Only named on the way to a deeper header: a header of its own may follow.</summary>
    Implied,

    /// <summary>Has its header.</summary>
    Header,

    /// <summary>Made by a dotted key: more dotted keys may follow, a header may not.</summary>
    Dotted,
}

/// <summary>A table while the document is being read.</summary>
internal sealed class TomlTable(TomlOrigin origin, int depth, SourceSpan span)
{
    private readonly Dictionary<string, TomlEntry> _byName = new(StringComparer.Ordinal);
    private readonly List<TomlEntry> _entries = [];

    public TomlOrigin Origin { get; set; } = origin;

    public int Depth { get; } = depth;

    public SourceSpan Span { get; set; } = span;

    public TomlEntry? Find(string name) => _byName.GetValueOrDefault(name);

    public void Add(TomlEntry entry)
    {
        _byName.Add(entry.Name, entry);
        _entries.Add(entry);
    }

    public MappingNode ToNode() => new([.. _entries.Select(e => new MappingEntry(e.Name, e.KeySpan, e.ToNode()))], Span);
}

/// <summary>What stands under one name: exactly one of a value, a table and a list of tables.</summary>
internal sealed class TomlEntry(string name, SourceSpan keySpan)
{
    public string Name { get; } = name;

    public SourceSpan KeySpan { get; } = keySpan;

    public Node? Value { get; init; }

    public TomlTable? Table { get; init; }

    public List<TomlTable>? Tables { get; init; }

    /// <summary>For messages.</summary>
    public string Words => this switch
    {
        { Tables: not null } => "a list of tables",
        { Table: not null } => "a table",
        { Value: MappingNode } => "an inline table, which is complete as it stands",
        { Value: { } value } => NodeWords.Describe(value),
        _ => "a value",
    };

    public Node ToNode() => this switch
    {
        { Value: { } value } => value,
        { Table: { } table } => table.ToNode(),
        _ => new SequenceNode([.. Tables!.Select(t => t.ToNode())], Tables![0].Span),
    };
}
