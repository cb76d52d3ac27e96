using System.Text.Json.Nodes;

namespace Capsule.Runtime.Mcp;

/// <summary>What a tool answered.</summary>
/// <param name="IsError">True when the tool says that it failed; its text tells why.</param>
/// <param name="Text">For people: its texts, one below the other, and what else there is by its type in brackets; without any, its structured content as JSON.</param>
/// <param name="Json">The result as it came: <c>content</c>, <c>structuredContent</c>, <c>isError</c>.</param>
public sealed record McpToolResult(bool IsError, string Text, JsonObject Json);
