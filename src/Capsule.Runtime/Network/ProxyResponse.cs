using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>Passes a server's answer back with <c>Connection: close</c>, so that no client sends a second request unchecked.</summary>
internal static class ProxyResponse
{
    private const int LongestLine = 32 * 1024;
    private const int MostHeaders = 200;

    public static async Task CopyAsync(BufferedSocket server, BufferedSocket client, CancellationToken cancel)
    {
        while (await CopyHeadAsync(server, client, cancel))
        {
        }

        await server.CopyAllAsync(client, cancel);
    }

    /// <summary>Returns true when the head was an interim one (1xx) and another follows.</summary>
    private static async Task<bool> CopyHeadAsync(BufferedSocket server, BufferedSocket client, CancellationToken cancel)
    {
        var status = await server.LineAsync(LongestLine, cancel);
        if (!status.StartsWith("HTTP/1.", StringComparison.Ordinal) || status.Length < 12)
        {
            throw new InvalidDataException("the server's answer is not HTTP/1");
        }

        var interim = status[9] == '1';
        if (status.AsSpan(9).StartsWith("101"))
        {
            throw new InvalidDataException("a plain request cannot be upgraded through the proxy");
        }

        var head = new StringBuilder(status).Append("\r\n");
        for (var count = 0; await server.LineAsync(LongestLine, cancel) is { Length: > 0 } line; count++)
        {
            if (count >= MostHeaders)
            {
                throw new InvalidDataException("the server sends too many headers");
            }

            if (!line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase) && !line.StartsWith("Keep-Alive:", StringComparison.OrdinalIgnoreCase))
            {
                head.Append(line).Append("\r\n");
            }
        }

        head.Append(interim ? "\r\n" : "Connection: close\r\n\r\n");
        await client.SendAsync(Encoding.Latin1.GetBytes(head.ToString()), cancel);
        return interim;
    }
}
