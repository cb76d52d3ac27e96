using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms;

/// <summary>A public key: its scheme and its canonical DER SubjectPublicKeyInfo. Two keys are equal when their bytes are.</summary>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>No key of a known scheme is longer; protects from absurd input.</summary>
    private const int MaximumLength = 8192;

    private readonly byte[] _spki;
    private readonly byte[] _digest;

    private PublicKey(ISignatureAlgorithm algorithm, byte[] spki)
    {
        Algorithm = algorithm;
        _spki = spki;
        _digest = SHA256.HashData(spki);
    }

    public ISignatureAlgorithm Algorithm { get; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public ReadOnlySpan<byte> Spki => _spki;

    /// <summary>The key alone: the content of the SubjectPublicKeyInfo's bit string, in its scheme's own encoding.</summary>
    public ReadOnlySpan<byte> Raw => Spki[Algorithm.SpkiHeader.Length..];

    public string SpkiBase64 => Convert.ToBase64String(_spki);

    /// <summary>Base64 of SHA-256 of the SubjectPublicKeyInfo: the hint of a signature line.</summary>
    public string Hint => Convert.ToBase64String(_digest);

    /// <summary><c>sha256:</c> and the lower-case hex SHA-256 of the SubjectPublicKeyInfo, as trust files and people write it.</summary>
    public string Fingerprint => $"sha256:{Convert.ToHexStringLower(_digest)}";

    /// <summary>Reads a key in its one canonical form; null when no known scheme has such a key.</summary>
    public static PublicKey? FromSpki(ReadOnlySpan<byte> spki)
    {
        if (spki.Length is 0 or > MaximumLength)
        {
            return null;
        }

        foreach (var algorithm in SignatureAlgorithms.All)
        {
            if (algorithm.IsPublicKey(spki))
            {
                return new PublicKey(algorithm, spki.ToArray());
            }
        }

        return null;
    }

    /// <summary>Reads a raw key, in its scheme's own encoding; null when the scheme has no such key.</summary>
    public static PublicKey? FromRaw(ISignatureAlgorithm algorithm, ReadOnlySpan<byte> raw)
    {
        byte[] spki = [.. algorithm.SpkiHeader, .. raw];
        return algorithm.IsPublicKey(spki) ? new PublicKey(algorithm, spki) : null;
    }

    /// <summary>True when this key made the signature over the message.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Algorithm.Verify(this, message, signature);

    /// <summary>True when this key made the signature over the message in that context.</summary>
    public bool VerifyInContext(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature) => Algorithm.VerifyInContext(this, message, context, signature);

    public bool Equals(PublicKey? other) => other is not null && _spki.AsSpan().SequenceEqual(other._spki);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode() => BitConverter.ToInt32(_digest);

    public override string ToString() => Fingerprint;
}
