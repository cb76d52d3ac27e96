using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Mcp;

/// <summary>
/// MCP's stdio transport in front of an endpoint that speaks Streamable HTTP (MCP 2025-11-25, Transports): messages come in as lines of JSON, each goes out as a
/// POST, and what is answered, told or asked comes back as lines. Nothing else is written.
/// </summary>
public sealed class StdioBridge : IDisposable
{
    // Whoever closes our input wants to end; what is under way may still be answered.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(60);

    private readonly BridgedPosts _posts;
    private readonly Stream _output;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, CancellationTokenSource> _open = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <param name="address">Of the endpoint.</param>
    /// <param name="output">Gets the lines.</param>
    public StdioBridge(Uri address, Stream output) => (_posts, _output) = (new BridgedPosts(address, CaseClient.Over(CaseClient.Handler(null))), output);

    /// <summary>Carries messages until the input ends and what came is answered; throws when it is cancelled.</summary>
    public async Task RunAsync(Stream input, CancellationToken cancel)
    {
        var lines = new StreamReader(input, new UTF8Encoding(false));
        var running = new List<Task>();

        // A read of a terminal or a pipe cannot be taken back; it is left behind.
        while (await lines.ReadLineAsync(cancel).AsTask().WaitAsync(cancel) is { } line)
        {
            if (line.Trim().Length == 0)
            {
                continue;
            }

            var message = Read(line);
            if (message is null)
            {
                await WriteAsync(BridgeMessage.Failure(null, BridgeMessage.ParseError, "This is no JSON-RPC message"), cancel);
                continue;
            }

            var carried = CarryAsync(message, line, cancel);
            running.RemoveAll(t => t.IsCompletedSuccessfully);
            running.Add(carried);

            // What needs no answer, and the first words, keep their order; calls go side by side.
            if (BridgeMessage.Requests(message).Count == 0 || BridgeMessage.Method(message) == "initialize")
            {
                await carried;
            }
        }

        await Task.WhenAll(running).WaitAsync(LastAnswers, cancel).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancel.ThrowIfCancellationRequested();
    }

    public void Dispose()
    {
        _posts.Dispose();
        _turn.Dispose();
    }

    /// <summary>Every request gets an answer, whatever happens to its POST.</summary>
    private async Task CarryAsync(JsonNode message, string line, CancellationToken cancel)
    {
        var ids = BridgeMessage.Requests(message);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        lock (_gate)
        {
            foreach (var id in ids)
            {
                _open[id] = ending;
            }
        }

        var waiting = ids.ToHashSet(StringComparer.Ordinal);
        string? why = null;
        try
        {
            await foreach (var answer in _posts.SendAsync(line, ids, ending.Token))
            {
                _posts.Learn(message, answer);
                waiting.Remove(BridgeMessage.AnsweredId(answer) ?? "");
                await WriteAsync(answer, cancel);
            }
        }
        catch (Exception problem) when (McpConnection.IsExpected(problem) && !cancel.IsCancellationRequested)
        {
            why = CaseClient.Reason(problem);
        }

        lock (_gate)
        {
            ids.ToList().ForEach(id => _open.Remove(id));
        }

        // A cancelled request is answered no more.
        foreach (var id in ending.IsCancellationRequested ? [] : waiting)
        {
            await WriteAsync(BridgeMessage.Failure(JsonNode.Parse(id), BridgeMessage.InternalError, why ?? "The server ended without an answer"), cancel);
        }

        if (BridgeMessage.CancelledId(message) is { } cancelled)
        {
            CancellationTokenSource? call;
            lock (_gate)
            {
                _open.Remove(cancelled, out call);
            }

            if (call is not null)
            {
                await call.CancelAsync();
            }
        }
    }

    private static JsonNode? Read(string line)
    {
        try
        {
            return JsonNode.Parse(line) is { } node && (node is JsonObject || (node is JsonArray { Count: > 0 } all && all.All(m => m is JsonObject))) ? node : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task WriteAsync(JsonNode message, CancellationToken cancel)
    {
        var line = Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
        await _turn.WaitAsync(cancel);
        try
        {
            await _output.WriteAsync(line, cancel);
            await _output.FlushAsync(cancel);
        }
        finally
        {
            _turn.Release();
        }
    }
}
