using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A server of this machine in the place of a provider: writes requests down, head and body, and answers with JSON.</summary>
internal sealed class ProviderInPlace : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<string> _requests = [];
    private readonly Func<string, string> _answer;

    /// <param name="answer">The JSON for a request.</param>
    public ProviderInPlace(Func<string, string> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string[] Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
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
                using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
                var request = new StringBuilder();
                var length = 0;
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    request.Append(line).Append('\n');
                    length = line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase) ? int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture) : length;
                }

                var body = new char[length];
                await reader.ReadBlockAsync(body);
                request.Append('\n').Append(body);
                lock (_requests)
                {
                    _requests.Add(request.ToString());
                }

                var answer = _answer(request.ToString());
                await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n{answer}"));
            }
            catch (IOException)
            {
                // A caller that hung up.
            }
        }
    }
}
