using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Distribution.Feeds;

/// <summary>
/// Publishing into a flat folder. NuGet's client copies straight to the final name, so a reader could meet half a
/// package; here the package appears whole or not at all.
/// </summary>
internal static class FolderFeed
{
    public static async Task<Result<string>> PlaceAsync(string nupkg, string folder, PackageName package, CancellationToken cancel)
    {
        var target = Path.Combine(folder, $"{package.FeedId}.{package.Version}.nupkg");
        if (File.Exists(target))
        {
            return await SameAsync(nupkg, target, cancel) ? target : FeedDiagnostics.AlreadyPublished.Now(package.FeedId, package.Version);
        }

        // The leading dot and the other extension keep every NuGet client from listing it.
        var incoming = Path.Combine(folder, $".{package.FeedId}.{Guid.NewGuid():N}.incoming");
        try
        {
            StaleFiles.Sweep(folder, $".{package.FeedId}.*.incoming");
            await using (var from = RegularFile.OpenRead(nupkg))
            await using (var to = new FileStream(incoming, FileMode.CreateNew, FileAccess.Write))
            {
                await from.CopyToAsync(to, cancel);
                to.Flush(flushToDisk: true);
            }

            File.Move(incoming, target, overwrite: false);
            return target;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return FeedDiagnostics.FeedWriteFailed.Now(target, problem.Message);
        }
        finally
        {
            File.Delete(incoming);
        }
    }

    private static async Task<bool> SameAsync(string one, string other, CancellationToken cancel) =>
        await DigestAsync(one, cancel) == await DigestAsync(other, cancel);

    private static async Task<string> DigestAsync(string file, CancellationToken cancel)
    {
        await using var stream = RegularFile.OpenRead(file);
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, cancel));
    }
}
