using System.Text.Json.Nodes;

namespace Capsule.Core.Text;

/// <summary>Turns positioned nodes into JSON values.</summary>
public static class NodeJson
{
    /// <summary>The value as JSON.</summary>
    /// <param name="node">The value; dates and times become their text.</param>
    /// <param name="json">The JSON value; null is JSON null.</param>
    /// <returns>The first number that JSON cannot hold; null when all went well.</returns>
    public static ScalarNode? Convert(Node node, out JsonNode? json)
    {
        json = null;
        switch (node)
        {
            case MappingNode map:
                var fields = new JsonObject();
                json = fields;
                foreach (var entry in map.Entries)
                {
                    if (Convert(entry.Value, out var value) is { } wrong)
                    {
                        return wrong;
                    }

                    fields.Add(entry.Key, value);
                }

                return null;
            case SequenceNode list:
                var items = new JsonArray();
                json = items;
                foreach (var item in list.Items)
                {
                    if (Convert(item, out var value) is { } wrong)
                    {
                        return wrong;
                    }

                    items.Add(value);
                }

                return null;
            case ScalarNode { Value: double number } scalar when !double.IsFinite(number):
                return scalar;
            case ScalarNode scalar:
                json = scalar.Value switch
                {
                    string text => JsonValue.Create(text),
                    long number => JsonValue.Create(number),
                    double number => JsonValue.Create(number),
                    bool flag => JsonValue.Create(flag),
                    _ => null,
                };
                return null;
            default:
                return null;
        }
    }
}
