using System.Numerics;
using System.Security.Cryptography;

namespace Capsule.Trust.Algorithms;

/// <summary>
/// The public keys for which a signature could be valid (SEC 1 4.1.6). A signature line names its key by hash only; so a first use can
/// show and pin a key that nobody has sent. Which candidate it is, and that it verifies, the caller checks with the platform.
/// </summary>
internal static class EcdsaP256Recovery
{
    /// <summary>SubjectPublicKeyInfos in DER; at most four, usually two.</summary>
    public static List<byte[]> Candidates(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        var (r, s) = EcdsaDer.Read(signature);
        var candidates = new List<byte[]>();
        if (r >= P256Point.N || s >= P256Point.N)
        {
            return candidates;
        }

        var hash = new BigInteger(SHA256.HashData(message), isUnsigned: true, isBigEndian: true);
        var inverse = BigInteger.ModPow(r, P256Point.N - 2, P256Point.N);
        var onGenerator = P256Point.Generator.Times((P256Point.N - (hash % P256Point.N)) * inverse % P256Point.N);
        for (var x = r; x < P256Point.P; x += P256Point.N)
        {
            foreach (var point in P256Point.WithX(x))
            {
                var key = point.Times(s * inverse % P256Point.N).Plus(onGenerator);
                if (!key.IsInfinity)
                {
                    candidates.Add([.. SignatureAlgorithms.EcdsaP256.SpkiHeader, .. key.Encode()]);
                }
            }
        }

        return candidates;
    }
}
