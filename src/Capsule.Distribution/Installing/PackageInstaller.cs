using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Distribution.Store;
using Capsule.Packaging.Containers;
using Capsule.Trust;
using Capsule.Trust.Envelopes;

namespace Capsule.Distribution.Installing;

/// <summary>Puts packages into the store: fetched, unpacked out of sight, every byte and every signature checked, then shown.</summary>
public static class PackageInstaller
{
    /// <summary>
    /// Installs one package. After any failure (CAP3nnn, CAP4nnn, CAP21nn to CAP23nn), a full disk or a cancellation the
    /// store is as it was.
    /// </summary>
    public static async Task<Result<InstalledPackage>> InstallAsync(InstallRequest request, PackageStore store, CancellationToken cancel)
    {
        try
        {
            using var stage = store.Stage();
            var source = request.File is { } file
                ? Result.Of(new PackageSource(file, Path.GetFullPath(file), request.Package, null, false))
                : await FetchAsync(request, stage, cancel);
            return source.Succeeded ? await InstallAsync(request, source.Value, stage, cancel) : Result.Failed<InstalledPackage>(source.Diagnostics);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return StoreDiagnostics.WriteFailed.Now(problem.Message);
        }
    }

    private static async Task<Result<PackageSource>> FetchAsync(InstallRequest request, StagedInstallation stage, CancellationToken cancel)
    {
        var found = await FeedSearch.FindAsync(request, cancel);
        if (!found.Succeeded)
        {
            return Result.Failed<PackageSource>(found.Diagnostics);
        }

        var (feed, package, isLatest) = found.Value;
        var fetched = await feed.FetchAsync(package, package.Version!, Path.Combine(stage.Scratch, $"{package.FeedId}.nupkg"), cancel);
        return fetched.Succeeded
            ? new PackageSource(fetched.Value, feed.Address, package, feed.Address, isLatest)
            : Result.Failed<PackageSource>(fetched.Diagnostics);
    }

    private static async Task<Result<InstalledPackage>> InstallAsync(
        InstallRequest request, PackageSource source, StagedInstallation stage, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(source.File, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<InstalledPackage>(opened.Diagnostics);
        }

        var info = opened.Value.Info;
        var name = source.Name with { Version = source.Name.Version ?? info.Version };
        if ((info.Scope ?? name.Publisher, info.Name, info.Version ?? name.Version) != (name.Publisher, name.Slug, name.Version) || name.Version is null)
        {
            return StoreDiagnostics.NotNamedSo.Now($"{info.Scope}/{info.Name}@{info.Version}", name);
        }

        var tree = await opened.Value.ExtractAsync(stage.Tree, cancel);
        if (!tree.Succeeded)
        {
            return Result.Failed<InstalledPackage>(tree.Diagnostics);
        }

        if (ManifestDisagrees(request, stage.Tree, info.Manifest, info.Family, name) is { } problem)
        {
            return problem;
        }

        var lines = opened.Value.SignatureLines is { } bytes ? SignatureLines.Read(bytes) : SignatureLines.None;
        if (!lines.Succeeded)
        {
            return Result.Failed<InstalledPackage>(lines.Diagnostics);
        }

        var verified = PackageVerifier.Verify(new VerifyRequest
        {
            Package = new PackageReference(info.Family, name.Publisher, name.Slug, name.Version, tree.Value.Identity),
            Lines = lines.Value,
            Trust = request.Trust,
            Feed = source.Feed,
            IsLatest = source.IsLatest,
            ExpectedIdentity = request.ExpectedIdentity,
            Ask = request.Ask,
            Now = request.Now,
        });
        if (!verified.Succeeded)
        {
            return Result.Failed<InstalledPackage>(verified.Diagnostics);
        }

        var accepted = request.Trust.StateFile.Accept(verified.Value);
        if (!accepted.Succeeded)
        {
            return Result.Failed<InstalledPackage>(accepted.Diagnostics);
        }

        await File.WriteAllBytesAsync(stage.Signatures, lines.Value.ToBytes(), cancel);
        var installed = stage.Commit(new InstalledPackage(
            info.Family, name.Publisher, name.Slug, name.Version, tree.Value.Identity, info.Manifest, source.Origin, verified.Value.Signers)
        {
            ByRule = !verified.Value.IsFirstUse,
        });
        return installed with { Diagnostics = [.. verified.Diagnostics, .. installed.Diagnostics] };
    }

    private static Diagnostic? ManifestDisagrees(InstallRequest request, string tree, string manifest, string family, PackageName name)
    {
        var stated = request.ReadManifest(Path.Combine(tree, manifest));
        if (!stated.Succeeded)
        {
            return stated.Diagnostics.First(d => d.IsError);
        }

        var (package, version) = (stated.Value, stated.Value.Version ?? name.Version);
        return package.Family == family && package.Name == name.Slug && version == name.Version
            ? null
            : StoreDiagnostics.NotNamedSo.Now($"the {package.Family} {package.Name}@{version}", $"the {family} {name}");
    }

    /// <param name="File">The file to read.</param>
    /// <param name="Origin">Where it came from, for the record.</param>
    /// <param name="Name">What was asked for.</param>
    /// <param name="Feed">The feed's address, null for a local file.</param>
    /// <param name="IsLatest">True when no version was asked for.</param>
    private sealed record PackageSource(string File, string Origin, PackageName Name, string? Feed, bool IsLatest);
}
