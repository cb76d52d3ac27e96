using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;
using Capsule.Runtime.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Capsule.Runtime.Mcp;

/// <summary>A client of one MCP endpoint that lists and calls tools: Streamable HTTP, no session (specs: kits 3.9).</summary>
public sealed class McpToolClient : IAsyncDisposable
{
    /// <summary>Bytes of one answer that are read at most, against servers that never stop to answer.</summary>
    public const int LargestAnswer = 64 << 20;

    private readonly Uri _address;
    private readonly McpWire _wire;
    private McpClient? _client;

    private McpToolClient(Uri address, McpWire wire) => (_address, _wire) = (address, wire);

    /// <summary>Connects and says hello.</summary>
    /// <param name="address">Of the endpoint, for example <c>http://127.0.0.1:40123/mcp</c>.</param>
    /// <param name="dial">Another way there than the address; null for its host and port.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static async Task<Result<McpToolClient>> ConnectAsync(Uri address, Dial? dial, CancellationToken cancel)
    {
        var tools = new McpToolClient(address, new McpWire(CaseClient.Handler(dial), LargestAnswer));
        try
        {
            tools._client = await McpConnection.OpenAsync(address, tools._wire, "capsule", cancel);
            return tools;
        }
        catch (Exception problem) when (McpConnection.IsExpected(problem))
        {
            await tools.DisposeAsync();
            cancel.ThrowIfCancellationRequested();
            return tools.Explain("initialize", problem);
        }
    }

    /// <summary>All tools, in the server's order.</summary>
    public Task<Result<IReadOnlyList<McpTool>>> ListAsync(CancellationToken cancel) => AskAsync<IReadOnlyList<McpTool>>("tools/list", async () =>
    {
        var tools = await _client!.ListToolsAsync(cancellationToken: cancel);
        return [.. tools.Select(t => new McpTool(t.Name, t.Title, t.ProtocolTool.Description, Json(t.ProtocolTool)))];
    }, cancel);

    /// <summary>Calls one. A tool that says that it failed is a result too.</summary>
    public Task<Result<McpToolResult>> CallAsync(string tool, JsonObject arguments, CancellationToken cancel) => AskAsync(tool, async () =>
    {
        var inputs = arguments.ToDictionary(a => a.Key, a => JsonSerializer.SerializeToElement(a.Value));
        var result = await _client!.CallToolAsync(new CallToolRequestParams { Name = tool, Arguments = inputs }, cancel);
        return new McpToolResult(result.IsError == true, TextOf(result), Json(result));
    }, cancel);

    public async ValueTask DisposeAsync()
    {
        if (_client is { } client)
        {
            _client = null;
            await client.DisposeAsync();
        }

        _wire.Dispose();
    }

    private async Task<Result<T>> AskAsync<T>(string what, Func<Task<T>> ask, CancellationToken cancel)
        where T : class
    {
        try
        {
            return new Result<T>(await ask(), []);
        }
        catch (Exception problem) when (McpConnection.IsExpected(problem))
        {
            cancel.ThrowIfCancellationRequested();
            return Explain(what, problem);
        }
    }

    private Diagnostic Explain(string what, Exception problem) =>
        _wire.TooLarge ? McpDiagnostics.TooLarge.Now(_address, LargestAnswer >> 20)
        : _wire.Status is null ? McpDiagnostics.NoAnswer.Now(_address, CaseClient.Reason(problem))
        : _wire.Status is < 200 or > 299 ? McpDiagnostics.NotMcp.Now(_address, $"HTTP status {_wire.Status} {_wire.Refusal}".TrimEnd())
        : problem is McpProtocolException refusal ? McpDiagnostics.Refused.Now(what, McpConnection.Sentence(refusal))
        : McpDiagnostics.NotMcp.Now(_address, $"the answer of type {_wire.ContentType ?? "none"} holds no JSON-RPC reply ({CaseClient.Reason(problem)})");

    private static string TextOf(CallToolResult result) =>
        result.Content.Count > 0 ? string.Join('\n', result.Content.Select(TextOf))
        : result.StructuredContent is { ValueKind: not (JsonValueKind.Undefined or JsonValueKind.Null) } structured ? structured.GetRawText()
        : "";

    private static string TextOf(ContentBlock block) => block switch
    {
        TextContentBlock text => text.Text,
        EmbeddedResourceBlock { Resource: TextResourceContents text } => text.Text,
        EmbeddedResourceBlock resource => $"[{resource.Resource.Uri}]",
        ResourceLinkBlock link => $"[{link.Uri}]",
        ImageContentBlock image => $"[{image.MimeType}]",
        AudioContentBlock audio => $"[{audio.MimeType}]",
        _ => $"[{block.Type}]",
    };

    private static JsonObject Json<T>(T value) => JsonSerializer.SerializeToNode(value, McpJsonUtilities.DefaultOptions)!.AsObject();
}
