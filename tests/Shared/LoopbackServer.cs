using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Capsule.Tests;

/// <summary>A small web server on a port of loopback that the system picks. It answers each path as the test says, and writes down who asked for what.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _asked = [];

    public LoopbackServer(Func<string, WebAnswer>? answer = null)
    {
        Answer = answer ?? (path => Pages.TryGetValue(path, out var page) ? page : new WebAnswer(404));
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>With it the server speaks TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    public string Root => $"{(Certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public Func<string, WebAnswer> Answer { get; set; }

    /// <summary>By path, for servers that are not told otherwise.</summary>
    public Dictionary<string, WebAnswer> Pages { get; } = new(StringComparer.Ordinal);

    /// <summary>The paths that were asked for, in order.</summary>
    public string[] Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
            catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = await StreamAsync(client);
                using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
                if (await reader.ReadLineAsync(_end.Token) is not { } first)
                {
                    return;
                }

                while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 })
                {
                }

                var path = first.Split(' ')[1];
                lock (_asked)
                {
                    _asked.Add(path);
                }

                await WriteAsync(stream, Answer(path));
            }
            catch (Exception gone) when (gone is IOException or OperationCanceledException or SocketException or AuthenticationException)
            {
            }
        }
    }

    private async Task<Stream> StreamAsync(TcpClient client)
    {
        if (Certificate is null)
        {
            return client.GetStream();
        }

        var secure = new SslStream(client.GetStream());
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _end.Token);
        return secure;
    }

    private async Task WriteAsync(Stream stream, WebAnswer answer)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Said\r\nConnection: close\r\n");
        foreach (var (name, value) in answer.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (answer.Promised is { } length)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {length}\r\n");
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), _end.Token);
        foreach (var piece in answer.Body)
        {
            await stream.WriteAsync(piece, _end.Token);
        }

        if (answer.Hangs)
        {
            await Task.Delay(Timeout.Infinite, _end.Token);
        }
    }
}

/// <summary>What a server says to one path.</summary>
internal sealed record WebAnswer(int Status)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>In pieces; may be without end.</summary>
    public IEnumerable<byte[]> Body { get; init; } = [];

    /// <summary>The Content-Length; null lets the end of the connection be the end.</summary>
    public long? Promised { get; init; }

    /// <summary>After the body nothing more comes, and the connection stays.</summary>
    public bool Hangs { get; init; }

    public static WebAnswer Text(string text, string? type = "text/plain", string? etag = null) => Bytes(Encoding.UTF8.GetBytes(text), type, etag);

    public static WebAnswer Bytes(byte[] bytes, string? type = null, string? etag = null)
    {
        var headers = new Dictionary<string, string>();
        if (type is not null)
        {
            headers["Content-Type"] = type;
        }

        if (etag is not null)
        {
            headers["ETag"] = etag;
        }

        return new WebAnswer(200) { Body = [bytes], Promised = bytes.Length, Headers = headers };
    }

    public static WebAnswer To(string location, int status = 302) => new(status) { Promised = 0, Headers = new Dictionary<string, string> { ["Location"] = location } };
}
