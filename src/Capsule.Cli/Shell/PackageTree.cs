using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Distribution;
using Capsule.Distribution.Store;
using Capsule.Packaging.Containers;

namespace Capsule.Cli.Shell;

/// <summary>The tree of whatever a user can name a package by; every byte of it is checked.</summary>
internal static class PackageTree
{
    public static async Task<Result<TreeDocument>> ReadAsync(VerbContext context, string package, CancellationToken cancel)
    {
        var path = context.FullPath(package);
        if (Directory.Exists(path))
        {
            return File.Exists(Path.Combine(path, TreeReader.DocumentPath))
                ? await TreeReader.VerifyAsync(path, null, cancel)
                : await ReadSourceAsync(path, cancel);
        }

        if (File.Exists(path))
        {
            return SourcePackage.IsManifest(path) ? await ReadSourceAsync(path, cancel) : await ReadFileAsync(path, cancel);
        }

        if (!PackageName.LooksLike(package))
        {
            return CommandDiagnostics.NothingToRun.Now(package);
        }

        var store = new PackageStore(context.Home.Store);
        var installed = store.Find(PackageName.Parse(package).Value!);
        return installed.Succeeded
            ? await TreeReader.VerifyAsync(store.TreeOf(installed.Value), null, cancel)
            : Result.Failed<TreeDocument>(installed.Diagnostics);
    }

    private static async Task<Result<TreeDocument>> ReadSourceAsync(string path, CancellationToken cancel)
    {
        var source = SourcePackage.Compile(path);
        return source.Succeeded
            ? await PackagePacker.ReadTreeAsync(source.Value.Compiled.Pack, source.Value.Folder, cancel)
            : Result.Failed<TreeDocument>(source.Diagnostics);
    }

    private static async Task<Result<TreeDocument>> ReadFileAsync(string path, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(path, new PackageReadOptions { IsManifest = SourcePackage.IsManifest }, cancel);
        return opened.Succeeded ? await opened.Value.VerifyAsync(cancel) : Result.Failed<TreeDocument>(opened.Diagnostics);
    }
}
