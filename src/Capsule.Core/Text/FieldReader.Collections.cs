using Capsule.Core.Schemas;

namespace Capsule.Core.Text;

public sealed partial class FieldReader
{
    /// <summary>A map with fields of its own.</summary>
    public FieldReader? Mapping(string key) => Entry(key) is { } entry ? Child(entry.Value, entry.KeySpan, Path.Key(key), ShapeOf(key)) : null;

    /// <summary>The fields of a value that <see cref="Any"/>, <see cref="List"/> or <see cref="AnyMap"/> gave, when it is a map.</summary>
    public FieldReader? Mapping(Field<Node> value, TableShape? shape = null) => Child(value.Value, value.Span, value.Path, shape);

    public FieldReader? RequiredMapping(string key) => Required(key, Mapping(key));

    /// <summary>A map from keys that the author chooses to maps, for example workloads by id. Null when absent.</summary>
    public IReadOnlyList<NamedField<FieldReader>>? Mappings(string key) =>
        Named(key, (node, keySpan, path) => Child(node, keySpan, path, (ShapeOf(key) as MapShape)?.Value));

    public IReadOnlyList<NamedField<FieldReader>>? RequiredMappings(string key) => Required(key, Mappings(key));

    /// <summary>A map from keys that the author chooses to strings. Null when absent; an entry that is null is left out.</summary>
    public IReadOnlyList<NamedField<Field<string>>>? StringMap(string key) =>
        Named(key, (node, _, path) => Scalar<string>(node, path, ScalarKind.String, "a string"));

    /// <summary>A map from keys that the author chooses to values of any type. Null when absent; an entry that is null is left out.</summary>
    public IReadOnlyList<NamedField<Field<Node>>>? AnyMap(string key) =>
        Named(key, (node, _, path) => new Field<Node>(node, node.Span, path));

    /// <summary>A list of strings. Null when absent.</summary>
    public IReadOnlyList<Field<string>>? Strings(string key) =>
        Listed(key, "a list of strings", (node, path) => Scalar<string>(node, path, ScalarKind.String, "a string"));

    public IReadOnlyList<Field<string>>? RequiredStrings(string key) => Required(key, Strings(key));

    /// <summary>A list of maps. Null when absent.</summary>
    public IReadOnlyList<FieldReader>? Items(string key) => Listed(key, "a list", (node, path) => Child(node, node.Span, path, (ShapeOf(key) as ListShape)?.Item));

    public IReadOnlyList<FieldReader>? RequiredItems(string key) => Required(key, Items(key));

    /// <summary>A list of values of any type. Null when absent.</summary>
    public IReadOnlyList<Field<Node>>? List(string key) => Listed(key, "a list", (node, path) => new Field<Node>(node, node.Span, path));

    private List<NamedField<T>>? Named<T>(string key, Func<Node, Diagnostics.SourceSpan, FieldPath, T?> read)
        where T : class
    {
        if (Mapping(key) is not { } map)
        {
            return null;
        }

        var found = new List<NamedField<T>>();
        foreach (var entry in map.Node.Entries)
        {
            var path = map.Path.Key(entry.Key);
            if (map.Entry(entry.Key) is not null && read(entry.Value, entry.KeySpan, path) is { } value)
            {
                found.Add(new NamedField<T>(new Field<string>(entry.Key, entry.KeySpan, path), value));
            }
        }

        return found;
    }

    private List<T>? Listed<T>(string key, string expected, Func<Node, FieldPath, T?> read)
        where T : class
    {
        if (Entry(key)?.Value is not { } node)
        {
            return null;
        }

        if (node is not SequenceNode sequence)
        {
            WrongType(node, Path.Key(key), expected);
            return null;
        }

        var found = new List<T>();
        for (var i = 0; i < sequence.Items.Count; i++)
        {
            if (read(sequence.Items[i], Path.Key(key).Item(i)) is { } value)
            {
                found.Add(value);
            }
        }

        return found;
    }
}
