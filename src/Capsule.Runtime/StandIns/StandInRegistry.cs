using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.StandIns;

/// <summary>
/// The registry of the stand-ins, on a socket of a cell's own loopback. It answers for them alone: whatever else a package manager
/// looks for in their scope is at the configured registry, to which it is sent on.
/// </summary>
internal sealed class StandInRegistry : IAsyncDisposable
{
    /// <summary>
    /// Always the same, for lock files name the address that a package came from. Not 127.0.0.1, which a workload's own servers use,
    /// and beside the addresses of granted hosts.
    /// </summary>
    public static readonly IPEndPoint Address = new(new IPAddress([127, 78, 0, 1]), 4873);

    public static readonly Uri Root = new($"http://{Address}/");

    /// <summary>What stands before the digest of what is offered, in the address of the registry.</summary>
    private const string Offered = "offered-";

    private const int LongestLine = 8 * 1024;
    private const int MostHeaders = 100;
    private readonly IReadOnlyList<StandInDocuments> _packages;
    private readonly Uri? _registry;
    private readonly ConnectionLoop _loop;

    /// <summary>Starts serving at once.</summary>
    /// <param name="listener">A listening socket of the cell; it is closed with the registry.</param>
    /// <param name="packages">What is served.</param>
    /// <param name="registry">Where the rest of their scope is; null when that is not known.</param>
    /// <param name="trouble">Is told of connections that cannot be accepted.</param>
    public StandInRegistry(Socket listener, IReadOnlyList<StandInDocuments> packages, Uri? registry, Action<Diagnostic> trouble)
    {
        (_packages, _registry) = (packages, registry);
        _loop = new ConnectionLoop(listener, ServeAsync, trouble);
    }

    public ValueTask DisposeAsync() => _loop.DisposeAsync();

    /// <summary>
    /// The registry's address for these packages. It has a digest of them, for package managers keep what they fetched by the address of the
    /// registry, the name and the number, and other bytes under the same number would never be fetched. Archives have the plain address.
    /// </summary>
    public static Uri RootOf(IReadOnlyList<StandInDocuments> packages)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var package in packages)
        {
            all.AppendData(package.Document);
        }

        return new Uri(Root, $"{Offered}{Convert.ToHexStringLower(all.GetHashAndReset().AsSpan(0, 8))}/");
    }

    private async Task ServeAsync(BufferedSocket client, CancellationToken stop)
    {
        var line = (await client.LineAsync(LongestLine, stop)).Split(' ');
        for (var left = MostHeaders; (await client.LineAsync(LongestLine, stop)).Length > 0; left--)
        {
            if (left == 0)
            {
                throw new InvalidDataException("it sends too many headers");
            }
        }

        if (line is not ["GET" or "HEAD", ['/', ..] target, "HTTP/1.1" or "HTTP/1.0"])
        {
            await AnswerAsync(client, "405 Method Not Allowed", "text/plain", [], "allow: GET, HEAD\r\n", head: false, stop);
            return;
        }

        target = target.StartsWith("/" + Offered, StringComparison.Ordinal) && target.IndexOf('/', 1) is > 0 and var end ? target[end..] : target;
        var path = Uri.UnescapeDataString(target.Split('?')[0]);
        var found = _packages.FirstOrDefault(p => path == "/" + p.Package.Name) is { } asked ? (Type: "application/json", Body: asked.Document)
            : (Type: "application/octet-stream", Body: _packages.Select(p => p.ArchiveAt(path)).FirstOrDefault(a => a is not null));
        var (status, more) = found.Body is not null ? ("200 OK", "")
            : _registry is null || target.Any(c => c is < '!' or > '~') ? ("404 Not Found", "")
            : ("302 Found", $"location: {new Uri(_registry, target.TrimStart('/'))}\r\n");
        await AnswerAsync(client, status, found.Type, found.Body ?? [], more, line[0] == "HEAD", stop);
    }

    private static async Task AnswerAsync(BufferedSocket client, string status, string type, byte[] body, string more, bool head, CancellationToken stop)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\ncontent-type: {type}\r\ncontent-length: {body.Length}\r\n{more}connection: close\r\n\r\n");
        await client.SendAsync(Encoding.ASCII.GetBytes(text), stop);
        if (!head)
        {
            await client.SendAsync(body, stop);
        }

        client.EndOfSending();
    }
}
