using Capsule.Core.Diagnostics;
using Capsule.Distribution.Store;
using NuGet.Common;
using NuGet.Protocol;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace Capsule.Distribution.Feeds;

/// <summary>A NuGet feed that carries capsules: a folder, or the address of a v3 index (design.md 5 and 10).</summary>
public sealed class Feed
{
    // errno of a write to our own disk, which the client cannot tell from a feed's failure.
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    private static readonly TimeSpan PushTimeout = TimeSpan.FromMinutes(5);

    private readonly SourceRepository _repository;

    private Feed(string address, bool isFolder)
    {
        Address = address;
        IsFolder = isFolder;
        _repository = Repository.Factory.GetCoreV3(address);
    }

    /// <summary>An absolute folder, or a URL.</summary>
    public string Address { get; }

    public bool IsFolder { get; }

    /// <summary>Opens a feed by its address; a folder must exist (CAP4001).</summary>
    public static Result<Feed> Open(string address, string workingDirectory)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http")
        {
            return uri.Scheme == "https" || uri.IsLoopback ? new Feed(address, isFolder: false) : FeedDiagnostics.FeedInvalid.Now(address);
        }

        if (address.Length == 0 || address.Contains("://", StringComparison.Ordinal))
        {
            return FeedDiagnostics.FeedInvalid.Now(address);
        }

        var folder = Path.GetFullPath(address, workingDirectory);
        return Directory.Exists(folder) ? new Feed(folder, isFolder: true) : FeedDiagnostics.FolderMissing.Now(folder);
    }

    /// <summary>
    /// All versions of a package, lowest first; empty when the feed does not know it. In a flat folder the entry for the version
    /// asked for, or every one when none is, must be what its name says (CAP4012).
    /// </summary>
    public Task<Result<IReadOnlyList<string>>> VersionsAsync(PackageName package, CancellationToken cancel) => AskAsync<IReadOnlyList<string>>(async cache =>
    {
        if (IsFlat && await Task.Run(() => FolderEntries.Misnamed(Address, package, cancel), cancel) is { } misnamed)
        {
            return misnamed;
        }

        var find = await ResourceAsync<FindPackageByIdResource>(cancel);
        var versions = await find.GetAllVersionsAsync(package.FeedId, cache, NullLogger.Instance, cancel);
        return Result.Of<IReadOnlyList<string>>([.. versions.Order().Select(v => v.ToNormalizedString())]);
    });

    /// <summary>Copies a package to a file that does not exist yet (CAP4104 when the disk is full). The bytes are not trusted by that.</summary>
    public Task<Result<string>> FetchAsync(PackageName package, string version, string destination, CancellationToken cancel) => AskAsync<string>(async cache =>
    {
        var find = await ResourceAsync<FindPackageByIdResource>(cancel);
        await using var file = new FileStream(destination, FileMode.CreateNew, FileAccess.Write);
        return await find.CopyNupkgToStreamAsync(package.FeedId, NuGetVersion.Parse(version), file, cache, NullLogger.Instance, cancel)
            ? destination
            : FeedDiagnostics.PackageNotFound.Now(package, Address);
    });

    /// <summary>
    /// Publishes a .nupkg. The same bytes again are no error; other bytes under a published version are (CAP4005).
    /// </summary>
    /// <param name="nupkg">The file to publish.</param>
    /// <param name="package">Its name, with its version.</param>
    /// <param name="apiKey">Gives the feed's key when one is needed; never logged.</param>
    /// <param name="cancel">Stops before the feed has changed, or after.</param>
    public async Task<Result<string>> PushAsync(string nupkg, PackageName package, Func<string?> apiKey, CancellationToken cancel)
    {
        if (IsFlat)
        {
            return await FolderFeed.PlaceAsync(nupkg, Address, package, cancel);
        }

        try
        {
            var push = await ResourceAsync<PackageUpdateResource>(cancel);
            await push.PushAsync([nupkg], symbolSource: null, (int)PushTimeout.TotalSeconds, disableBuffering: false, _ => apiKey(), _ => null,
                noServiceEndpoint: false, skipDuplicate: false, allowSnupkg: false, allowInsecureConnections: !IsFolder && new Uri(Address).IsLoopback,
                NullLogger.Instance).WaitAsync(cancel);
            return nupkg;
        }
        catch (HttpRequestException problem) when (problem.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            return FeedDiagnostics.AlreadyPublished.Now(package.FeedId, package.Version);
        }
        catch (Exception problem) when (problem is HttpRequestException { StatusCode: not null } or InvalidOperationException)
        {
            return FeedDiagnostics.PushRefused.Now(Address, OneLine(problem));
        }
        catch (Exception problem) when (problem is HttpRequestException or FatalProtocolException or IOException or TimeoutException)
        {
            return FeedDiagnostics.FeedUnreachable.Now(Address, OneLine(problem));
        }
    }

    /// <summary>True for a folder with packages side by side; NuGet's other layout has id/version/.</summary>
    private bool IsFlat => IsFolder && !Directory.EnumerateDirectories(Address).Any(d => Directory.EnumerateDirectories(d).Any());

    private async Task<T> ResourceAsync<T>(CancellationToken cancel)
        where T : class, INuGetResource =>
        await _repository.GetResourceAsync<T>(cancel) ?? throw new FatalProtocolException($"it offers no {typeof(T).Name}");

    private async Task<Result<T>> AskAsync<T>(Func<SourceCacheContext, Task<Result<T>>> question)
        where T : class
    {
        try
        {
            using var cache = new SourceCacheContext { DirectDownload = true, NoCache = true };
            return await question(cache);
        }
        catch (Exception problem) when (Innermost(problem) is IOException { HResult: NoSpace or QuotaExceeded } full)
        {
            return StoreDiagnostics.WriteFailed.Now(full.Message);
        }
        catch (Exception problem) when (problem is HttpRequestException or FatalProtocolException or IOException or TimeoutException or UnauthorizedAccessException)
        {
            return FeedDiagnostics.FeedUnreachable.Now(Address, OneLine(problem));
        }
    }

    private static string OneLine(Exception problem) => Innermost(problem).Message.ReplaceLineEndings(" ");

    private static Exception Innermost(Exception problem) => problem.InnerException is { } inner ? Innermost(inner) : problem;
}
