using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>Computes an atom's hash by the rule that its catalog binds, and compares it with the stored one (specs: atoms 5.3, steps 4 to 6).</summary>
public static class HashCheck
{
    /// <summary>CAP0816 when the files cannot be hashed, CAP0808 when the rule is about an asset that is not there.</summary>
    public static Result<HashVerdict> Run(AtomCatalog catalog, AtomManifest manifest, AtomFiles files, CancellationToken cancel = default)
    {
        var asset = manifest.Payload?.Asset?.Value ?? manifest.Payload?.AssetSource?.Value;
        if (asset is not null && !files.Paths.Contains(asset))
        {
            asset = null;
        }

        var computed = catalog.Canonicalization == CanonicalRules.RawAsset
            ? asset is null ? NoAsset(manifest) : CanonicalBytes.HashRaw(files, asset, cancel)
            : CanonicalBytes.Hash(files, cancel);
        if (!computed.Succeeded)
        {
            return Result.Failed<HashVerdict>(computed.Diagnostics);
        }

        if (manifest.Hash is not { } stored)
        {
            return new HashVerdict(HashState.Empty, null, computed.Value);
        }

        if (stored == computed.Value)
        {
            return new HashVerdict(HashState.Match, stored, computed.Value);
        }

        if (catalog.Canonicalization is null && asset is not null && CanonicalBytes.HashRaw(files, asset, cancel) is { Value: { } raw } && raw == stored)
        {
            return new HashVerdict(HashState.Legacy, stored, computed.Value);
        }

        return new HashVerdict(HashState.Mismatch, stored, computed.Value, HashForensics.Explain(stored, files, asset, catalog.Canonicalization, cancel));
    }

    /// <summary>The bytes that signatures of an atom are over: those of the binding rule, never of another.</summary>
    public static Result<byte[]> Message(AtomCatalog catalog, AtomManifest manifest, AtomFiles files, CancellationToken cancel = default)
    {
        if (catalog.Canonicalization != CanonicalRules.RawAsset)
        {
            return CanonicalBytes.Read(files, cancel);
        }

        var asset = Asset(manifest, files);
        return asset.Succeeded ? CanonicalBytes.ReadRaw(files, asset.Value, cancel) : Result.Failed<byte[]>(asset.Diagnostics);
    }

    /// <summary>The one file that counts where the catalog hashes the asset alone (CAP0808).</summary>
    internal static Result<string> Asset(AtomManifest manifest, AtomFiles files) =>
        manifest.Payload?.Asset?.Value is { } asset && files.Paths.Contains(asset) ? asset : NoAsset(manifest);

    private static Result<string> NoAsset(AtomManifest manifest) =>
        AtomDiagnostics.Asset.At(manifest.Payload?.Place ?? manifest.Source.Whole, manifest.Payload?.Asset?.Value ?? "", "the catalog hashes the asset alone, and there is none");
}
