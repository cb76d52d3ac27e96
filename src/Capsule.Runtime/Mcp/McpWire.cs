using System.Net.Http.Headers;
using System.Text;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Mcp;

/// <summary>
/// What passes between the MCP client and a server: bounds answers, remembers the last one, and hands JSON lines, which
/// kits may answer with and the client does not read, on as events (specs: kits 3.9).
/// </summary>
internal sealed class McpWire(HttpMessageHandler inner, int most) : DelegatingHandler(inner)
{
    private const string JsonLines = "application/x-ndjson";
    private const string Events = "text/event-stream";
    private const int ShownRefusal = 500;
    private volatile bool _tooLarge;

    /// <summary>HTTP status of the last answer to a POST; null when there was none.</summary>
    public int? Status { get; private set; }

    public string? ContentType { get; private set; }

    /// <summary>The beginning of the last answer that was no success; null for others.</summary>
    public string? Refusal { get; private set; }

    /// <summary>True when an answer was cut off because it was too large.</summary>
    public bool TooLarge => _tooLarge;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Post)
        {
            (Status, ContentType, Refusal) = (null, null, null);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Post)
        {
            return response;
        }

        (Status, ContentType) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType);
        var body = new BoundedStream(await response.Content.ReadAsStreamAsync(cancellationToken), most, () => _tooLarge = true);
        if (!response.IsSuccessStatusCode)
        {
            var shown = new byte[ShownRefusal];
            Refusal = Encoding.UTF8.GetString(shown, 0, await body.ReadAtLeastAsync(shown, shown.Length, throwOnEndOfStream: false, cancellationToken));
            response.Content = new StringContent(Refusal);
            return response;
        }

        if (ContentType == JsonLines)
        {
            response.Content = new ByteArrayContent(await EventsAsync(body, cancellationToken));
            response.Content.Headers.ContentType = new MediaTypeHeaderValue(Events);
            return response;
        }

        var bounded = new StreamContent(body);
        foreach (var header in response.Content.Headers)
        {
            bounded.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        response.Content = bounded;
        return response;
    }

    private static async Task<byte[]> EventsAsync(Stream lines, CancellationToken cancel)
    {
        using var reader = new StreamReader(lines);
        var events = new StringBuilder();
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line.Length > 0)
            {
                events.Append("event: message\ndata: ").Append(line).Append("\n\n");
            }
        }

        return Encoding.UTF8.GetBytes(events.ToString());
    }
}
