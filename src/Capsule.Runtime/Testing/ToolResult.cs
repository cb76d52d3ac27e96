using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Capsule.Runtime.Testing;

/// <summary>The value of a tool's result (specs: kits 2.2).</summary>
internal static class ToolResult
{
    private const int ShownText = 1000;

    /// <summary>The structured content; else a single text that is JSON; else <c>{content: [...]}</c>.</summary>
    public static JsonNode? Value(CallToolResult result)
    {
        if (result.StructuredContent is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } structured)
        {
            return JsonNode.Parse(structured.GetRawText());
        }

        return result.Content is [TextContentBlock only] && JsonText.TryParse(only.Text, out var value)
            ? value
            : new JsonObject { ["content"] = JsonSerializer.SerializeToNode(result.Content, McpJsonUtilities.DefaultOptions) };
    }

    /// <summary>What a tool says about its failure.</summary>
    public static string Text(CallToolResult result)
    {
        var text = string.Join(' ', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
        return text.Length == 0 ? "it gave no reason." : text.Length <= ShownText ? text : text[..ShownText] + "…";
    }
}
