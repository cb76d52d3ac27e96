using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Distribution;
using Capsule.Distribution.Sources;
using Capsule.Distribution.Store;
using Capsule.Families;
using Capsule.Operations.Consent;
using Capsule.Operations.Sources;
using Capsule.Packaging.Locking;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Cli.Shell;

/// <summary>Something that can be run or tested: a project of the user's, an installed package that was verified again, or a stranger's out of a repository or a package file.</summary>
/// <param name="Compiled">What its manifest says.</param>
/// <param name="Folder">The project, or the tree that holds the package and nothing else.</param>
/// <param name="Installed">The store's record; null for what is not installed.</param>
/// <param name="Locked">The toolchains that its lock pins for this machine.</param>
internal sealed record RunTarget(CompiledPackage Compiled, string Folder, InstalledPackage? Installed, IReadOnlyDictionary<string, ToolchainPlan> Locked)
{
    /// <summary>Where a stranger's package comes from; null for a project and an installed package.</summary>
    public ForeignPackage? Foreign { get; init; }

    /// <summary>The tree identities of the repositories that it depends on.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>True for what is not the user's own project: its folder holds the package and nothing else, and is never written to.</summary>
    public bool IsManaged => Installed is not null || Foreign is not null;

    /// <summary>What somebody has to agree to before it runs; null for a project.</summary>
    public ConsentSubject? Subject => Installed is { } package ? ConsentSubject.Of(package) : Foreign is { } stranger ? ConsentSubject.Of(stranger, Others) : null;

    /// <param name="context">The call.</param>
    /// <param name="package">A folder, a manifest, publisher/slug[@version], a package file, or the address of a repository.</param>
    /// <param name="selection">What of the manifest.</param>
    /// <param name="requireLock">True to refuse a missing or stale lock.</param>
    /// <param name="cancel">Stops the verification, and what is being fetched.</param>
    public static async Task<Result<RunTarget>> FindAsync(VerbContext context, string package, PackageSelection selection, bool requireLock, CancellationToken cancel)
    {
        // Before any folder: whoever writes an address must not run what lies beside them under its name.
        if (GitLocation.LooksLike(package))
        {
            return await OfStrangerAsync(context, await ForeignPackages.FetchAsync(context.Home, package, cancel), selection, requireLock, cancel);
        }

        var path = context.FullPath(package);
        if (Directory.Exists(path) || (File.Exists(path) && SourcePackage.IsManifest(path)))
        {
            return await OfProjectAsync(context.Home, path, selection, requireLock, cancel);
        }

        if (File.Exists(path))
        {
            return await OfStrangerAsync(context, await ForeignPackages.OpenAsync(context.Home, path, cancel), selection, requireLock, cancel);
        }

        if (GitLocation.LooksShort(package))
        {
            return await OfStrangerAsync(context, await ForeignPackages.FetchAsync(context.Home, package, cancel), selection, requireLock, cancel);
        }

        return PackageName.LooksLike(package)
            ? await OfStoreAsync(context, PackageName.Parse(package).Value!, selection, requireLock, cancel)
            : CommandDiagnostics.NothingToRun.Now(package);
    }

    private static async Task<Result<RunTarget>> OfStoreAsync(VerbContext context, PackageName name, PackageSelection selection, bool requireLock, CancellationToken cancel)
    {
        var store = new PackageStore(context.Home.Store);
        var installed = store.Find(name);
        if (!installed.Succeeded)
        {
            return Result.Failed<RunTarget>(installed.Diagnostics);
        }

        var folder = store.TreeOf(installed.Value);
        var tree = await TreeReader.VerifyAsync(folder, null, cancel);
        if (!tree.Succeeded)
        {
            return Result.Failed<RunTarget>(tree.Diagnostics);
        }

        if (tree.Value.Identity != installed.Value.Identity)
        {
            return CommandDiagnostics.StoreChanged.Now(installed.Value.Name, installed.Value.Identity, tree.Value.Identity);
        }

        var source = await SourcePackage.ResolveAsync(
            context.Home,
            Path.Combine(folder, installed.Value.Manifest),
            manifest => Request(manifest, selection) with { Publisher = installed.Value.Publisher, Version = installed.Value.Version, Installed = true },
            followLock: true,
            cancel);
        return OfSource(source, installed.Value, requireLock);
    }

    private static async Task<Result<RunTarget>> OfStrangerAsync(VerbContext context, Result<ForeignPackage> found, PackageSelection selection, bool requireLock, CancellationToken cancel)
    {
        if (!found.Succeeded)
        {
            return Result.Failed<RunTarget>(found.Diagnostics);
        }

        var stranger = found.Value;
        var source = await SourcePackage.ResolveAsync(
            context.Home,
            stranger.Folder,
            manifest => Request(manifest, selection) with { Publisher = stranger.Scope, Installed = true, Tree = stranger.Tree },
            followLock: true,
            cancel);
        var target = OfSource(source, installed: null, requireLock);
        return target.Succeeded
            ? Result.Of(target.Value with { Foreign = stranger }, [.. stranger.Notice is { } notice ? [notice] : Array.Empty<Diagnostic>(), .. target.Diagnostics])
            : target;
    }

    /// <summary>A project, with what it depends on.</summary>
    public static async Task<Result<RunTarget>> OfProjectAsync(CapsuleHome home, string path, PackageSelection selection, bool requireLock, CancellationToken cancel) =>
        OfSource(await SourcePackage.ResolveAsync(home, path, manifest => Request(manifest, selection), followLock: true, cancel), installed: null, requireLock);

    private static CompileRequest Request(string manifest, PackageSelection selection) => new()
    {
        ManifestPath = manifest,
        Target = selection.Target,
        Options = selection.Options,
        Variants = selection.Variants,
    };

    private static Result<RunTarget> OfSource(Result<SourcePackage> source, InstalledPackage? installed, bool requireLock)
    {
        if (!source.Succeeded)
        {
            return Result.Failed<RunTarget>(source.Diagnostics);
        }

        var compiled = source.Value.Compiled;
        var check = LockCheck.Check(new LockRequest(source.Value.LockPath) { Toolchains = compiled.Toolchains, Dependencies = compiled.GitDependencies, Locked = requireLock });
        if (!check.Succeeded)
        {
            return Result.Failed<RunTarget>(check.Diagnostics);
        }

        var locked = ToolchainLock.ForThisMachine(check.Value);
        return locked.Succeeded
            ? Result.Of(new RunTarget(compiled, source.Value.Folder, installed, locked.Value) { Others = [.. source.Value.Pins.Select(p => p.Tree)] }, [.. source.Diagnostics, .. check.Diagnostics.Where(d => d.Severity != Severity.Info)])
            : Result.Failed<RunTarget>(locked.Diagnostics);
    }
}
