using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Toolchains;

/// <summary>One version of a package as a registry describes it.</summary>
internal sealed record NpmVersion(SemanticVersion Version, Uri Tarball, Integrity? Integrity);

/// <summary>
/// The part of the npm registry protocol that fetching a toolchain takes: the document that lists a package's versions,
/// and the archive of one. Throws <see cref="RefusedException"/>.
/// </summary>
/// <param name="settings">Where to ask and with which token.</param>
/// <param name="patience">How long to wait for an answer, and for each further piece of it.</param>
internal sealed class NpmRegistry(NpmSettings settings, TimeSpan patience) : IDisposable
{
    // Protects memory and disk from a registry that never stops sending; today's largest toolchain archive is about 50 MB.
    private const long LargestDocument = 64L << 20;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = patience,
        ConnectCallback = new RegistryConnections(settings, HttpClient.DefaultProxy).OpenAsync,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>In bytes.</summary>
    internal long LargestArchive { get; init; } = 1L << 30;

    public async Task<IReadOnlyList<NpmVersion>> VersionsAsync(string package, CancellationToken cancel)
    {
        var registry = settings.RegistryOf(package) ?? throw Refused(ToolchainDiagnostics.NoRegistry.Now(package));
        var address = new Uri(registry, package.Replace("/", "%2F", StringComparison.Ordinal));
        using var document = new MemoryStream();
        await FetchAsync(package, address, "application/vnd.npm.install-v1+json", document, LargestDocument, cancel);
        try
        {
            using var json = JsonDocument.Parse(document.ToArray());
            return [.. json.RootElement.GetProperty("versions").EnumerateObject().Select(v => Version(v, address)).OfType<NpmVersion>()];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Refused(ToolchainDiagnostics.BadAnswer.Now(package, problem.Message));
        }
    }

    /// <summary>False when the registry says that it has no such package (404). Any other answer, and none, is no answer to this.</summary>
    public async Task<bool> HasAsync(string package, CancellationToken cancel)
    {
        var registry = settings.RegistryOf(package) ?? throw Refused(ToolchainDiagnostics.NoRegistry.Now(package));
        var address = new Uri(registry, package.Replace("/", "%2F", StringComparison.Ordinal));
        using var document = new MemoryStream();
        return await FetchAsync(package, address, "application/vnd.npm.install-v1+json", document, LargestDocument, cancel, mayLack: true);
    }

    /// <summary>Downloads an archive and returns what it really is.</summary>
    public async Task<Integrity> DownloadAsync(string package, NpmVersion version, Stream into, CancellationToken cancel)
    {
        using var hash = SHA512.Create();
        await using var hashed = new CryptoStream(into, hash, CryptoStreamMode.Write, leaveOpen: true);
        await FetchAsync(package, version.Tarball, "*/*", hashed, LargestArchive, cancel);
        await hashed.FlushFinalBlockAsync(cancel);
        return Integrity.Of(hash.Hash);
    }

    public void Dispose() => _http.Dispose();

    private static NpmVersion? Version(JsonProperty entry, Uri registry)
    {
        if (!SemanticVersion.TryParse(entry.Name, out var version)
            || !entry.Value.TryGetProperty("dist", out var dist)
            || !dist.TryGetProperty("tarball", out var tarball)
            || !Uri.TryCreate(registry, tarball.GetString(), out var address)
            || address.Scheme is not ("http" or "https"))
        {
            return null;
        }

        Integrity.TryParse(dist.TryGetProperty("integrity", out var text) ? text.GetString() : null, out var integrity);
        return new NpmVersion(version, address, integrity);
    }

    /// <summary>False for a 404, where that is an answer.</summary>
    private async Task<bool> FetchAsync(string package, Uri address, string accept, Stream into, long limit, CancellationToken cancel, bool mayLack = false)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        watch.CancelAfter(patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("Accept", accept);
            if (settings.TokenFor(address) is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, watch.Token);
            if (mayLack && response.StatusCode is HttpStatusCode.NotFound)
            {
                return false;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw Refused(ToolchainDiagnostics.Unreachable.Now(package, $"it answered {(int)response.StatusCode} {response.ReasonPhrase}"));
            }

            await using var body = await response.Content.ReadAsStreamAsync(watch.Token);
            var buffer = new byte[128 * 1024];
            long total = 0;
            int read;
            while ((read = await ReadAsync(body, buffer, watch.Token)) > 0)
            {
                watch.CancelAfter(patience);
                total += read;
                if (total > limit)
                {
                    throw Refused(ToolchainDiagnostics.BadAnswer.Now(package, $"it is larger than {limit >> 20} MiB"));
                }

                await into.WriteAsync(buffer.AsMemory(0, read), cancel);
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw Refused(ToolchainDiagnostics.Unreachable.Now(package, $"no answer within {patience.TotalSeconds:0.#} s"));
        }
        catch (HttpRequestException problem) when (problem.InnerException is ForbiddenAddressException forbidden)
        {
            throw Refused(ToolchainDiagnostics.LeadsInside.Now(package, forbidden.Host, forbidden.Why));
        }
        catch (HttpRequestException problem)
        {
            throw Refused(ToolchainDiagnostics.Unreachable.Now(package, problem.Message.TrimEnd('.')));
        }
    }

    /// <summary>Tells a broken connection from a disk that is full: only the first becomes an <see cref="HttpRequestException"/>.</summary>
    private static async ValueTask<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAsync(buffer, cancel);
        }
        catch (IOException broken)
        {
            throw new HttpRequestException(broken.Message, broken);
        }
    }

    private static RefusedException Refused(Diagnostic diagnostic) => new(diagnostic);
}
