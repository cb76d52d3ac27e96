using System.Text.Json.Nodes;

namespace Capsule.Runtime.Mcp;

/// <summary>What the bridge has to know of a JSON-RPC 2.0 message, or of a batch of them. Ids are compared as their JSON text.</summary>
internal static class BridgeMessage
{
    public const int ParseError = -32700;
    public const int InternalError = -32603;

    /// <summary>The method of a single message; null for an answer and for a batch.</summary>
    public static string? Method(JsonNode message) => (message as JsonObject)?["method"] is JsonValue value && value.TryGetValue(out string? method) ? method : null;

    /// <summary>The ids that wait for an answer.</summary>
    public static IReadOnlyList<string> Requests(JsonNode message) =>
        [.. from one in message is JsonArray all ? all.OfType<JsonObject>() : [message.AsObject()] where one.ContainsKey("method") && one["id"] is not null select one["id"]!.ToJsonString()];

    /// <summary>The id that this is the answer to; null for a notification or a request.</summary>
    public static string? AnsweredId(JsonNode message) => message is JsonObject one && !one.ContainsKey("method") ? one["id"]?.ToJsonString() : null;

    /// <summary>The request that this says nobody waits for any more.</summary>
    public static string? CancelledId(JsonNode message) => Method(message) == "notifications/cancelled" ? (message["params"] as JsonObject)?["requestId"]?.ToJsonString() : null;

    public static JsonObject Failure(JsonNode? id, int code, string why) => new()
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id,
        ["error"] = new JsonObject { ["code"] = code, ["message"] = why },
    };
}
