using System.Text.Json.Nodes;

namespace Capsule.Core.Schemas;

internal sealed partial class JsonSchemaWriter
{
    private JsonObject Table(TableShape table)
    {
        var schema = new JsonObject { ["description"] = table.Description, ["type"] = "object" };
        if (table.Fields.Any(f => f.Required))
        {
            schema["required"] = Strings(table.Fields.Where(f => f.Required).Select(f => f.Key));
        }

        schema["properties"] = new JsonObject(table.Fields.Select(f => KeyValuePair.Create<string, JsonNode?>(f.Key, Field(f))));
        schema["additionalProperties"] = table.Others is { } others ? Value(others.Value) : false;
        if (table.Others?.Key.Pattern is { } pattern)
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = pattern };
        }

        if (table.Rules.Count > 0)
        {
            // Beside "allOf", taplo completes none of the properties; behind a condition that is always true, it does.
            schema["if"] = new JsonObject { ["type"] = "object" };
            schema["then"] = new JsonObject { ["allOf"] = new JsonArray([.. table.Rules.Select(Rule)]) };
        }

        return schema;
    }

    private JsonObject Either(EitherShape either) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { [either.Key] = new JsonObject { ["description"] = either.With.Find(either.Key)!.Description } },
        ["if"] = new JsonObject { ["required"] = Strings([either.Key]) },
        ["then"] = Value(either.With),
        ["else"] = Value(either.Without),
    };

    private JsonObject Field(FieldShape field)
    {
        // What a schema forbids is printed by taplo, so the way out stands in it; the others read the deprecation.
        var schema = field.Instead is { } instead
            ? new JsonObject
            {
                ["deprecationMessage"] = $"'{field.Key}' is no longer part of the manifest. Write {instead}.",
                ["doNotSuggest"] = true,
                ["not"] = new JsonObject { ["description"] = $"Write {instead}." },
                ["x-taplo"] = new JsonObject { ["hidden"] = true },
            }
            : Value(field.Value);
        schema["description"] = field.Description;
        if (field.Default is not null)
        {
            schema["default"] = field.Default.DeepClone();
        }

        // Where taplo finds documentation of its own, it shows no description.
        if (schema["x-taplo"]?["docs"] is JsonObject docs)
        {
            docs["main"] = field.Description;
        }

        // Description first: it is what a person looks for.
        schema.Remove("description");
        schema.Insert(0, "description", field.Description);
        return schema;
    }

    private JsonObject Rule(TableRule rule)
    {
        var then = Demand(rule);
        if (rule.When.Count == 0 && rule.WhenAbsent is null)
        {
            return then;
        }

        var condition = new JsonObject();
        var fixedValues = rule.When.Where(w => w.Values.Count > 0).ToArray();
        if (fixedValues.Length > 0)
        {
            condition["properties"] = new JsonObject(fixedValues.Select(w =>
                KeyValuePair.Create<string, JsonNode?>(w.Key, new JsonObject { ["enum"] = Strings(w.Values) })));
        }

        if (rule.When.Count > 0)
        {
            condition["required"] = Strings(rule.When.Select(w => w.Key));
        }

        if (rule.WhenAbsent is { } absent)
        {
            condition["not"] = new JsonObject { ["required"] = Strings([absent]) };
        }

        return new JsonObject { ["if"] = condition, ["then"] = then };
    }

    private JsonObject Demand(TableRule rule)
    {
        var then = new JsonObject();
        if (rule.Requires.Count > 0)
        {
            then["required"] = Strings(rule.Requires);
        }

        if (rule.RequiresOneOf.Count > 0)
        {
            then["anyOf"] = new JsonArray([.. rule.RequiresOneOf.Select(key => new JsonObject { ["required"] = Strings([key]) })]);
        }

        if (rule.Forbids.Count + rule.Fits.Count > 0)
        {
            then["properties"] = new JsonObject(
            [
                .. rule.Forbids.Select(key => KeyValuePair.Create<string, JsonNode?>(key, false)),
                .. rule.Fits.Select(fit => KeyValuePair.Create<string, JsonNode?>(fit.Key, Value(fit.Shape))),
            ]);
        }

        if (rule.Others is { } others)
        {
            then["additionalProperties"] = Rule(others);
        }

        return then;
    }
}
