using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms;

/// <summary>ECDSA on NIST P-256 with SHA-256 (FIPS 186-5); signatures are the DER sequence of RFC 3279, strictly.</summary>
internal sealed class EcdsaP256 : ISignatureAlgorithm
{
    public string Name => "ecdsa-p256";

    public bool IsPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
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

    public IPrivateKey? ImportEncrypted(ReadOnlySpan<byte> encryptedPkcs8, ReadOnlySpan<byte> passphrase)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportEncryptedPkcs8PrivateKey(passphrase, encryptedPkcs8, out var read);
            if (read == encryptedPkcs8.Length && IsPublicKey(key.ExportSubjectPublicKeyInfo()) && IsOnCurve(key))
            {
                return new EcdsaP256PrivateKey(key);
            }
        }
        catch (CryptographicException)
        {
            // Said as null: which of the two it was would only help someone who guesses.
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
        catch (CryptographicException)
        {
            // Not a key of an elliptic curve, or a point that is not on it.
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
