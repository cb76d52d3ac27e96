namespace Capsule.Trust.Algorithms;

/// <summary>A private key in memory; disposing forgets it.</summary>
public interface IPrivateKey : IDisposable
{
    PublicKey PublicKey { get; }

    /// <summary>Signs the message in the encoding that <see cref="ISignatureAlgorithm.IsWellFormed"/> asks for.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>Encrypted PKCS#8 in DER: PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC (RFC 8018).</summary>
    byte[] ExportEncrypted(ReadOnlySpan<byte> passphrase, int iterations);
}
