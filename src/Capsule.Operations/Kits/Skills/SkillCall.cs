using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits.Skills;

/// <summary>
/// The words behind a skill's program: <c>TOOL [NAME=VALUE … | --json OBJECT | -]</c>, or <c>--help</c> with or without a tool. A value is what the
/// tool's JSON Schema says of its name: text, or JSON where it is no string.
/// </summary>
/// <param name="Tool">Null for help about all.</param>
/// <param name="Help">True when help is asked for.</param>
/// <param name="Json">The object as it was written; <c>-</c> for the standard input, null when pairs are given.</param>
/// <param name="Pairs">In the order of the command line.</param>
public sealed record SkillCall(string? Tool, bool Help, string? Json, IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    private const string Input = "-";

    /// <summary>True when the object comes over the standard input.</summary>
    public bool ReadsInput => Json == Input;

    /// <summary>Tells the words apart (CAP5506).</summary>
    public static Result<SkillCall> Read(IReadOnlyList<string> words)
    {
        if (words.Count == 0 || words[0] is "--help" or "-h" or "help")
        {
            return new SkillCall(words.Count > 1 ? words[1] : null, true, null, []);
        }

        var (tool, json, pairs) = (words[0], (string?)null, new List<KeyValuePair<string, string>>());
        for (var i = 1; i < words.Count; i++)
        {
            var cut = words[i].IndexOf('=', StringComparison.Ordinal);
            if (words[i] is "--help" or "-h")
            {
                return new SkillCall(tool, true, null, []);
            }

            if (json is null && pairs.Count == 0 && (words[i] == Input || words[i].StartsWith("--json=", StringComparison.Ordinal) || (words[i] == "--json" && i + 1 < words.Count)))
            {
                json = words[i] == Input ? Input : words[i] == "--json" ? words[++i] : words[i][(cut + 1)..];
            }
            else if (json is null && cut > 0 && !words[i].StartsWith('-'))
            {
                pairs.Add(new(words[i][..cut], words[i][(cut + 1)..]));
            }
            else
            {
                return SkillDiagnostics.BadArgument.Now(words[i]);
            }
        }

        return tool.StartsWith('-') ? SkillDiagnostics.BadArgument.Now(tool) : new SkillCall(tool, false, json, pairs);
    }

    /// <summary>The arguments for a tool (CAP5507).</summary>
    /// <param name="schema">Of its input, as the tool says it.</param>
    /// <param name="input">What the standard input holds, where it is read.</param>
    public Result<JsonObject> Arguments(JsonObject? schema, string? input)
    {
        if ((ReadsInput ? input : Json) is { } text)
        {
            try
            {
                return JsonNode.Parse(text) is JsonObject given ? given : SkillDiagnostics.BadJson.Now("it is something else.");
            }
            catch (JsonException problem)
            {
                return SkillDiagnostics.BadJson.Now(problem.Message);
            }
        }

        var arguments = new JsonObject();
        foreach (var (name, value) in Pairs)
        {
            var type = (schema?["properties"] as JsonObject)?[name] is JsonObject property ? property["type"] : null;
            var node = IsText(type) ? JsonValue.Create(value) : Parsed(value);
            if (arguments[name] is { } before)
            {
                // A name that is repeated is a list.
                var list = before as JsonArray ?? [before.DeepClone()];
                list.Add(node);
                arguments[name] = before is JsonArray ? list.DeepClone() : list;
            }
            else
            {
                arguments[name] = Has(type, "array") && node is not JsonArray ? new JsonArray(node) : node;
            }
        }

        return arguments;
    }

    private static bool IsText(JsonNode? type) => Has(type, "string");

    private static bool Has(JsonNode? type, string name) => type switch
    {
        JsonValue value => value.TryGetValue(out string? one) && one == name,
        JsonArray several => several.Any(t => Has(t, name)),
        _ => false,
    };

    private static JsonNode? Parsed(string value)
    {
        try
        {
            return JsonNode.Parse(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
