using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>
/// Ed25519 (RFC 8032 5.1, "pure"), checked strictly: one encoding of each key, point and scalar, S below L, no key of small order, and the
/// equation without the cofactor, as OpenSSL, Go and Node check it. Keys are encoded as RFC 8410 says. .NET 10 has no Ed25519 on any
/// system (only ML-DSA composites name it), so this implementation is the only one here.
/// </summary>
internal sealed class Ed25519Algorithm : ISignatureAlgorithm
{
    public const int KeySize = 32;
    public const int SignatureSize = 64;

    /// <summary>id-Ed25519.</summary>
    public const string ObjectIdentifier = "1.3.101.112";

    /// <summary>Run before the first signature of a process: RFC 8032 7.1, TEST 2.</summary>
    public static readonly SelfTest SelfTest = new("ed25519", KnownAnswer);

    public string Name => "ed25519";

    public ReadOnlySpan<byte> SpkiHeader => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    public bool IsPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        subjectPublicKeyInfo.Length == SpkiHeader.Length + KeySize
        && subjectPublicKeyInfo.StartsWith(SpkiHeader)
        && EdwardsPoint.TryRead(subjectPublicKeyInfo[SpkiHeader.Length..], out var point)
        && !point.IsOfSmallOrder;

    public bool IsWellFormed(ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureSize && EdwardsPoint.IsCanonical(signature[..32]) && Scalar.IsCanonical(signature[32..]);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Algorithm == this && Verify(key.Raw, message, signature);

    public PublicKey? Recover(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, string hint) => null;

    public IPrivateKey Generate()
    {
        var seed = RandomNumberGenerator.GetBytes(KeySize);
        return new Ed25519PrivateKey(seed);
    }

    public IPrivateKey? ImportPkcs8(ReadOnlySpan<byte> privateKeyInfo)
    {
        if (!PrivateKeyInfo.TryRead(privateKeyInfo, out var info) || info.Algorithm != ObjectIdentifier || !info.Parameters.IsEmpty
            || info.PrivateKey is not [0x04, KeySize, .. { Length: KeySize } seed])
        {
            return null;
        }

        var key = new Ed25519PrivateKey(seed.ToArray());
        if (info.PublicKey.IsEmpty || key.PublicKey.Raw.SequenceEqual(info.PublicKey))
        {
            return key;
        }

        key.Dispose();
        return null;
    }

    public static PublicKey ToPublicKey(ReadOnlySpan<byte> key) =>
        PublicKey.FromRaw(SignatureAlgorithms.Ed25519, key) ?? throw new CryptographicException("A key was computed that is none.");

    private static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureSize || !Scalar.IsCanonical(signature[32..]) || !EdwardsPoint.TryRead(publicKey, out var a))
        {
            return false;
        }

        Span<byte> challenge = stackalloc byte[Scalar.Size];
        Span<byte> expected = stackalloc byte[KeySize];
        ExpandedSecret.Challenge(signature[..32], publicKey, message, challenge);
        PointProduct.PublicSum(challenge, -a, signature[32..]).Write(expected);
        return expected.SequenceEqual(signature[..32]);
    }

    private static bool KnownAnswer()
    {
        Span<byte> room = stackalloc byte[64];
        Span<byte> key = stackalloc byte[KeySize];
        Span<byte> signature = stackalloc byte[SignatureSize];
        var secret = new ExpandedSecret(Convert.FromHexString("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"), room);
        secret.WritePublicKey(key);
        secret.Sign(key, [0x72], signature);
        return Convert.ToHexStringLower(key) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
            && Convert.ToHexStringLower(signature) == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            && Verify(key, [0x72], signature) && !Verify(key, [0x73], signature);
    }
}
