using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Distribution.Sources;
using Capsule.Families;
using Capsule.Families.Kits;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Reading;

namespace Capsule.Operations.Kits.Describing;

/// <summary>A Kit as <c>kit info</c> tells of it (specs: kits 4). It holds no path of the machine that it was read on: what is printed ends in a README.</summary>
/// <param name="Manifest">What it says.</param>
/// <param name="ManifestPath">The file; not told.</param>
/// <param name="Repository">Where others can fetch it; null when its folder is not the root of a clone.</param>
public sealed record KitDescription(KitManifest Manifest, string ManifestPath, string? Repository)
{
    public string Folder => Path.GetDirectoryName(ManifestPath)!;

    /// <summary>The source that a Kit which depends on this one names: its repository, or the way from a neighbour.</summary>
    public string Source => Repository is { } address ? $"git: {address}" : $"path: ../{Path.GetFileName(Folder)}";

    /// <summary>Reads a Kit without what it depends on; nothing is fetched.</summary>
    /// <param name="path">The manifest, or its folder.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<Result<KitDescription>> ReadAsync(string path, CancellationToken cancel)
    {
        var manifest = FindManifest(path);
        if (!manifest.Succeeded)
        {
            return Result.Failed<KitDescription>(manifest.Diagnostics);
        }

        var source = SourceText.Load(manifest.Value);
        var read = source.Succeeded ? KitReader.Read(source.Value) : Result.Failed<KitManifest>(source.Diagnostics);
        return read.Succeeded
            ? Result.Of(new KitDescription(read.Value, manifest.Value, await RepositoryAddress.OfAsync(Path.GetDirectoryName(manifest.Value)!, cancel)), read.Diagnostics)
            : Result.Failed<KitDescription>(read.Diagnostics);
    }

    /// <summary>The manifest of a Kit (CAP5580 for another package).</summary>
    public static Result<string> FindManifest(string path)
    {
        var found = FamilyCatalog.Recognise(path);
        return !found.Succeeded ? Result.Failed<string>(found.Diagnostics)
            : found.Value.Family is KitFamily ? found.Value.ManifestPath
            : KitToolDiagnostics.NoKit.In(found.Value.ManifestPath, Path.GetFileName(found.Value.ManifestPath), found.Value.Family.Name);
    }
}
