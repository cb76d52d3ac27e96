using System.Formats.Asn1;
using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// An ML-DSA private key. Its PKCS#8 content (RFC 9881 6) is a choice: <c>[0]</c> the seed, the expanded key, or a sequence of both; also
/// read are a bare seed, and a seed in an octet string, which older libraries wrote. Written is the seed, where it is known.
/// </summary>
internal sealed class MlDsaPrivateKey : IPrivateKey
{
    private static readonly Asn1Tag SeedTag = new(TagClass.ContextSpecific, 0);

    private readonly MlDsaAlgorithm _algorithm;
    private readonly byte[]? _seed;
    private readonly byte[] _expanded;
    private bool _disposed;

    private MlDsaPrivateKey(MlDsaAlgorithm algorithm, ReadOnlySpan<byte> publicKey, byte[] expanded, byte[]? seed)
    {
        (_algorithm, _expanded, _seed) = (algorithm, expanded, seed);
        PublicKey = PublicKey.FromRaw(algorithm, publicKey)!;
    }

    public PublicKey PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> message) => SignWith(message, [], deterministic: false);

    public byte[] SignDeterministically(ReadOnlySpan<byte> message) => SignWith(message, [], deterministic: true);

    public byte[] SignInContext(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, bool deterministic)
    {
        ArgumentOutOfRangeException.ThrowIfZero(context.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(context.Length, 255);
        return SignWith(message, context, deterministic);
    }

    public byte[] ExportPkcs8()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        if (_seed is null)
        {
            writer.WriteOctetString(_expanded);
        }
        else
        {
            writer.WriteOctetString(_seed, SeedTag);
        }

        var content = writer.Encode();
        writer.Reset();
        var info = PrivateKeyInfo.Write(_algorithm.ObjectIdentifier, content);
        CryptographicOperations.ZeroMemory(content);
        return info;
    }

    public void Dispose()
    {
        _disposed = true;
        CryptographicOperations.ZeroMemory(_expanded);
        CryptographicOperations.ZeroMemory(_seed);
    }

    /// <summary>The key of a 32-byte seed.</summary>
    public static MlDsaPrivateKey FromSeed(MlDsaAlgorithm algorithm, ReadOnlySpan<byte> seed)
    {
        var publicKey = new byte[algorithm.Set.PublicKeyLength];
        var expanded = Secret(algorithm.Set.PrivateKeyLength);
        var kept = Secret(seed.Length);
        seed.CopyTo(kept);
        MlDsaEngines.Preferred.Derive(algorithm.Set, seed, publicKey, expanded);
        return new MlDsaPrivateKey(algorithm, publicKey, expanded, kept);
    }

    /// <summary>Reads the content of a PKCS#8 privateKey; null when it is malformed or contradicts itself.</summary>
    public static MlDsaPrivateKey? FromPkcs8(MlDsaAlgorithm algorithm, ReadOnlySpan<byte> content)
    {
        if (content.Length == MlDsaParameters.SeedLength)
        {
            return FromSeed(algorithm, content);
        }

        try
        {
            var reader = new DerReader(content);
            var key = reader.Has(SeedTag) ? FromSeedOfItsLength(algorithm, reader.ReadOctetString(SeedTag))
                : reader.Has(Asn1Tag.Sequence) ? FromBoth(algorithm, reader.ReadSequence())
                : FromOctets(algorithm, reader.ReadOctetString());
            if (reader.IsAtEnd)
            {
                return key;
            }

            key?.Dispose();
        }
        catch (AsnContentException)
        {
            // Said as null, like every other malformed content.
        }

        return null;
    }

    private static MlDsaPrivateKey? FromSeedOfItsLength(MlDsaAlgorithm algorithm, ReadOnlySpan<byte> seed) =>
        seed.Length == MlDsaParameters.SeedLength ? FromSeed(algorithm, seed) : null;

    private static MlDsaPrivateKey? FromOctets(MlDsaAlgorithm algorithm, ReadOnlySpan<byte> octets)
    {
        if (octets.Length == MlDsaParameters.SeedLength)
        {
            return FromSeed(algorithm, octets);
        }

        var publicKey = new byte[algorithm.Set.PublicKeyLength];
        if (!KeyGeneration.TryFindPublicKey(algorithm.Set, octets, publicKey))
        {
            return null;
        }

        var expanded = Secret(octets.Length);
        octets.CopyTo(expanded);
        return new MlDsaPrivateKey(algorithm, publicKey, expanded, seed: null);
    }

    private static MlDsaPrivateKey? FromBoth(MlDsaAlgorithm algorithm, DerReader both)
    {
        var seed = both.ReadOctetString();
        var expanded = both.ReadOctetString();
        both.ExpectEnd();
        var key = FromSeedOfItsLength(algorithm, seed);
        if (key is null || CryptographicOperations.FixedTimeEquals(key._expanded, expanded))
        {
            return key;
        }

        key.Dispose();
        return null;
    }

    private byte[] SignWith(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, bool deterministic)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _algorithm.Sign(_expanded, message, context, deterministic);
    }

    /// <summary>Memory that the garbage collector does not copy elsewhere.</summary>
    private static byte[] Secret(int length) => GC.AllocateArray<byte>(length, pinned: true);
}
