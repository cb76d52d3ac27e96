using Capsule.Core.Diagnostics;
using Capsule.Core.Files;
using NuGet.Packaging;
using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace Capsule.Distribution.Feeds;

/// <summary>
/// The packages in a flat folder, where a file's name is all that says which package it is. NuGet's client goes by the nuspec
/// and leaves out what does not fit, so a renamed file would look like one that is not there; here it is refused.
/// </summary>
internal static class FolderEntries
{
    private const string Extension = ".nupkg";

    /// <summary>The first entry that stands for the package, or for the version asked for, and is another one inside (CAP4012).</summary>
    public static Diagnostic? Misnamed(string folder, PackageName package, CancellationToken cancel)
    {
        var wanted = NuGetVersion.TryParse(package.Version, out var version) ? version : null;
        foreach (var file in Files(folder, package.FeedId).Order(StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            var rest = Path.GetFileName(file)[(package.FeedId.Length + 1)..^Extension.Length];
            var named = NuGetVersion.TryParse(rest, out var parsed) ? parsed : null;
            var inside = Identity(file);
            var isOurs = inside is null || package.FeedId.Equals(inside.Id, StringComparison.OrdinalIgnoreCase);
            if (isOurs && inside is not null && inside.Version == named)
            {
                continue;
            }

            // Another package may well have a name that begins like this one: acme.site.2 beside acme.site.
            var stands = NuGetVersion.TryParseStrict(rest, out _) || (isOurs && inside is not null);
            if (stands && (wanted is null || wanted == named || (isOurs && wanted == inside?.Version)))
            {
                return FeedDiagnostics.EntryMisnamed.Now(file, inside is null ? "no package that can be read" : $"{inside.Id} {inside.Version}");
            }
        }

        return null;
    }

    private static IEnumerable<string> Files(string folder, string id)
    {
        var options = new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive };
        return Directory.EnumerateDirectories(folder, $"{id}*", options).Prepend(folder)
            .SelectMany(place => Directory.EnumerateFiles(place, $"{id}.*{Extension}", options))
            .Where(file => !file.EndsWith($".symbols{Extension}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What the nuspec says; null when there is none that can be read.</summary>
    private static PackageIdentity? Identity(string file)
    {
        if (RegularFile.IsSpecial(file))
        {
            return null;
        }

        try
        {
            using var reader = new PackageArchiveReader(file);
            return reader.GetIdentity();
        }
        catch (Exception problem) when (problem is not (IOException or UnauthorizedAccessException or OutOfMemoryException) || problem is EndOfStreamException)
        {
            // A damaged archive shows itself in many types: what cannot be read is not the package that the name says.
            return null;
        }
    }
}
