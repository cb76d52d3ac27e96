using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Capsule.Runtime.Tests.Testing;

/// <summary>A server as kits have it: no sessions, no GET, one of three ways to write answers (specs: kits 3.9).</summary>
internal static class McpAnswers
{
    public const string Json = "application/json";
    public const string Events = "text/event-stream";
    public const string Lines = "application/x-ndjson";

    public static RequestDelegate Result(string result, string form = Json) => Server(form, _ => new JsonObject { ["result"] = JsonNode.Parse(result) });

    public static RequestDelegate Error(int code, string message) =>
        Server(Json, _ => new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    /// <summary>Answers everything but the tool call, which goes to another handler.</summary>
    public static RequestDelegate Call(RequestDelegate call) => context => AnswerAsync(context, Json, 202, (_, _) => call(context));

    public static RequestDelegate Server(string form, Func<JsonNode, JsonObject> call, int notified = 202) =>
        context => AnswerAsync(context, form, notified, (message, write) => write(call(message["params"]!)));

    private static async Task AnswerAsync(HttpContext context, string form, int notified, Func<JsonNode, Func<JsonObject, Task>, Task> call)
    {
        if (context.Request.Method != "POST" || context.Request.Path != "/mcp")
        {
            context.Response.StatusCode = 405;
            return;
        }

        var message = (await JsonNode.ParseAsync(context.Request.Body))!;
        if (message["id"] is not { } id)
        {
            context.Response.StatusCode = notified;
            return;
        }

        Task Write(JsonObject answer)
        {
            (answer["jsonrpc"], answer["id"]) = ("2.0", id.DeepClone());
            context.Response.ContentType = form;
            return context.Response.WriteAsync(form switch
            {
                Events => $"event: message\ndata: {answer.ToJsonString()}\n\n",
                Lines => answer.ToJsonString() + "\n",
                _ => answer.ToJsonString(),
            });
        }

        await ((string?)message["method"] switch
        {
            "initialize" => Write(new JsonObject
            {
                ["result"] = JsonNode.Parse("""{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"kit","version":"1"}}"""),
            }),
            "tools/call" => call(message, Write),
            _ => Write(new JsonObject { ["error"] = new JsonObject { ["code"] = -32601, ["message"] = "Method not found" } }),
        });
    }
}
