using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Operations.Atoms;

/// <summary>Finds the public key of a registered key. Wherever it comes from, it is used only when its digest is the registered fingerprint.</summary>
internal static class AtomPublicKey
{
    private const int MaximumLength = 16 * 1024;

    /// <summary>From the registry, its file, or the block itself; null when none of them has the key.</summary>
    public static PublicKey? Find(AtomKey key, AtomSignature? block)
    {
        IEnumerable<Func<PublicKey?>> sources = [() => FromText(key, key.PublicKey), () => FromFile(key), () => FromText(key, block?.PublicKey)];
        return sources.Select(s => s()).FirstOrDefault(found => found is not null && AtomKeys.Fingerprint(found) == key.Fingerprint && found.Algorithm.Name == key.Algorithm);
    }

    private static PublicKey? FromText(AtomKey key, string? base64)
    {
        if (base64 is null or { Length: > MaximumLength })
        {
            return null;
        }

        var buffer = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, buffer, out var length))
        {
            return null;
        }

        var bytes = buffer.AsSpan(0, length);
        return PublicKey.FromSpki(bytes) ?? (SignatureAlgorithms.Find(key.Algorithm) is { } algorithm ? PublicKey.FromRaw(algorithm, bytes) : null);
    }

    private static PublicKey? FromFile(AtomKey key) =>
        key.PublicKeyFile is { } file && PublicKeyFile.ReadFile(file).Value is { } keys
            ? keys.Select(k => k.Key).FirstOrDefault(k => AtomKeys.Fingerprint(k) == key.Fingerprint)
            : null;
}
