namespace Capsule.Trust.Algorithms;

/// <summary>
/// One signature scheme. Which scheme checks a signature follows from the trusted key alone, never from the data
/// that carries the signature (specs: trust 2).
/// </summary>
public interface ISignatureAlgorithm
{
    /// <summary>The name used in trust files, for example <c>ecdsa-p256</c>.</summary>
    string Name { get; }

    /// <summary>What stands before the raw key in the one DER SubjectPublicKeyInfo of this scheme; the raw key fills the rest.</summary>
    ReadOnlySpan<byte> SpkiHeader { get; }

    /// <summary>True when the bytes are exactly the DER SubjectPublicKeyInfo this scheme writes for a valid key.</summary>
    bool IsPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo);

    /// <summary>True when the bytes have the one encoding a signature of this scheme may have; says nothing about its truth.</summary>
    bool IsWellFormed(ReadOnlySpan<byte> signature);

    /// <summary>True when the signature is well-formed and the key made it over the message.</summary>
    bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>The same for a signature in a context of its own (FIPS 204 5.3); false for schemes that know none, and for an empty context.</summary>
    bool VerifyInContext(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature) => false;

    /// <summary>True when <see cref="Recover"/> finds a key; then no public key has to travel with a signature.</summary>
    bool RevealsKey => false;

    /// <summary>
    /// The key that made the signature and has the given fingerprint, where the scheme lets the key be computed from its signature;
    /// null otherwise. A key found so is no more trusted than one that was sent along.
    /// </summary>
    /// <param name="message">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="hint">Base64 SHA-256 of the key's SubjectPublicKeyInfo.</param>
    PublicKey? Recover(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, string hint);

    /// <summary>Makes a new key from the system's random source.</summary>
    IPrivateKey Generate();

    /// <summary>
    /// Reads a private key from its PKCS#8 PrivateKeyInfo in DER; null when it is malformed, contradicts itself or is of another scheme.
    /// The caller overwrites the bytes.
    /// </summary>
    IPrivateKey? ImportPkcs8(ReadOnlySpan<byte> privateKeyInfo);
}
