using Capsule.Core.Schemas;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Shapes;

/// <summary>The four forms of an endpoint (specs: kits 1.4).</summary>
internal static class EndpointShape
{
    public static TableShape Full { get; } = new("endpoint", "An endpoint with protocol, path and settings.",
    [
        new("protocol", KitTexts.Protocol, "What is spoken there.") { Required = true },
        new("path", KitTexts.HttpPath, "Where it is; without it, '/' and the protocol's name."),
        new("config", Config, "Settings of an mcp endpoint."),
    ])
    {
        Rules = [TableRule.With("protocol", [.. Model.Endpoint.Protocols.Where(p => p != "mcp")]) with { Forbids = ["config"] }],
    };

    public static UnionShape Endpoint { get; } = new(
        KitTexts.Protocol,
        KitTexts.HttpPath,
        Full,
        new MapShape(TextShape.OneOf(Model.Endpoint.Protocols), KitTexts.HttpPath) { Least = 1, Greatest = 1 });

    private static TableShape Config => new("endpoint_config", "Settings of an mcp endpoint.",
    [
        new("timeout_ms", new IntegerShape(1, int.MaxValue), "How long a call may take, in milliseconds."),
    ]);
}
