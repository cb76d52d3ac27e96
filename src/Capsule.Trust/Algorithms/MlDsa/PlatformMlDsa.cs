using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>ML-DSA by the operating system: OpenSSL 3.5 and newer, or a Windows whose CNG has it.</summary>
internal sealed class PlatformMlDsa : IMlDsaEngine
{
    public static bool IsSupported => MLDsa.IsSupported;

    public void Derive(MlDsaParameters set, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> privateKey)
    {
        using var key = MLDsa.ImportMLDsaPrivateSeed(Algorithm(set), seed);
        key.ExportMLDsaPublicKey(publicKey);
        key.ExportMLDsaPrivateKey(privateKey);
    }

    public void Sign(MlDsaParameters set, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, Span<byte> signature)
    {
        using var key = MLDsa.ImportMLDsaPrivateKey(Algorithm(set), privateKey);
        key.SignData(message, signature, context);
    }

    public bool Verify(
        MlDsaParameters set, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != set.PublicKeyLength || signature.Length != set.SignatureLength
            || context.Length > MlDsaParameters.MaximumContextLength)
        {
            return false;
        }

        using var key = MLDsa.ImportMLDsaPublicKey(Algorithm(set), publicKey);
        return key.VerifyData(message, signature, context);
    }

    private static MLDsaAlgorithm Algorithm(MlDsaParameters set) => set.K switch
    {
        4 => MLDsaAlgorithm.MLDsa44,
        6 => MLDsaAlgorithm.MLDsa65,
        _ => MLDsaAlgorithm.MLDsa87,
    };
}
