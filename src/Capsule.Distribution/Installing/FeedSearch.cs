using Capsule.Core.Diagnostics;
using Capsule.Distribution.Feeds;
using Capsule.Trust.Quorum;
using NuGet.Versioning;

namespace Capsule.Distribution.Installing;

/// <summary>A version of a package and the one feed that has it.</summary>
internal sealed record FoundPackage(Feed Feed, PackageName Package, bool IsLatest);

/// <summary>Finds a package on exactly one feed: two feeds with the same name are how a name is hijacked.</summary>
internal static class FeedSearch
{
    public static async Task<Result<FoundPackage>> FindAsync(InstallRequest request, CancellationToken cancel)
    {
        var feeds = Allowed(request);
        if (feeds.Count == 0)
        {
            return FeedDiagnostics.NoFeed.Now(request.Package);
        }

        var found = new List<(Feed Feed, IReadOnlyList<string> Versions)>();
        foreach (var feed in feeds)
        {
            var versions = await feed.VersionsAsync(request.Package, cancel);
            if (!versions.Succeeded)
            {
                return Result.Failed<FoundPackage>(versions.Diagnostics);
            }

            if (versions.Value.Count > 0)
            {
                found.Add((feed, versions.Value));
            }
        }

        return found switch
        {
            [] => FeedDiagnostics.PackageNotFound.Now(request.Package, string.Join(", ", feeds.Select(f => f.Address))),
            [var (feed, versions)] => Choose(request.Package, feed, versions),
            _ => FeedDiagnostics.SeveralFeeds.Now(request.Package, string.Join(", ", found.Select(f => f.Feed.Address))),
        };
    }

    /// <summary>A scope of the trust file that names feeds is taken from nowhere else.</summary>
    private static IReadOnlyList<Feed> Allowed(InstallRequest request) =>
        request.Trust.Home.ScopeOf(request.Package.Publisher, request.Package.Slug) is { Feeds: { Count: > 0 } bound }
            ? [.. request.Feeds.Where(f => bound.Contains(f.Address, StringComparer.Ordinal))]
            : request.Feeds;

    private static Result<FoundPackage> Choose(PackageName package, Feed feed, IReadOnlyList<string> versions)
    {
        if (package.Version is { } wanted)
        {
            var exact = versions.FirstOrDefault(v => NuGetVersion.Parse(v) == ParseOrNull(wanted));
            return exact is null
                ? FeedDiagnostics.VersionNotFound.Now($"{package.Publisher}/{package.Slug}", wanted, string.Join(", ", versions))
                : new FoundPackage(feed, package with { Version = exact }, IsLatest: false);
        }

        var newest = versions.LastOrDefault(v => !NuGetVersion.Parse(v).IsPrerelease) ?? versions[^1];
        return new FoundPackage(feed, package with { Version = newest }, IsLatest: true);
    }

    private static NuGetVersion? ParseOrNull(string version) => NuGetVersion.TryParse(version, out var parsed) ? parsed : null;
}
