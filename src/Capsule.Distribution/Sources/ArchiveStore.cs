using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Packaging.Containers;

namespace Capsule.Distribution.Sources;

/// <summary>
/// Package files that run without being installed, each content unpacked once: <c>archives/DIGEST</c>, where DIGEST is the tree's identity.
/// Every form is read that <see cref="PackageReader"/> reads: containers, .nupkg envelopes, and archives by others (zip, tar, tar in gzip or
/// zstd) with a manifest at their root or in their only folder.
/// </summary>
/// <param name="root">Absolute path; made on demand.</param>
/// <param name="isManifest">Recognises the manifests that a tree may have at its top.</param>
public sealed class ArchiveStore(string root, Func<string, bool> isManifest)
{
    /// <summary>The content of a file, unpacked whole or not at all and compared byte by byte, now or when it was first used (CAP4313, and CAP2xnn).</summary>
    public async Task<Result<KeptArchive>> KeepAsync(string file, CancellationToken cancel)
    {
        var opened = await PackageReader.OpenAsync(file, new PackageReadOptions { IsManifest = isManifest }, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<KeptArchive>(opened.Diagnostics);
        }

        var identity = opened.Value.Tree.Identity;
        var folder = Path.Combine(root, "archives", TreeIdentity.Digest(identity).Value!);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            var unpacked = await opened.Value.ExtractAsync(folder, cancel);

            // Another program may have been faster with the same content.
            if (!unpacked.Succeeded && !Directory.Exists(folder))
            {
                return Result.Failed<KeptArchive>(unpacked.Diagnostics);
            }
        }

        var tree = await TreeReader.VerifyAsync(folder, null, cancel);
        return tree.Succeeded && tree.Value.Identity == identity
            ? new KeptArchive(folder, identity)
            : SourceDiagnostics.ArchiveChanged.In(file, file, folder);
    }
}

/// <summary>The content of a package file, on this machine.</summary>
/// <param name="Folder">Absolute path of its files; nothing else is in there but the tree document.</param>
/// <param name="Identity">The tree's identity (specs: trust 1).</param>
public sealed record KeptArchive(string Folder, string Identity);
