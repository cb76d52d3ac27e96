using Capsule.Core.Schemas;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Shapes;

/// <summary>What ids, paths and names of a Kit look like (specs: kits 1.1). Readers check with these same patterns.</summary>
internal static class KitTexts
{
    public const string IdPattern = "[a-z](?:[a-z0-9_-]*[a-z0-9])?";

    public const string VariablePattern = "[A-Za-z_][A-Za-z0-9_]*";

    public const string TestIdPattern = "[A-Za-z0-9_-]+";

    // An id becomes part of file names and of socket paths, which the system limits to 107 bytes.
    public const int LongestId = 64;

    private const string PathCharacters = @"[^/?#\\%\u0000-\u0020\u007f]";

    public static TextShape Id { get; } = TextShape.Whole(IdPattern) with { GreatestLength = LongestId };

    public static TextShape Variable { get; } = TextShape.Whole(VariablePattern);

    /// <summary>An absolute path without query, escapes, empty segments, <c>.</c> and <c>..</c>.</summary>
    public static TextShape HttpPath { get; } = TextShape.Whole($@"/|(?:/(?!\.{{1,2}}(?:/|$)){PathCharacters}+)+/*", "/", "/mcp", "/health");

    public static TextShape RequestPath { get; } = TextShape.Whole(@"/[^#\\\u0000-\u0020\u007f]*", "/", "/items?page=2");

    public static TextShape Protocol { get; } = TextShape.OneOf(
        Endpoint.Protocols.Select(p => new Choice(p, Protocols[p])));

    /// <summary>A protocol name or the path of an endpoint.</summary>
    public static UnionShape EndpointReference { get; } = new(Protocol, HttpPath);

    /// <summary>A string without a dash in front, so that no program can take it for a flag.</summary>
    public static TextShape Argument { get; } = new() { Pattern = @"^(?!-)(?=[\s\S]*\S)" };

    private static Dictionary<string, string> Protocols => new(StringComparer.Ordinal)
    {
        ["http"] = "Plain HTTP, at `/http`.",
        ["mcp"] = "Model Context Protocol, at `/mcp`.",
        ["oaic"] = "An API compatible with OpenAI's, at `/oaic`.",
        ["a2a"] = "Agent to agent, at `/a2a`.",
    };
}
