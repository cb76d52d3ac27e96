using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Schemas;

/// <summary>
/// Writes shapes as JSON Schema draft-07 with the extensions that editors read: <c>deprecationMessage</c>, <c>doNotSuggest</c>
/// and <c>markdownEnumDescriptions</c> (yaml-language-server), <c>x-taplo</c> (taplo). A table that is used in several
/// places becomes a definition.
/// </summary>
internal sealed partial class JsonSchemaWriter
{
    private const string Draft = "http://json-schema.org/draft-07/schema#";

    private readonly Dictionary<TableShape, int> _uses = new(ReferenceEqualityComparer.Instance);
    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);

    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static JsonObject Write(SchemaDocument document)
    {
        var writer = new JsonSchemaWriter();
        writer.Count(document.Root);
        var schema = new JsonObject
        {
            ["$schema"] = Draft,
            ["$id"] = document.Id,
            ["title"] = document.Title,
        };
        foreach (var (key, value) in writer.Value(document.Root))
        {
            schema[key] = value?.DeepClone();
        }

        if (writer._definitions.Count > 0)
        {
            schema["definitions"] = new JsonObject(writer._definitions.Select(d => KeyValuePair.Create<string, JsonNode?>(d.Key, d.Value)));
        }

        return schema;
    }

    private void Count(ValueShape shape)
    {
        switch (shape)
        {
            case TableShape table:
                _uses[table] = _uses.GetValueOrDefault(table) + 1;
                if (_uses[table] == 1)
                {
                    var inside = table.Fields.Select(f => f.Value).Concat(table.Rules.SelectMany(r => r.Fits).Select(f => f.Shape));
                    foreach (var value in table.Others is null ? inside : inside.Append(table.Others))
                    {
                        Count(value);
                    }
                }

                break;
            case EitherShape either:
                Count(either.With);
                Count(either.Without);
                break;
            case ListShape list:
                Count(list.Item);
                break;
            case MapShape map:
                Count(map.Value);
                break;
            case UnionShape union:
                foreach (var alternative in union.Alternatives)
                {
                    Count(alternative);
                }

                break;
        }
    }

    private JsonObject Value(ValueShape shape) => shape switch
    {
        TextShape text => Text(text),
        IntegerShape integer => Integer(integer),
        ScalarShape { Types: [var only] } => new JsonObject { ["type"] = only },
        ScalarShape scalar => new JsonObject { ["type"] = Strings(scalar.Types) },
        ListShape list => List(list),
        MapShape map => Map(map),
        UnionShape union => new JsonObject { ["anyOf"] = new JsonArray([.. union.Alternatives.Select(Value)]) },
        EitherShape either => Either(either),
        TableShape table when _uses[table] > 1 => Reference(table),
        TableShape table => Table(table),
        _ => [],
    };

    private JsonObject Reference(TableShape table)
    {
        if (!_definitions.ContainsKey(table.Name))
        {
            _definitions[table.Name] = [];
            _definitions[table.Name] = Table(table);
        }

        return new JsonObject { ["$ref"] = $"#/definitions/{table.Name}" };
    }

    private static JsonObject Text(TextShape text)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (text.Choices.Count > 0)
        {
            schema["enum"] = Strings(text.Values);
            if (text.Choices.Any(c => c.Description is not null))
            {
                string[] descriptions = [.. text.Choices.Select(c => c.Description ?? "")];
                schema["markdownEnumDescriptions"] = Strings(descriptions);
                schema["x-taplo"] = new JsonObject { ["docs"] = new JsonObject { ["enumValues"] = Strings(descriptions) } };
            }
        }

        Put(schema, "pattern", text.Pattern is null ? null : JsonValue.Create(text.Pattern));
        Put(schema, "minLength", Number(text.LeastLength));
        Put(schema, "maxLength", Number(text.GreatestLength));
        if (text.Examples.Count > 0)
        {
            schema["examples"] = Strings(text.Examples);
        }

        return schema;
    }

    private static JsonObject Integer(IntegerShape integer)
    {
        var schema = new JsonObject { ["type"] = "integer" };
        Put(schema, "minimum", integer.Least == long.MinValue ? null : JsonValue.Create(integer.Least));
        Put(schema, "maximum", integer.Greatest == long.MaxValue ? null : JsonValue.Create(integer.Greatest));
        return schema;
    }

    private JsonObject List(ListShape list)
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Value(list.Item) };
        Put(schema, "minItems", Number(list.Least));
        Put(schema, "maxItems", Number(list.Greatest));
        Put(schema, "uniqueItems", list.IsSet ? JsonValue.Create(true) : null);
        return schema;
    }

    private JsonObject Map(MapShape map)
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = Value(map.Value) };
        var key = Text(map.Key);
        key.Remove("type");
        key.Remove("examples");
        if (key.Count > 0)
        {
            schema["propertyNames"] = key;
        }

        // Keys of which only a few exist are offered by their names.
        if (map.Key.Choices.Count > 0)
        {
            schema["properties"] = new JsonObject(map.Key.Values.Select(k => KeyValuePair.Create<string, JsonNode?>(k, Value(map.Value))));
            schema["additionalProperties"] = false;
            schema.Remove("propertyNames");
        }

        Put(schema, "minProperties", Number(map.Least));
        Put(schema, "maxProperties", Number(map.Greatest));
        return schema;
    }

    private static void Put(JsonObject schema, string key, JsonValue? value)
    {
        if (value is not null)
        {
            schema[key] = value;
        }
    }

    private static JsonValue? Number(int? value) => value is { } number ? JsonValue.Create(number) : null;

    private static JsonArray Strings(IEnumerable<string> values) => new([.. values.Select(v => JsonValue.Create(v))]);
}
