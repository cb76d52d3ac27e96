using System.Net.Sockets;
using System.Text.Json;
using Capsule.Runtime.Testing;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Capsule.Runtime.Mcp;

/// <summary>The .NET MCP client over Streamable HTTP, set for servers without sessions as Kits have them (specs: kits 3.9).</summary>
internal static class McpConnection
{
    /// <summary>Connects, and says hello. What can go wrong is thrown: <see cref="IsExpected"/>.</summary>
    /// <param name="address">Of the endpoint.</param>
    /// <param name="wire">Carries the requests; it stays the caller's.</param>
    /// <param name="name">What the client calls itself.</param>
    /// <param name="cancel">Ends the attempt.</param>
    public static Task<McpClient> OpenAsync(Uri address, McpWire wire, string name, CancellationToken cancel)
    {
        var transport = new HttpClientTransport(
            new HttpClientTransportOptions
            {
                Endpoint = address,
                TransportMode = HttpTransportMode.StreamableHttp,

                // Kits answer neither GET nor DELETE.
                EnableStandaloneGetStream = false,
                OwnsSession = false,
                MaxReconnectionAttempts = 0,
            },
            CaseClient.Over(wire),
            ownsHttpClient: true);
        var settings = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = name, Version = "1" },
            InitializationTimeout = Timeout.InfiniteTimeSpan,
        };
        return McpClient.CreateAsync(transport, settings, cancellationToken: cancel);
    }

    public static bool IsExpected(Exception problem) =>
        problem is McpException or HttpRequestException or IOException or SocketException or JsonException or TimeoutException or OperationCanceledException;

    /// <summary>What the server said, without the words that the client puts before it.</summary>
    public static string Sentence(McpProtocolException refusal)
    {
        const string Added = "Request failed (remote): ";
        return refusal.Message.StartsWith(Added, StringComparison.Ordinal) ? refusal.Message[Added.Length..] : refusal.Message;
    }
}
