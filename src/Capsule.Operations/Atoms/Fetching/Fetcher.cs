using System.Net;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using Capsule.Families.Atoms;

namespace Capsule.Operations.Atoms.Fetching;

/// <summary>
/// Fetches one document over https or http, or reads a file (specs: atoms 9.1). Redirects are followed by hand: never from https to http, never to
/// another scheme, so that no server can name a local file. A proxy is whatever the platform's settings say.
/// </summary>
public sealed class Fetcher : IDisposable
{
    private readonly FetchRules _rules;
    private readonly HttpClient _http;

    public Fetcher(FetchRules rules)
    {
        _rules = rules;
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All, UseCookies = false, MaxResponseHeadersLength = 64 };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "atoms-tools");
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "*/*");
    }

    public async Task<FetchAnswer> GetAsync(Uri address, CancellationToken cancel)
    {
        if (address.IsFile)
        {
            return ReadFile(address);
        }

        var shown = Show(address);
        if (address.Scheme is not ("http" or "https"))
        {
            return Refuse(shown, $"the scheme '{address.Scheme}' is not one of https, http and file");
        }

        if (address.UserInfo.Length > 0)
        {
            return Refuse(shown, "the address holds a name or a password");
        }

        if (!_rules.Network)
        {
            return FetchAnswer.Failed(FetchFailure.Unreachable, AtomFetchDiagnostics.Unreachable.Now(shown, "the network is off (network.offline in the settings, or this command does not use it)"));
        }

        for (var attempt = 0; ; attempt++)
        {
            var (answer, again) = await AttemptAsync(address, shown, cancel);
            if (!again || attempt >= _rules.Retries)
            {
                return answer;
            }

            await Task.Delay(_rules.Pause * (1 << attempt), cancel);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An address without what may be secret in it: no name, no password, no query.</summary>
    public static string Show(Uri address) =>
        address.IsFile ? $"'{address.LocalPath}'" : $"'{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}'";

    private async Task<(FetchAnswer Answer, bool Again)> AttemptAsync(Uri address, string shown, CancellationToken cancel)
    {
        using var watch = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        watch.CancelAfter(_rules.Timeout);
        try
        {
            for (var redirects = 0; ; redirects++)
            {
                using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, watch.Token);
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    return await TakeAsync(response, address, shown, watch.Token);
                }

                var next = response.Headers.Location is { } location ? new Uri(address, location) : null;
                var why = next is null ? "it redirects without saying where"
                    : redirects == _rules.Redirects ? $"it redirects more than {_rules.Redirects} times"
                    : next.Scheme is not ("http" or "https") ? $"it redirects to the scheme '{next.Scheme}'"
                    : address.Scheme == "https" && next.Scheme == "http" ? "it redirects from https to http"
                    : next.UserInfo.Length > 0 ? "it redirects to an address with a name or a password"
                    : null;
                if (why is not null)
                {
                    return (Refuse(shown, why), false);
                }

                address = next!;
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (FetchAnswer.Failed(FetchFailure.Unreachable, AtomFetchDiagnostics.Unreachable.Now(shown, $"no full answer within {_rules.Timeout.TotalSeconds:0.##} s")), true);
        }
        catch (HttpRequestException problem) when (problem.HttpRequestError is HttpRequestError.SecureConnectionError)
        {
            return (Refuse(shown, $"its certificate or encryption is not accepted ({problem.InnerException?.Message.TrimEnd('.') ?? problem.Message.TrimEnd('.')})"), false);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return (FetchAnswer.Failed(FetchFailure.Unreachable, AtomFetchDiagnostics.Unreachable.Now(shown, problem.Message.TrimEnd('.'))), false);
        }
    }

    private async Task<(FetchAnswer Answer, bool Again)> TakeAsync(HttpResponseMessage response, Uri address, string shown, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        if (status != 200)
        {
            var failure = status is 404 or 410 ? FetchFailure.Missing : status >= 500 ? FetchFailure.Unreachable : FetchFailure.Refused;
            var meaning = status is 404 or 410 ? $"{status}: there is no such document" : $"{status} {response.ReasonPhrase}".TrimEnd();
            return (FetchAnswer.Failed(failure, AtomFetchDiagnostics.Status.Now(shown, meaning)), status >= 500);
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        using var bytes = new MemoryStream();
        var piece = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(piece, cancel)) > 0)
        {
            if (bytes.Length + read > _rules.Limit)
            {
                return (Refuse(shown, $"it is larger than {_rules.Limit >> 20} MiB"), false);
            }

            bytes.Write(piece, 0, read);
        }

        var document = new Fetched(address, bytes.ToArray(), Header(response.Content.Headers.ContentType?.ToString()), Header(response.Headers.ETag?.ToString()));
        return (new FetchAnswer(document, FetchFailure.None, null), false);
    }

    private FetchAnswer ReadFile(Uri address)
    {
        var path = address.LocalPath;
        try
        {
            return address.Host.Length > 0 && address.Host != "localhost"
                ? Refuse(Show(address), $"it lies on the machine '{address.Host}'")
                : Directory.Exists(path)
                    ? Refuse(Show(address), "it is a folder")
                    : new FetchAnswer(new Fetched(address, RegularFile.ReadAllBytes(path, _rules.Limit), null, null), FetchFailure.None, null);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return FetchAnswer.Failed(FetchFailure.Missing, AtomFetchDiagnostics.Unreachable.Now(Show(address), "there is no such file"));
        }
        catch (IOException problem) when (new FileInfo(path) is { Exists: true } file && file.Length > _rules.Limit)
        {
            return Refuse(Show(address), problem.Message);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return FetchAnswer.Failed(FetchFailure.Refused, AtomFetchDiagnostics.Unreachable.Now(Show(address), problem.Message.TrimEnd('.')));
        }
    }

    private FetchAnswer Refuse(string shown, string why) =>
        FetchAnswer.Failed(FetchFailure.Refused, AtomFetchDiagnostics.Refused.Now(shown, why, _rules.Limit >> 20, _rules.Redirects));

    /// <summary>What a server says about itself goes into files: one line of bounded length.</summary>
    private static string? Header(string? text) => text is null || text.Length > 300 || text.Any(char.IsControl) ? null : text;
}
