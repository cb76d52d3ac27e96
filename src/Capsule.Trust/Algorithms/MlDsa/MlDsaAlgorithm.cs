using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// ML-DSA (FIPS 204), pure and with an empty context unless one is named. Public keys are SubjectPublicKeyInfos without parameters (RFC 9881 4); signatures
/// are the bytes of FIPS 204.
/// </summary>
internal sealed class MlDsaAlgorithm : ISignatureAlgorithm
{
    private readonly byte[] _spkiHeader;
    private readonly SelfTest _selfTest;

    public MlDsaAlgorithm(MlDsaParameters set)
    {
        Set = set;
        _selfTest = new SelfTest(set.Name, () => MlDsaSelfTest.Passes(set, MlDsaEngines.Preferred));
        var (inner, outer) = (set.PublicKeyLength + 1, set.PublicKeyLength + 18);
        _spkiHeader =
        [
            0x30, 0x82, (byte)(outer >> 8), (byte)outer,
            0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, set.Arc,
            0x03, 0x82, (byte)(inner >> 8), (byte)inner, 0x00,
        ];
    }

    public MlDsaParameters Set { get; }

    public string Name => Set.Name;

    public string ObjectIdentifier => $"2.16.840.1.101.3.4.3.{Set.Arc}";

    public ReadOnlySpan<byte> SpkiHeader => _spkiHeader;

    public bool IsPublicKey(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        subjectPublicKeyInfo.Length == _spkiHeader.Length + Set.PublicKeyLength && subjectPublicKeyInfo.StartsWith(_spkiHeader);

    public bool IsWellFormed(ReadOnlySpan<byte> signature) =>
        signature.Length == Set.SignatureLength && HintPacking.IsCanonical(Set, signature[^(Set.Omega + Set.K)..]);

    public bool Verify(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        key.Algorithm == this && MlDsaEngines.Preferred.Verify(Set, key.Raw, message, [], signature);

    public bool VerifyInContext(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature) =>
        key.Algorithm == this && context.Length is > 0 and <= 255 && MlDsaEngines.Preferred.Verify(Set, key.Raw, message, context, signature);

    /// <summary>Always null: the key cannot be computed from a signature.</summary>
    public PublicKey? Recover(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, string hint) => null;

    public IPrivateKey Generate()
    {
        Span<byte> seed = stackalloc byte[MlDsaParameters.SeedLength];
        RandomNumberGenerator.Fill(seed);
        var key = MlDsaPrivateKey.FromSeed(this, seed);
        CryptographicOperations.ZeroMemory(seed);
        return key;
    }

    public IPrivateKey? ImportPkcs8(ReadOnlySpan<byte> privateKeyInfo)
    {
        if (!PrivateKeyInfo.TryRead(privateKeyInfo, out var info) || info.Algorithm != ObjectIdentifier || !info.Parameters.IsEmpty
            || MlDsaPrivateKey.FromPkcs8(this, info.PrivateKey) is not { } key)
        {
            return null;
        }

        if (info.PublicKey.IsEmpty || info.PublicKey.SequenceEqual(key.PublicKey.Raw))
        {
            return key;
        }

        key.Dispose();
        return null;
    }

    /// <summary>Signs with an expanded key of this set, after the self-test (CAP3290).</summary>
    /// <param name="expandedKey">Derived or checked.</param>
    /// <param name="message">What is signed.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="deterministic">With 32 zero bytes instead of random ones (FIPS 204 3.4), by the managed engine: no platform offers it.</param>
    public byte[] Sign(ReadOnlySpan<byte> expandedKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, bool deterministic)
    {
        _selfTest.Require();
        var signature = new byte[Set.SignatureLength];
        if (deterministic)
        {
            SignatureGeneration.Sign(Set, expandedKey, message, context, new byte[MlDsaParameters.SeedLength], signature);
        }
        else
        {
            MlDsaEngines.Preferred.Sign(Set, expandedKey, message, context, signature);
        }

        return signature;
    }
}
