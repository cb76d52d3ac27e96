using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;

namespace Capsule.Operations.Kits;

/// <summary>One request over a Kit's bridge and the one line that answers it (specs: kits 3.8).</summary>
/// <param name="Id">The caller's number for the request, echoed; empty when it could not be read.</param>
/// <param name="Operation">For example <c>workload_ready</c>.</param>
/// <param name="Parameters">As sent; null when null.</param>
internal sealed record BridgeFrame(string Id, string Operation, JsonObject? Parameters)
{
    public const int Largest = 4 << 20;

    public static bool TryParse(byte[] body, [NotNullWhen(true)] out BridgeFrame? frame, out string problem)
    {
        frame = null;
        problem = "";
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body).TrimEnd('\r', '\n');
            if (text.Contains('\n', StringComparison.Ordinal))
            {
                problem = "it holds more than one frame";
                return false;
            }

            if (JsonNode.Parse(text) is not JsonObject json || Text(json["id"]) is not { } id || Text(json["op"]) is not { } operation)
            {
                problem = "it has no id or no op";
                return false;
            }

            frame = new BridgeFrame(id, operation, json["params"] as JsonObject);
            return true;
        }
        catch (Exception broken) when (broken is JsonException or ArgumentException)
        {
            problem = "it is not JSON in UTF-8";
            return false;
        }
    }

    public static byte[] Ok(string id, JsonNode? value) => Line(new JsonObject { ["id"] = id, ["ok"] = value });

    public static byte[] Error(string id, string kind, Diagnostic problem) => Line(new JsonObject
    {
        ["id"] = id,
        ["error"] = new JsonObject
        {
            ["code"] = kind,
            ["message"] = $"{problem.Code}: {problem.Message} {problem.Hint}",
            ["retryable"] = false,
        },
    });

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static byte[] Line(JsonObject reply) => Encoding.UTF8.GetBytes(reply.ToJsonString() + "\n");
}
