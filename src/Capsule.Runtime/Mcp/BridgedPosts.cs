using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Mcp;

/// <summary>The HTTP side of the bridge: a message goes as a POST, its answers come in one of the three forms that Kits use (specs: kits 3.9).</summary>
internal sealed class BridgedPosts(Uri address, HttpClient http) : IDisposable
{
    private const int ShownBody = 500;

    private string? _version;
    private string? _session;

    /// <summary>Sends it and gives what comes back, the moment it comes.</summary>
    /// <param name="line">The message.</param>
    /// <param name="ids">Those of its requests.</param>
    /// <param name="cancel">Ends the exchange.</param>
    public async IAsyncEnumerable<JsonNode> SendAsync(string line, IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(line)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        Add(request, "MCP-Protocol-Version", _version);
        Add(request, "Mcp-Session-Id", _session);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        if (response.Headers.TryGetValues("Mcp-Session-Id", out var session))
        {
            _session = session.First();
        }

        await using var body = new BoundedStream(await response.Content.ReadAsStreamAsync(cancel), McpToolClient.LargestAnswer);
        var type = response.Content.Headers.ContentType?.MediaType;
        if (!response.IsSuccessStatusCode)
        {
            foreach (var failure in Failures(ids, (int)response.StatusCode, await TextAsync(body, cancel)))
            {
                yield return failure;
            }
        }
        else if (type == "text/event-stream")
        {
            await foreach (var item in SseParser.Create(body).EnumerateAsync(cancel))
            {
                foreach (var message in item.Data.Length == 0 ? [] : Messages(item.Data))
                {
                    yield return message;
                }
            }
        }
        else
        {
            using var reader = new StreamReader(body);
            var texts = type == "application/json" ? [await reader.ReadToEndAsync(cancel)] : (await reader.ReadToEndAsync(cancel)).Split('\n');
            foreach (var message in texts.Where(t => t.Trim().Length > 0).SelectMany(Messages))
            {
                yield return message;
            }
        }
    }

    /// <summary>From the answer to <c>initialize</c> on, each request says which version of MCP is spoken.</summary>
    public void Learn(JsonNode asked, JsonNode answer)
    {
        if (BridgeMessage.Method(asked) == "initialize" && answer["result"] is JsonObject result && result["protocolVersion"] is JsonValue value && value.TryGetValue(out string? version))
        {
            _version = version;
        }
    }

    public void Dispose() => http.Dispose();

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    /// <summary>The server's own words when they are an answer; else one for each request.</summary>
    private static IEnumerable<JsonNode> Failures(IReadOnlyList<string> ids, int status, string text)
    {
        if (TryParse(text) is JsonObject { } said && said.ContainsKey("jsonrpc") && said["id"] is { } id && ids.Contains(id.ToJsonString()))
        {
            return [said];
        }

        var shown = text.Length <= ShownBody ? text : text[..ShownBody] + "…";
        return ids.Select(one => BridgeMessage.Failure(JsonNode.Parse(one), BridgeMessage.InternalError, $"HTTP {status}: {shown}".TrimEnd(' ', ':')));
    }

    private static IEnumerable<JsonNode> Messages(string text) => JsonNode.Parse(text) switch
    {
        JsonArray all => all.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => throw new JsonException("the answer is no JSON-RPC message"),
    };

    private static JsonNode? TryParse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static async Task<string> TextAsync(Stream body, CancellationToken cancel)
    {
        using var reader = new StreamReader(body, leaveOpen: true);
        return await reader.ReadToEndAsync(cancel);
    }
}
