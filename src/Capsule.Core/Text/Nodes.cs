using System.Globalization;

namespace Capsule.Core.Text;

/// <summary>Makes values that stand in no document yet.</summary>
public static class Nodes
{
    public static Node String(string value) => new ScalarNode(ScalarKind.String, value, value, default);

    public static Node Integer(long value) => new ScalarNode(ScalarKind.Integer, value, value.ToString(CultureInfo.InvariantCulture), default);

    /// <summary>A point in time, in UTC and whole seconds.</summary>
    public static Node Moment(DateTimeOffset value)
    {
        var text = value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new ScalarNode(ScalarKind.OffsetDateTime, text, text, default);
    }

    public static Node Boolean(bool value) => new ScalarNode(ScalarKind.Boolean, value, value ? "true" : "false", default);

    public static Node List(IEnumerable<Node> items) => new SequenceNode([.. items], default);

    public static Node Strings(IEnumerable<string> items) => List(items.Select(String));

    public static MappingNode Map(IEnumerable<KeyValuePair<string, Node>> entries) =>
        new([.. entries.Select(e => new MappingEntry(e.Key, default, e.Value))], default);
}
