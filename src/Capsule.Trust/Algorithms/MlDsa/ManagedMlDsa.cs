using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>ML-DSA by the code of this folder, on every system.</summary>
internal sealed class ManagedMlDsa : IMlDsaEngine
{
    public void Derive(MlDsaParameters set, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> privateKey) =>
        KeyGeneration.Derive(set, seed, publicKey, privateKey);

    public void Sign(MlDsaParameters set, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, Span<byte> signature)
    {
        Span<byte> random = stackalloc byte[MlDsaParameters.SeedLength];
        RandomNumberGenerator.Fill(random);
        SignatureGeneration.Sign(set, privateKey, message, context, random, signature);
        CryptographicOperations.ZeroMemory(random);
    }

    public bool Verify(
        MlDsaParameters set, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature) =>
        Verification.Verify(set, publicKey, message, context, signature);
}
