using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Operations.Kits.Framing;

/// <summary>
/// HTTP in lines of JSON, the form of the SDKs 0.0.4 and 0.0.5 (specs: kits 3.11): <c>start</c> with the head, <c>data</c> with base64, <c>end</c>. A
/// line has 4 MiB at most, a body 8 MiB.
/// </summary>
internal static class Frames
{
    public const string Path = "/_capakit/framed";
    public const string MediaType = "application/x-capakit-body-frame-jsonl";
    public const int LongestLine = 4 << 20;
    public const int LargestBody = 8 << 20;

    // In base64 a third more, and some words around it.
    private const int Chunk = 1 << 20;

    /// <summary>Headers of one connection; frames say themselves where a body ends.</summary>
    public static readonly HashSet<string> OfOneConnection = new(StringComparer.OrdinalIgnoreCase)
    {
        "connection", "content-length", "host", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    };

    /// <exception cref="FrameException">It is malformed, too large, or tells of a failure.</exception>
    public static async Task<FramedMessage> ReadAsync(Stream from, CancellationToken cancel)
    {
        JsonObject? start = null;
        using var body = new MemoryStream();
        await foreach (var line in LinesAsync(from, cancel))
        {
            var frame = Parse(line);
            switch (Text(frame["type"]))
            {
                case "start" when start is null:
                    start = frame["headers"] as JsonObject ?? throw new FrameException("a frame 'start' has no headers");
                    break;
                case "data" when start is not null:
                    Append(body, Text(frame["chunk"]));
                    break;
                case "end" when frame["error"] is JsonObject error:
                    throw new FrameException(Text(error["message"]) ?? "it failed and does not say why");
                case "end" when start is not null:
                    return new FramedMessage(start["pseudo"] as JsonObject ?? [], Headers(start["raw"] as JsonObject), body.ToArray());
                default:
                    throw new FrameException("a frame is out of order");
            }
        }

        throw new FrameException("the last frame is missing");
    }

    public static byte[] Write(JsonObject pseudo, IEnumerable<KeyValuePair<string, string[]>> headers, ReadOnlySpan<byte> body)
    {
        using var text = new MemoryStream();
        var raw = new JsonObject();
        foreach (var (name, values) in headers.Where(h => !OfOneConnection.Contains(h.Key)))
        {
            raw[name.ToLowerInvariant()] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
        }

        Add(text, new JsonObject { ["type"] = "start", ["headers"] = new JsonObject { ["pseudo"] = pseudo, ["raw"] = raw } });
        for (var at = 0; at < body.Length; at += Chunk)
        {
            Add(text, new JsonObject { ["type"] = "data", ["chunk"] = Convert.ToBase64String(body.Slice(at, Math.Min(Chunk, body.Length - at))) });
        }

        Add(text, new JsonObject { ["type"] = "end", ["trailers"] = null, ["error"] = null });
        return text.ToArray();
    }

    public static byte[] Failure(string code, string message)
    {
        using var text = new MemoryStream();
        var options = new JsonObject { ["retryable"] = false, ["details"] = null, ["termination"] = null };
        Add(text, new JsonObject { ["type"] = "end", ["trailers"] = null, ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["options"] = options } });
        return text.ToArray();
    }

    private static async IAsyncEnumerable<byte[]> LinesAsync(Stream from, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        using var line = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0;)
        {
            for (var (at, rest) = (0, read); rest > 0;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', at, rest);
                var length = end < 0 ? rest : end - at;
                if (line.Length + length > LongestLine)
                {
                    throw new FrameException("a frame is larger than 4 MiB");
                }

                line.Write(buffer, at, length);
                if (end < 0)
                {
                    break;
                }

                if (line.Length > 0)
                {
                    yield return line.ToArray();
                }

                line.SetLength(0);
                (at, rest) = (end + 1, rest - length - 1);
            }
        }

        if (line.Length > 0)
        {
            yield return line.ToArray();
        }
    }

    private static JsonObject Parse(byte[] line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw new FrameException("a frame is no JSON object");
        }
        catch (JsonException)
        {
            throw new FrameException("a frame is not JSON");
        }
    }

    private static void Append(MemoryStream body, string? chunk)
    {
        var bytes = new byte[(chunk?.Length ?? 0) / 4 * 3 + 3];
        if (chunk is null || !Convert.TryFromBase64String(chunk, bytes, out var length))
        {
            throw new FrameException("a frame 'data' is not base64");
        }

        if (body.Length + length > LargestBody)
        {
            throw new FrameException("the body is larger than 8 MiB");
        }

        body.Write(bytes, 0, length);
    }

    private static KeyValuePair<string, string[]>[] Headers(JsonObject? raw) =>
        [.. (raw ?? []).Select(h => KeyValuePair.Create(h.Key, h.Value is JsonArray all ? all.Select(Text).OfType<string>().ToArray() : Text(h.Value) is { } one ? [one] : []))];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static void Add(MemoryStream text, JsonObject frame) => text.Write(Encoding.UTF8.GetBytes(frame.ToJsonString() + "\n"));
}
