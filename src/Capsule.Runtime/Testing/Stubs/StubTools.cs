using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Plans;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Testing.Stubs;

/// <summary>The tools of an MCP endpoint that is stubbed: JSON-RPC over POST, answered in the form that the caller asks for (specs: kits 3.9).</summary>
/// <param name="name">What is stubbed.</param>
/// <param name="answers">A result for each tool.</param>
/// <param name="refuse">Words for a call that has none; they go into the log too.</param>
internal sealed class StubTools(string name, IReadOnlyList<StubAnswer> answers, Func<string, string> refuse)
{
    private const int MethodNotFound = -32601;
    private const int InvalidParameters = -32602;
    private const int ParseError = -32700;
    private const string Json = "application/json";
    private const string Events = "text/event-stream";
    private const string Lines = "application/x-ndjson";

    public async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(context.RequestAborted);
        JsonNode[] replies;
        try
        {
            replies = [.. Messages(text, context.Request.ContentType).Select(Reply).OfType<JsonNode>()];
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            replies = [Error(null, ParseError, problem.Message)];
        }

        if (replies.Length == 0)
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        var form = (context.Request.Headers.Accept.ToString().Split(',').Select(t => t.Split(';')[0].Trim()).FirstOrDefault(t => t is Json or Events or Lines)) ?? Lines;
        context.Response.ContentType = form;
        await context.Response.WriteAsync(
            form switch
            {
                Json => replies.Length == 1 ? replies[0].ToJsonString() : new JsonArray(replies).ToJsonString(),
                Events => string.Concat(replies.Select(r => $"event: message\ndata: {r.ToJsonString()}\n\n")),
                _ => string.Concat(replies.Select(r => r.ToJsonString() + "\n")),
            },
            context.RequestAborted);
    }

    private static IEnumerable<JsonNode> Messages(string text, string? type) => type?.Split(';')[0].Trim() == Json
        ? JsonNode.Parse(text) is JsonArray batch ? batch.OfType<JsonNode>() : [JsonNode.Parse(text)!]
        : text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => JsonNode.Parse(line)!);

    /// <summary>Null for what wants no answer.</summary>
    private JsonNode? Reply(JsonNode message)
    {
        var (id, method, parameters) = (message["id"], (string?)message["method"], message["params"]);
        return id is null || method is null ? null : method switch
        {
            "initialize" => Result(id, new JsonObject
            {
                ["protocolVersion"] = (string?)parameters?["protocolVersion"] ?? "2025-06-18",
                ["capabilities"] = new JsonObject { ["tools"] = new JsonObject() },
                ["serverInfo"] = new JsonObject { ["name"] = name, ["version"] = "0" },
            }),
            "ping" => Result(id, new JsonObject()),
            "tools/list" => Result(id, new JsonObject { ["tools"] = new JsonArray([.. answers.Select(a => a.Tool!).Distinct().Select(t => new JsonObject { ["name"] = t, ["inputSchema"] = new JsonObject { ["type"] = "object" } })]) }),
            "tools/call" => (string?)parameters?["name"] is var tool && answers.FirstOrDefault(a => a.Tool == tool) is { } answer
                ? Result(id, Called(answer))
                : Error(id, InvalidParameters, refuse($"the tool '{tool}'")),
            _ => Error(id, MethodNotFound, $"Method not found: {method}"),
        };
    }

    private static JsonObject Called(StubAnswer answer)
    {
        var result = new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = answer.Text ?? answer.Json ?? "" }) };
        if (answer.Json is { } json && JsonNode.Parse(json) is JsonObject structured)
        {
            result["structuredContent"] = structured;
        }

        return result;
    }

    private static JsonObject Result(JsonNode id, JsonNode result) => new() { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone(), ["result"] = result };

    private static JsonObject Error(JsonNode? id, int code, string message) =>
        new() { ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone(), ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };
}
