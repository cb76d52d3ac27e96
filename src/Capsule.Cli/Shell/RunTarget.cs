using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Distribution;
using Capsule.Distribution.Store;
using Capsule.Families;
using Capsule.Packaging.Locking;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Toolchains;

namespace Capsule.Cli.Shell;

/// <summary>Something that can be run or tested: a project of the user's, or an installed package that was verified again.</summary>
/// <param name="Compiled">What its manifest says.</param>
/// <param name="Folder">The project, or the tree in the store.</param>
/// <param name="Installed">The store's record; null for a project.</param>
/// <param name="Locked">The toolchains that its lock pins for this machine.</param>
internal sealed record RunTarget(CompiledPackage Compiled, string Folder, InstalledPackage? Installed, IReadOnlyDictionary<string, ToolchainPlan> Locked)
{
    /// <param name="context">The call.</param>
    /// <param name="package">A folder, a manifest, or publisher/slug[@version].</param>
    /// <param name="selection">What of the manifest.</param>
    /// <param name="requireLock">True to refuse a missing or stale lock.</param>
    /// <param name="cancel">Stops the verification, and what is being fetched.</param>
    public static async Task<Result<RunTarget>> FindAsync(VerbContext context, string package, PackageSelection selection, bool requireLock, CancellationToken cancel)
    {
        var path = context.FullPath(package);
        if (Directory.Exists(path) || (File.Exists(path) && SourcePackage.IsManifest(path)))
        {
            return await OfProjectAsync(context.Home, path, selection, requireLock, cancel);
        }

        if (File.Exists(path))
        {
            return CommandDiagnostics.InstallFirst.Now(package);
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
            ? Result.Of(new RunTarget(compiled, source.Value.Folder, installed, locked.Value), [.. source.Diagnostics, .. check.Diagnostics.Where(d => d.Severity != Severity.Info)])
            : Result.Failed<RunTarget>(locked.Diagnostics);
    }
}
