using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Packaging.Containers;
using Capsule.Trust.Envelopes;

namespace Capsule.Cli.Shell;

/// <summary>A container, .nupkg, archive or unpacked folder that was read in full: every byte agrees with its tree.</summary>
/// <param name="Package">What it says it is, with its identity; scope and version may be missing.</param>
/// <param name="Lines">The signature lines inside and beside it.</param>
internal sealed record PackageFile(PackageReference Package, SignatureLines Lines)
{
    /// <param name="file">Absolute.</param>
    /// <param name="publisher">Used where it states none.</param>
    /// <param name="version">Used where it states none.</param>
    /// <param name="cancel">Stops reading.</param>
    public static async Task<Result<PackageFile>> ReadAsync(string file, string? publisher, string? version, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(file, new PackageReadOptions { IsManifest = SourcePackage.IsManifest }, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<PackageFile>(opened.Diagnostics);
        }

        var tree = await opened.Value.VerifyAsync(cancel);
        var lines = opened.Value.SignatureLines is { } bytes ? SignatureLines.Read(bytes) : SignatureLines.None;
        if (!tree.Succeeded || !lines.Succeeded)
        {
            return Result.Failed<PackageFile>([.. tree.Diagnostics, .. lines.Diagnostics]);
        }

        var stated = ManifestStatement.Read(opened.Value);
        return stated.Succeeded
            ? new PackageFile(stated.Value with { Scope = stated.Value.Scope ?? publisher, Version = stated.Value.Version ?? version, Identity = tree.Value.Identity }, lines.Value)
            : Result.Failed<PackageFile>(stated.Diagnostics);
    }
}
