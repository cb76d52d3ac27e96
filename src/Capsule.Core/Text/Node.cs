using Capsule.Core.Diagnostics;

namespace Capsule.Core.Text;

/// <summary>A value in a manifest, whatever its language (TOML, YAML, JSON), with its place in the text.</summary>
public abstract record Node(SourceSpan Span);

/// <summary>A single value. <see cref="Value"/> is a string, long, double, bool, a date or time as text, or null.</summary>
/// <param name="Kind">What the document says the value is.</param>
/// <param name="Value">The value in its .NET type: string, long, double, bool, null, or the normalised text of a date or time.</param>
/// <param name="Raw">The text as written, without quotes resolved; for messages.</param>
/// <param name="Span">Where it stands.</param>
public sealed record ScalarNode(ScalarKind Kind, object? Value, string Raw, SourceSpan Span) : Node(Span);

/// <summary>The types a scalar can have. The last four exist in TOML only.</summary>
public enum ScalarKind
{
    Null,
    String,
    Integer,
    Float,
    Boolean,
    OffsetDateTime,
    LocalDateTime,
    LocalDate,
    LocalTime,
}

/// <summary>An ordered list.</summary>
public sealed record SequenceNode(IReadOnlyList<Node> Items, SourceSpan Span) : Node(Span);

/// <summary>Keys and values in document order; keys are unique.</summary>
public sealed record MappingNode(IReadOnlyList<MappingEntry> Entries, SourceSpan Span) : Node(Span)
{
    private readonly Dictionary<string, MappingEntry> _byKey = Entries.ToDictionary(e => e.Key, StringComparer.Ordinal);

    public MappingEntry? Find(string key) => _byKey.GetValueOrDefault(key);
}

/// <summary>One key with its value.</summary>
public sealed record MappingEntry(string Key, SourceSpan KeySpan, Node Value);
