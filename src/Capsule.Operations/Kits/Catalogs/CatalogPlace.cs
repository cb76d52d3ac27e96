using Capsule.Core.Diagnostics;
using Capsule.Distribution.Sources;
using Capsule.Operations.Settings;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Kits.Catalogs;

/// <summary>Where a catalog of Kits is: a file, a folder with <c>apps.json</c>, or a repository that has one at its top or in the folder that is named.</summary>
public static class CatalogPlace
{
    public const string FileName = "apps.json";

    /// <summary>Reads the catalog (CAP4320, CAP4321, what <see cref="CatalogReader"/> and a fetch can say).</summary>
    /// <param name="home">Its settings name the default one; repositories are kept below it.</param>
    /// <param name="named">As the user wrote it; null for the default.</param>
    /// <param name="folder">What a relative path starts from.</param>
    /// <param name="cancel">Ends a fetch.</param>
    public static async Task<Result<KitCatalog>> ReadAsync(CapsuleHome home, string? named, string folder, CancellationToken cancel)
    {
        var settings = UserSettings.Load(home.Config);
        if (!settings.Succeeded)
        {
            return Result.Failed<KitCatalog>(settings.Diagnostics);
        }

        if ((named ?? settings.Value.KitRegistry) is not { Length: > 0 } place)
        {
            return CatalogDiagnostics.NotNamed.Now();
        }

        // Before any folder, as for what is run.
        if (GitLocation.LooksLike(place))
        {
            return await FetchAsync(home, place, settings.Value, cancel);
        }

        var path = Path.GetFullPath(place, named is null ? home.Root : folder);
        if (Directory.Exists(path) || File.Exists(path))
        {
            var file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
            return File.Exists(file) ? CatalogReader.Load(file, file) : CatalogDiagnostics.NotThere.Now(file);
        }

        return GitLocation.LooksShort(place) ? await FetchAsync(home, place, settings.Value, cancel) : CatalogDiagnostics.NotThere.Now(path);
    }

    private static async Task<Result<KitCatalog>> FetchAsync(CapsuleHome home, string text, UserSettings settings, CancellationToken cancel)
    {
        var location = GitLocation.Parse(text);
        if (!location.Succeeded)
        {
            return Result.Failed<KitCatalog>(location.Diagnostics);
        }

        var fetched = await new GitStore(home.Sources, _ => false) { Replacements = settings.Replacements, Whole = true }.FetchAsync(location.Value.Source, null, cancel);
        var folder = fetched.Succeeded ? location.Value.FolderIn(fetched.Value) : Result.Failed<string>(fetched.Diagnostics);
        if (!folder.Succeeded)
        {
            return Result.Failed<KitCatalog>(folder.Diagnostics);
        }

        var from = $"{location.Value} (commit {fetched.Value!.Commit})";
        var file = Path.Combine(folder.Value, FileName);
        var read = File.Exists(file) ? CatalogReader.Load(file, from) : CatalogDiagnostics.NotThere.Now($"{FileName} in {from}");
        return read.Succeeded && fetched.Value.Notice is { } notice ? Result.Of(read.Value, [notice, .. read.Diagnostics]) : read;
    }
}
