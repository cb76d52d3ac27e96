using Capsule.Core.Diagnostics;
using Capsule.Distribution.Sources;
using Capsule.Families;
using Capsule.Operations.Settings;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Sources;

/// <summary>Gets packages that run without being installed, into <c>CAPSULE_HOME/sources</c>.</summary>
public static class ForeignPackages
{
    /// <summary>The state of a repository that is named, as it is now (CAP4300 to CAP4312).</summary>
    public static async Task<Result<ForeignPackage>> FetchAsync(CapsuleHome home, string text, CancellationToken cancel)
    {
        var location = GitLocation.Parse(text);
        var settings = UserSettings.Load(home.Config);
        if (!location.Succeeded || !settings.Succeeded)
        {
            return Result.Failed<ForeignPackage>([.. location.Diagnostics, .. settings.Diagnostics]);
        }

        var (source, folder) = (location.Value.Source, location.Value.Folder);
        var store = new GitStore(home.Sources, IsManifest) { Replacements = settings.Value.Replacements, Whole = folder.Length > 0 };
        var fetched = await store.FetchAsync(source, null, cancel);
        if (!fetched.Succeeded)
        {
            return Result.Failed<ForeignPackage>(fetched.Diagnostics);
        }

        var own = location.Value.FolderIn(fetched.Value);
        return !own.Succeeded ? Result.Failed<ForeignPackage>(own.Diagnostics) : new ForeignPackage
        {
            Name = location.Value.ToString(),
            Origin = location.Value.Origin,
            Commit = fetched.Value.Commit,
            Ref = source.Ref,
            Tree = fetched.Value.Folder,
            Folder = own.Value,
            Identity = fetched.Value.Identity,
            Notice = fetched.Value.Notice,
        };
    }

    /// <summary>The content of a package file (CAP4313, and CAP2xnn).</summary>
    /// <param name="home">Where it is unpacked.</param>
    /// <param name="file">Absolute path.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<Result<ForeignPackage>> OpenAsync(CapsuleHome home, string file, CancellationToken cancel)
    {
        var kept = await new ArchiveStore(home.Sources, IsManifest).KeepAsync(file, cancel);
        return kept.Succeeded
            ? new ForeignPackage { Name = file, Origin = file, Tree = kept.Value.Folder, Folder = kept.Value.Folder, Identity = kept.Value.Identity }
            : Result.Failed<ForeignPackage>(kept.Diagnostics);
    }

    private static bool IsManifest(string name) => FamilyCatalog.All.Any(f => f.Recognises(Path.GetFileName(name)));
}
