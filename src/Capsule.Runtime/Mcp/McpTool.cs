using System.Text.Json.Nodes;

namespace Capsule.Runtime.Mcp;

/// <summary>One tool of an MCP server.</summary>
/// <param name="Name">By which it is called.</param>
/// <param name="Title">For people; null where it has none.</param>
/// <param name="Description">What it does; null where the server does not say.</param>
/// <param name="Json">All that the server says of it: <c>name</c>, <c>inputSchema</c> (JSON Schema), and so on.</param>
public sealed record McpTool(string Name, string? Title, string? Description, JsonObject Json);
