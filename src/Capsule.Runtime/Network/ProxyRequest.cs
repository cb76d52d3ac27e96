using System.Globalization;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>The head of a request to the egress proxy, read strictly: what is ambiguous is refused (request smuggling).</summary>
internal sealed class ProxyRequest
{
    private const int LongestLine = 16 * 1024;
    private const int MostHeaders = 100;

    private static readonly HashSet<string> Dropped = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "Upgrade", "TE", "Trailer",
    };

    private readonly List<(string Name, string Value)> _headers = [];
    private readonly List<string> _hosts = [];

    public required string Method { get; init; }

    /// <summary>Host name or address, without brackets.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required string Path { get; init; }

    public bool IsConnect => Method == "CONNECT";

    public bool IsChunked { get; private set; }

    public long Length { get; private set; }

    /// <summary>For a request without a proxy: another host than the one it was sent to, empty for none; null when it names that one.</summary>
    public string? OtherHost { get; private set; }

    private string Authority => (Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host) + (Port == 80 ? "" : ":" + Port.ToString(CultureInfo.InvariantCulture));

    /// <exception cref="InvalidDataException">The head is malformed, too large, or asks for what a proxy must not do.</exception>
    public static async Task<ProxyRequest> ReadAsync(BufferedSocket client, CancellationToken cancel)
    {
        var line = (await client.LineAsync(LongestLine, cancel)).Split(' ');
        if (line is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"] || !method.All(char.IsAsciiLetterUpper) || method.Length == 0)
        {
            throw new InvalidDataException("the request line is malformed");
        }

        var address = new Uri("http://invalid/");
        if (target.Any(c => c is < '!' or > '~')
            || !Uri.TryCreate(method == "CONNECT" ? $"connect://{target}/" : target, UriKind.Absolute, out address!)
            || (method == "CONNECT" ? address.Port <= 0 : address.Scheme != "http")
            || address.UserInfo.Length > 0 || address.IdnHost.Length == 0)
        {
            throw new InvalidDataException("the request names no host");
        }

        var request = new ProxyRequest { Method = method, Host = address.IdnHost.Trim('[', ']').TrimEnd('.'), Port = address.Port, Path = address.PathAndQuery };
        await request.ReadHeadersAsync(client, cancel);
        return request;
    }

    /// <summary>Reads a request that a program has sent to a host without a proxy.</summary>
    /// <exception cref="InvalidDataException">The head is malformed, too large, or asks for what must not be carried.</exception>
    public static async Task<ProxyRequest> ReadDirectAsync(BufferedSocket client, string host, int port, CancellationToken cancel)
    {
        var line = (await client.LineAsync(LongestLine, cancel)).Split(' ');
        if (line is not [var method, ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"] || method is "" or "CONNECT" || !method.All(char.IsAsciiLetterUpper)
            || target.Any(c => c is < '!' or > '~'))
        {
            throw new InvalidDataException("the request line is malformed");
        }

        var request = new ProxyRequest { Method = method, Host = host, Port = port, Path = target };
        await request.ReadHeadersAsync(client, cancel);
        request.OtherHost = request._hosts switch
        {
            [] => "",
            [var only] when request.Authority.Equals(only, StringComparison.OrdinalIgnoreCase) => null,
            [var only] when only.Equals(string.Create(CultureInfo.InvariantCulture, $"{host}:{port}"), StringComparison.OrdinalIgnoreCase) => null,
            [.., var last] => last,
        };
        return request;
    }

    /// <summary>The head for the real server: its own host, one request, no proxy's business.</summary>
    public byte[] Head()
    {
        var head = new StringBuilder($"{Method} {Path} HTTP/1.1\r\nHost: {Authority}\r\nConnection: close\r\n");
        foreach (var (name, value) in _headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private async Task ReadHeadersAsync(BufferedSocket client, CancellationToken cancel)
    {
        long? length = null;
        var named = new HashSet<string>(Dropped, StringComparer.OrdinalIgnoreCase);
        for (var count = 0; await client.LineAsync(LongestLine, cancel) is { Length: > 0 } line; count++)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (count >= MostHeaders || colon <= 0 || line[..colon].Any(c => c is <= ' ' or > '~') || line.Any(c => c is < ' ' and not '\t' or '\u007f'))
            {
                throw new InvalidDataException("a header is malformed, or there are too many");
            }

            var (name, value) = (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
            if (name.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase))
            {
                IsChunked = !IsChunked && value.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? true : throw new InvalidDataException("the transfer encoding is unknown");
            }
            else if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                length = length is null && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var given)
                    ? given
                    : throw new InvalidDataException("the content length is malformed");
            }
            else if (name.Equals("Connection", StringComparison.OrdinalIgnoreCase))
            {
                named.UnionWith(value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
            }

            else if (name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                _hosts.Add(value);
            }

            _headers.Add((name, value));
        }

        if (IsChunked && length is not null)
        {
            throw new InvalidDataException("the body has two lengths");
        }

        Length = length ?? 0;
        named.Remove("Transfer-Encoding");
        named.Remove("Content-Length");
        _headers.RemoveAll(h => named.Contains(h.Name));
    }
}
