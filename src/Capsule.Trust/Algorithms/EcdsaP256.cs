using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Algorithms;

/// <summary>ECDSA on NIST P-256 with SHA-256 (FIPS 186-5); signatures are the DER sequence of RFC 3279, strictly.</summary>
internal sealed class EcdsaP256 : ISignatureAlgorithm
{
    /// <summary>id-ecPublicKey (RFC 5480 2.1.1): which curve it is, the parameters say.</summary>
    private const string EllipticCurve = "1.2.840.10045.2.1";

    /// <summary>An uncompressed point: 04, x and y.</summary>
    private const int PointLength = 65;

    public string Name => "ecdsa-p256";

    public ReadOnlySpan<byte> SpkiHeader =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07,
        0x03, 0x42, 0x00,
    ];

    public bool RevealsKey => true;

    public bool IsPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        // The platform is only asked about what can be a key: it takes long to say no.
        if (subjectPublicKeyInfo.Length != SpkiHeader.Length + PointLength || !subjectPublicKeyInfo.StartsWith(SpkiHeader))
        {
            return false;
        }

        using var key = Import(subjectPublicKeyInfo);
        return key is not null && key.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(subjectPublicKeyInfo);
    }

    public bool IsWellFormed(ReadOnlySpan<byte> signature) => EcdsaDer.IsCanonical(signature);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.Algorithm != this || !IsWellFormed(signature))
        {
            return false;
        }

        using var ecdsa = Import(key.Spki);
        return ecdsa is not null && ecdsa.VerifyData(message, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public PublicKey? Recover(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, string hint)
    {
        if (!IsWellFormed(signature))
        {
            return null;
        }

        foreach (var candidate in EcdsaP256Recovery.Candidates(message, signature))
        {
            if (PublicKey.FromSpki(candidate) is { } key && key.Hint == hint && key.Verify(message, signature))
            {
                return key;
            }
        }

        return null;
    }

    public IPrivateKey Generate() => new EcdsaP256PrivateKey(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public IPrivateKey? ImportPkcs8(ReadOnlySpan<byte> privateKeyInfo)
    {
        if (!PrivateKeyInfo.TryRead(privateKeyInfo, out var info) || info.Algorithm != EllipticCurve)
        {
            return null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(privateKeyInfo, out var read);
            if (read == privateKeyInfo.Length && IsPublicKey(key.ExportSubjectPublicKeyInfo()) && IsOnCurve(key))
            {
                return new EcdsaP256PrivateKey(key);
            }
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            // Parameters of no curve, or numbers that are no key on it.
        }

        key.Dispose();
        return null;
    }

    private static ECDsa? Import(ReadOnlySpan<byte> spki)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length && IsOnCurve(key))
            {
                return key;
            }
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            // Not a key of an elliptic curve, of one that the platform does not have, or a point that is not on it.
        }

        key.Dispose();
        return null;
    }

    private static bool IsOnCurve(ECDsa key)
    {
        var curve = key.ExportParameters(includePrivateParameters: false).Curve;
        return curve.IsNamed && curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
    }
}
