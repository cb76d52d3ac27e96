using Capsule.Core.Text;

namespace Capsule.Families.Kits.Reading;

/// <summary>Changes to a manifest's values, which leave the document and all places as they are.</summary>
internal static class OldNodes
{
    /// <summary>The same map with another value under the key; as it is where there is no such key.</summary>
    public static Node In(Node node, string key, Func<Node, Node> change) =>
        node is MappingNode map && map.Find(key) is not null
            ? new MappingNode([.. map.Entries.Select(e => e.Key == key ? e with { Value = change(e.Value) } : e)], map.Span)
            : node;

    /// <summary>The same map with each of its values changed.</summary>
    public static Node InEach(Node node, Func<Node, Node> change) =>
        node is MappingNode map ? new MappingNode([.. map.Entries.Select(e => e with { Value = change(e.Value) })], map.Span) : node;

    public static MappingNode Without(MappingNode map, params string[] keys) =>
        new([.. map.Entries.Where(e => !keys.Contains(e.Key, StringComparer.Ordinal))], map.Span);

    /// <summary>The same map with an entry more, which stands where the given one stood.</summary>
    public static MappingNode With(MappingNode map, MappingEntry at, string key, Node value) =>
        new([.. map.Entries, new MappingEntry(key, at.KeySpan, value)], map.Span);

    /// <summary>A text that was written otherwise.</summary>
    public static Node Text(string value, Node at) => new ScalarNode(ScalarKind.String, value, value, at.Span);

    public static string? TextOf(Node? node) => node is ScalarNode { Kind: ScalarKind.String, Value: string text } ? text : null;
}
