using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Families.Atoms.Catalogs;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>
/// The framed digest of an atom's files (specs: atoms 16.2): unlike <c>content_hash</c> it tells one file from the next and knows their names. It
/// is the SHA-256 of, for each file that the hash covers and in the same order, the length of its path in 32 bits, the path in UTF-8, the number
/// of its bytes in 64 bits, and their SHA-256; numbers with the most significant byte first, bytes as the catalog's rule takes them.
/// </summary>
public static class FilesDigest
{
    /// <summary>64 lower-case hex digits (CAP0816, CAP0808).</summary>
    public static Result<string> Of(AtomCatalog catalog, AtomManifest manifest, AtomFiles files, CancellationToken cancel = default)
    {
        var raw = catalog.Canonicalization == CanonicalRules.RawAsset;
        var asset = raw ? HashCheck.Asset(manifest, files) : Result.Of("");
        if (!asset.Succeeded)
        {
            return asset;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[8];
        foreach (var path in raw ? [asset.Value] : files.Paths)
        {
            var measured = CanonicalBytes.Measure(files, path, raw, cancel);
            if (!measured.Succeeded)
            {
                return Result.Failed<string>(measured.Diagnostics);
            }

            var name = Encoding.UTF8.GetBytes(path);
            BinaryPrimitives.WriteInt32BigEndian(number, name.Length);
            hash.AppendData(number[..4]);
            hash.AppendData(name);
            BinaryPrimitives.WriteInt64BigEndian(number, measured.Value.Size);
            hash.AppendData(number);
            hash.AppendData(measured.Value.Digest);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
