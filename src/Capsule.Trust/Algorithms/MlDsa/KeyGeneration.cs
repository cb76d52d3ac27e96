using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>ML-DSA.KeyGen from a seed (FIPS 204 algorithm 6), and the check of an expanded private key against what it must contain.</summary>
internal static class KeyGeneration
{
    /// <summary>Derives both halves of a key from its 32-byte seed.</summary>
    public static void Derive(MlDsaParameters set, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> privateKey)
    {
        Span<byte> expanded = stackalloc byte[128];
        Shake.Hash256(expanded, seed, [(byte)set.K, (byte)set.L]);
        using var memory = new WorkMemory(set.L + set.K);
        var secrets = memory.Take(set.L + set.K);
        SecretSampling.FillSmall(set, expanded[32..96], secrets);

        var layout = new PrivateKeyLayout(set);
        expanded[..32].CopyTo(privateKey);
        expanded[96..].CopyTo(privateKey[32..]);
        WritePublicHalf(set, expanded[..32], secrets, publicKey, privateKey[layout.T0]);
        Shake.Hash256(privateKey[layout.Tr], publicKey);
        for (var i = 0; i < secrets.Count; i++)
        {
            BitPacking.PackBelow(secrets[i], set.Eta, set.EtaBits, privateKey.Slice(layout.Secrets.Start.Value + (i * set.EtaLength), set.EtaLength));
        }

        CryptographicOperations.ZeroMemory(expanded);
    }

    /// <summary>
    /// The public key of an expanded private key. False when its secrets are out of range, or t0 or tr are not those of the others.
    /// </summary>
    public static bool TryFindPublicKey(MlDsaParameters set, ReadOnlySpan<byte> privateKey, Span<byte> publicKey)
    {
        if (privateKey.Length != set.PrivateKeyLength)
        {
            return false;
        }

        using var memory = new WorkMemory(set.L + set.K);
        var secrets = memory.Take(set.L + set.K);
        var layout = new PrivateKeyLayout(set);
        if (!layout.TryReadSecrets(privateKey, secrets))
        {
            return false;
        }

        Span<byte> t0 = stackalloc byte[416 * set.K];
        Span<byte> tr = stackalloc byte[MlDsaParameters.DigestLength];
        WritePublicHalf(set, privateKey[..32], secrets, publicKey, t0);
        Shake.Hash256(tr, publicKey);
        var same = CryptographicOperations.FixedTimeEquals(tr, privateKey[layout.Tr])
            & CryptographicOperations.FixedTimeEquals(t0, privateKey[layout.T0]);
        CryptographicOperations.ZeroMemory(t0);
        return same;
    }

    /// <summary>t = A·s1 + s2, split into the public key and t0.</summary>
    private static void WritePublicHalf(
        MlDsaParameters set, ReadOnlySpan<byte> rho, PolynomialVector secrets, Span<byte> publicKey, Span<byte> t0)
    {
        using var memory = new WorkMemory(set.L + 6);
        var s1 = memory.Take(set.L);
        var t = memory.Take(1)[0];
        var t1 = memory.Take(1)[0];
        var matrix = new MatrixStream(set, rho, memory.Take(4));
        secrets.Coefficients[..s1.Coefficients.Length].CopyTo(s1.Coefficients);
        for (var i = 0; i < set.L; i++)
        {
            Ntt.Forward(s1[i]);
        }

        rho.CopyTo(publicKey);
        for (var row = 0; row < set.K; row++)
        {
            Ntt.Multiply(t, matrix.Next(), s1[0]);
            for (var column = 1; column < set.L; column++)
            {
                Ntt.MultiplyAdd(t, matrix.Next(), s1[column]);
            }

            Coefficients.Reduce(t);
            Ntt.Inverse(t);
            Coefficients.Add(t, secrets[set.L + row]);
            Coefficients.ReduceToPositive(t);
            Rounding.Power2Round(t, t1);
            BitPacking.Pack(t1, 10, publicKey.Slice(32 + (320 * row), 320));
            BitPacking.PackBelow(t, 1 << (Rounding.DroppedBits - 1), Rounding.DroppedBits, t0.Slice(416 * row, 416));
        }
    }
}
