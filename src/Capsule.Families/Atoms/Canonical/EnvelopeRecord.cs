using System.Buffers.Binary;
using System.Text;
using Capsule.Families.Atoms.Model;

namespace Capsule.Families.Atoms.Canonical;

/// <summary>
/// What the <c>envelope</c> of a signature is over (specs: atoms 16.1; docs: atoms): eight texts, each as the number of its UTF-8 bytes in 32
/// bits, most significant byte first, and those bytes: id, version, class, lifecycle, content_hash (64 digits), files digest (64 digits), key
/// id, signed_at. It is signed in a context of its own, so that no other signature of the key can stand for it.
/// </summary>
public static class EnvelopeRecord
{
    /// <summary>The context string of FIPS 204.</summary>
    public const string Context = "atoms-envelope/1";

    /// <summary>Null unless id, version, lifecycle and content_hash are there and well-formed.</summary>
    /// <param name="atom">As it stands, or is to stand, in the file.</param>
    /// <param name="filesDigest">Of <see cref="FilesDigest"/>.</param>
    /// <param name="keyId">Of the signature's table.</param>
    /// <param name="signedAt">As the signature's table writes it.</param>
    public static byte[]? Write(AtomManifest atom, string filesDigest, string keyId, string signedAt) =>
        atom.Lifecycle is { } lifecycle ? Write(atom, lifecycle.Value, filesDigest, keyId, signedAt) : null;

    /// <summary>The same as if the atom had another lifecycle.</summary>
    public static byte[]? Write(AtomManifest atom, string lifecycle, string filesDigest, string keyId, string signedAt)
    {
        if (atom.Reference is not { } reference || atom.Hash is not { } hash)
        {
            return null;
        }

        using var record = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var text in (string[])[atom.Id!.Value, reference.Version, atom.Payload?.Class?.Value ?? reference.Class, lifecycle, hash, filesDigest, keyId, signedAt])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            record.Write(length);
            record.Write(bytes);
        }

        return record.ToArray();
    }
}
