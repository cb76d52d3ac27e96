using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>What RFC 8032 5.1.5 and 5.1.6 make of a 32-byte seed: the secret scalar, the prefix for nonces, and the public key.</summary>
internal ref struct ExpandedSecret
{
    private readonly Span<byte> _scalar;
    private readonly Span<byte> _prefix;
    private readonly Span<byte> _all;

    /// <param name="seed">32 bytes.</param>
    /// <param name="room">64 bytes for the secrets; <see cref="Forget"/> overwrites them.</param>
    public ExpandedSecret(ReadOnlySpan<byte> seed, Span<byte> room)
    {
        SHA512.HashData(seed, room);
        _all = room;
        _scalar = room[..32];
        _prefix = room[32..64];
        _scalar[0] &= 0xf8;
        _scalar[31] = (byte)((_scalar[31] & 0x7f) | 0x40);
    }

    public readonly void WritePublicKey(Span<byte> into) => PointProduct.OfBase(_scalar).Write(into);

    /// <summary>Writes the 64 bytes R and S.</summary>
    public readonly void Sign(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> into)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        Span<byte> nonce = stackalloc byte[Scalar.Size];
        Span<byte> challenge = stackalloc byte[Scalar.Size];
        var r = into[..32];

        Hash(_prefix, default, message, digest);
        Scalar.Reduce(digest, nonce);
        PointProduct.OfBase(nonce).Write(r);

        Challenge(r, publicKey, message, challenge);
        Scalar.MultiplyAdd(challenge, _scalar, nonce, into[32..]);
        CryptographicOperations.ZeroMemory(digest);
        CryptographicOperations.ZeroMemory(nonce);
    }

    public readonly void Forget() => CryptographicOperations.ZeroMemory(_all);

    /// <summary>SHA-512(R ‖ A ‖ M) modulo L.</summary>
    public static void Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> into)
    {
        Span<byte> digest = stackalloc byte[SHA512.HashSizeInBytes];
        Hash(r, publicKey, message, digest);
        Scalar.Reduce(digest, into);
    }

    private static void Hash(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, Span<byte> into)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(a);
        hash.AppendData(b);
        hash.AppendData(c);
        hash.GetHashAndReset(into);
    }
}
