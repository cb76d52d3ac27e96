using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Mcp;

namespace Capsule.Operations.Kits.Skills;

/// <summary>What a skill's program prints for <c>--help</c>.</summary>
public static class SkillHelp
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static string Of(string skill, IReadOnlyList<McpTool> tools)
    {
        var text = new StringBuilder();
        text.Append("Tools of the Kit '").Append(skill).Append("', which runs on this machine.\n\nUsage: ").Append(skill).Append(" TOOL [NAME=VALUE ... | --json OBJECT | -]\n       ").Append(skill).Append(" TOOL --help\n");
        foreach (var tool in tools)
        {
            text.Append("\n  ").Append(SkillFiles.Line(tool.Name)).Append('\n');
            if (tool.Description is not null)
            {
                text.Append("      ").Append(SkillFiles.Line(tool.Description)).Append('\n');
            }

            foreach (var (name, schema) in Schema(tool)?["properties"] as JsonObject ?? [])
            {
                text.Append("      ").Append(SkillFiles.Line(name)).Append('=').Append(Type(schema)).Append(IsRequired(tool, name) ? ", required" : "");
                var says = schema is JsonObject fields && fields["description"] is JsonValue value && value.TryGetValue(out string? found) ? found : null;
                text.Append(says is null ? "" : ": " + SkillFiles.Line(says)).Append('\n');
            }
        }

        return text.ToString().TrimEnd();
    }

    /// <summary>One tool, with its whole schema.</summary>
    public static string Of(McpTool tool)
    {
        var schema = Schema(tool)?.ToJsonString(Indented) ?? "{}";
        return $"{SkillFiles.Line(tool.Name)}{(tool.Description is null ? "" : "\n" + SkillFiles.Line(tool.Description, 4000))}\n\n{string.Join('\n', schema.Split('\n').Select(TerminalText.Line))}";
    }

    /// <summary>What a tool takes, as JSON Schema.</summary>
    public static JsonObject? Schema(McpTool tool) => tool.Json["inputSchema"] as JsonObject;

    private static bool IsRequired(McpTool tool, string name) =>
        Schema(tool)?["required"] is JsonArray required && required.Any(r => r is JsonValue value && value.TryGetValue(out string? text) && text == name);

    private static string Type(JsonNode? schema) => schema is JsonObject fields && fields["type"] is { } type
        ? SkillFiles.Line(type is JsonArray several ? string.Join('|', several.Select(t => t?.ToString())) : type.ToString(), 60).ToUpperInvariant()
        : "VALUE";
}
