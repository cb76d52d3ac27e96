using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms;

/// <summary>A P-256 private key held by the platform.</summary>
internal sealed class EcdsaP256PrivateKey(ECDsa key) : IPrivateKey
{
    public PublicKey PublicKey { get; } = PublicKey.FromSpki(key.ExportSubjectPublicKeyInfo())
        ?? throw new CryptographicException("The platform wrote a public key that is not canonical.");

    public byte[] Sign(ReadOnlySpan<byte> message) =>
        key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public byte[] ExportPkcs8() => key.ExportPkcs8PrivateKey();

    public void Dispose() => key.Dispose();
}
