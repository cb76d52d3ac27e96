using Capsule.Core.Diagnostics;
using Capsule.Distribution.Sources;
using Capsule.Families;
using Capsule.Operations.Settings;
using Capsule.Operations.Sources;
using Capsule.Packaging.Locking;
using Capsule.Runtime.Supervision;

namespace Capsule.Cli.Shell;

/// <summary>A package as it lies in its author's folder: the manifest found, and its plans.</summary>
internal sealed record SourcePackage(string ManifestPath, CompiledPackage Compiled)
{
    public string Folder => Path.GetDirectoryName(ManifestPath)!;

    /// <summary>The lock's path; it need not exist.</summary>
    public string LockPath => Path.Combine(Folder, LockFile.FileName);

    /// <summary>What a lock would say about its repositories; empty when they were not fetched.</summary>
    public IReadOnlyList<LockedDependency> Pins { get; init; } = [];

    /// <summary>True when some family's manifest has this file name.</summary>
    public static bool IsManifest(string path) => FamilyCatalog.All.Any(f => f.Recognises(Path.GetFileName(path)));

    /// <summary>Without what would have to be fetched first.</summary>
    public static Result<SourcePackage> Compile(string path, string? publisher = null, string? version = null, string? target = null)
    {
        var location = FamilyCatalog.Recognise(path);
        if (!location.Succeeded)
        {
            return Result.Failed<SourcePackage>(location.Diagnostics);
        }

        var manifest = location.Value.ManifestPath;
        var compiled = location.Value.Family.Compile(new CompileRequest { ManifestPath = manifest, Publisher = publisher, Version = version, Target = target });
        return compiled.Succeeded
            ? Result.Of(new SourcePackage(manifest, compiled.Value), compiled.Diagnostics)
            : Result.Failed<SourcePackage>(compiled.Diagnostics);
    }

    /// <summary>With everything that it depends on, which is fetched when it is not there.</summary>
    /// <param name="home">Where repositories are kept.</param>
    /// <param name="path">The manifest, or its folder.</param>
    /// <param name="make">The request, given the manifest.</param>
    /// <param name="followLock">False to take repositories as they are now, whatever a lock says.</param>
    /// <param name="cancel">Ends what is being fetched.</param>
    public static async Task<Result<SourcePackage>> ResolveAsync(CapsuleHome home, string path, Func<string, CompileRequest> make, bool followLock, CancellationToken cancel)
    {
        var location = FamilyCatalog.Recognise(path);
        if (!location.Succeeded)
        {
            return Result.Failed<SourcePackage>(location.Diagnostics);
        }

        var settings = UserSettings.Load(home.Config);
        if (!settings.Succeeded)
        {
            return Result.Failed<SourcePackage>(settings.Diagnostics);
        }

        var manifest = location.Value.ManifestPath;
        var lockPath = Path.Combine(Path.GetDirectoryName(manifest)!, LockFile.FileName);
        var locked = followLock && File.Exists(lockPath) ? LockFile.Load(lockPath).Value : null;
        var store = new GitStore(home.Sources, IsManifest) { Replacements = settings.Value.Replacements };
        var resolved = await DependencyResolver.ResolveAsync(location.Value.Family, make(manifest), store, locked, cancel);
        return resolved.Succeeded
            ? Result.Of(new SourcePackage(manifest, resolved.Value.Compiled) { Pins = resolved.Value.Pins }, [.. resolved.Diagnostics, .. resolved.Value.Notices])
            : Result.Failed<SourcePackage>(resolved.Diagnostics);
    }
}
