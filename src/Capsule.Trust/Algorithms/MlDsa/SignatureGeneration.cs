using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>
/// ML-DSA.Sign (FIPS 204 algorithms 2 and 7). The only branch that depends on secrets is the one of the algorithm itself: whether an attempt
/// is given up. All working memory is overwritten afterwards.
/// </summary>
internal static class SignatureGeneration
{
    /// <param name="set">The key's set.</param>
    /// <param name="privateKey">An expanded private key that <see cref="KeyGeneration"/> made or checked.</param>
    /// <param name="message">What is signed.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="random">32 random bytes, or zeros for a deterministic signature.</param>
    /// <param name="signature">Receives the signature; as long as one of the set.</param>
    public static void Sign(
        MlDsaParameters set,
        ReadOnlySpan<byte> privateKey,
        ReadOnlySpan<byte> message,
        ReadOnlySpan<byte> context,
        ReadOnlySpan<byte> random,
        Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(context.Length, MlDsaParameters.MaximumContextLength, nameof(context));
        Span<byte> mu = stackalloc byte[MlDsaParameters.DigestLength];
        MessageDigest.Compute(mu, privateKey[new PrivateKeyLayout(set).Tr], context, message);
        SignDigest(set, privateKey, mu, random, signature);
    }

    /// <summary>ML-DSA.Sign_internal from μ on.</summary>
    public static void SignDigest(
        MlDsaParameters set, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> mu, ReadOnlySpan<byte> random, Span<byte> signature)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(privateKey.Length, set.PrivateKeyLength, nameof(privateKey));
        ArgumentOutOfRangeException.ThrowIfNotEqual(mu.Length, MlDsaParameters.DigestLength, nameof(mu));
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, MlDsaParameters.SeedLength, nameof(random));
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Length, set.SignatureLength, nameof(signature));

        Span<byte> seed = stackalloc byte[64];
        Shake.Hash256(seed, privateKey[new PrivateKeyLayout(set).K], random, mu);
        using var memory = new WorkMemory(SigningAttempt.Polynomials(set));
        var attempt = new SigningAttempt(set, privateKey, memory);
        var kappa = 0;
        while (!attempt.Try(mu, seed, kappa, signature))
        {
            kappa += set.L;
            if (kappa > ushort.MaxValue - set.L)
            {
                throw new CryptographicException("No signature was found; the key cannot be one that key generation makes.");
            }
        }

        CryptographicOperations.ZeroMemory(seed);
    }
}
