using Capsule.Trust.Algorithms.Ed25519;
using Capsule.Trust.Algorithms.MlDsa;

namespace Capsule.Trust.Algorithms;

/// <summary>The schemes this version can verify and make.</summary>
public static class SignatureAlgorithms
{
    public static readonly ISignatureAlgorithm EcdsaP256 = new EcdsaP256();

    public static readonly ISignatureAlgorithm Ed25519 = new Ed25519Algorithm();

    public static readonly ISignatureAlgorithm MlDsa44 = new MlDsaAlgorithm(MlDsaParameters.MlDsa44);

    public static readonly ISignatureAlgorithm MlDsa65 = new MlDsaAlgorithm(MlDsaParameters.MlDsa65);

    public static readonly ISignatureAlgorithm MlDsa87 = new MlDsaAlgorithm(MlDsaParameters.MlDsa87);

    public static IReadOnlyList<ISignatureAlgorithm> All { get; } = [EcdsaP256, Ed25519, MlDsa44, MlDsa65, MlDsa87];

    /// <summary>Every name a trust file may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(a => a.Name)];

    public static ISignatureAlgorithm? Find(string name) => All.FirstOrDefault(a => a.Name == name);

    /// <summary>Reads a private key of any scheme from PKCS#8 PrivateKeyInfo in DER; null when no scheme here has such a key.</summary>
    public static IPrivateKey? ImportPkcs8(ReadOnlySpan<byte> privateKeyInfo)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.ImportPkcs8(privateKeyInfo) is { } key)
            {
                return key;
            }
        }

        return null;
    }

    /// <summary>The key that made a signature, where its algorithm lets it be computed and the hint confirms it; else null.</summary>
    public static PublicKey? Recover(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, string hint)
    {
        foreach (var algorithm in All)
        {
            if (algorithm.Recover(message, signature, hint) is { } key)
            {
                return key;
            }
        }

        return null;
    }
}
