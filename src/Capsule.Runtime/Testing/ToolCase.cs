using System.Net.Sockets;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Capsule.Runtime.Testing;

/// <summary>
/// A call of an MCP tool over Streamable HTTP. Every case is a client of its own: kits have no sessions, and one case must
/// not see what another left behind.
/// </summary>
internal static class ToolCase
{
    public static async Task<CaseAnswer> RunAsync(TestCase one, Uri address, TestTarget target, TestRunOptions options, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.CaseTimeout);
        using var wire = new McpWire(CaseClient.Handler(target.Dial), options.LargestAnswer);
        AccessLine Access() => new("POST", address.PathAndQuery, one.Tool, wire.Status);
        try
        {
            var result = await CallAsync(one, address, wire, options, limit.Token);
            return result.IsError == true
                ? CaseAnswer.Failed(TestingDiagnostics.ToolFailed.At(one.Span, one.Tool, ToolResult.Text(result)), Access())
                : CaseAnswer.Of(ToolResult.Value(result), Access());
        }
        catch (Exception problem) when (McpConnection.IsExpected(problem))
        {
            cancel.ThrowIfCancellationRequested();
            return CaseAnswer.Failed(
                limit.IsCancellationRequested
                    ? TestingDiagnostics.TooSlow.At(one.Span, one.Id, options.CaseTimeout.TotalSeconds)
                    : Explain(problem, one, address, wire, options),
                Access());
        }
    }

    private static async Task<CallToolResult> CallAsync(TestCase one, Uri address, McpWire wire, TestRunOptions options, CancellationToken cancel)
    {
        var inputs = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(one.Json ?? "{}") ?? [];
        await using var client = await McpConnection.OpenAsync(address, wire, "capsule-test", cancel);
        return await client.CallToolAsync(new CallToolRequestParams { Name = one.Tool ?? "", Arguments = inputs }, cancel);
    }

    private static Diagnostic Explain(Exception problem, TestCase one, Uri address, McpWire wire, TestRunOptions options)
    {
        var path = address.PathAndQuery;
        return wire.TooLarge ? TestingDiagnostics.TooLarge.At(one.Span, "POST", path, options.LargestAnswer >> 20)
            : wire.Status is null ? TestingDiagnostics.NoAnswer.At(one.Span, "POST", path, CaseClient.Reason(problem))
            : wire.Status is < 200 or > 299 ? TestingDiagnostics.NotMcp.At(one.Span, path, $"HTTP status {wire.Status}")
            : problem is McpProtocolException refusal ? TestingDiagnostics.CallRefused.At(one.Span, one.Tool, McpConnection.Sentence(refusal))
            : TestingDiagnostics.NotMcp.At(one.Span, path, $"the answer of type {wire.ContentType ?? "none"} holds no JSON-RPC reply ({CaseClient.Reason(problem)})");
    }
}
