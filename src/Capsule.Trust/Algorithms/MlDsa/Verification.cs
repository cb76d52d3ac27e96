using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>ML-DSA.Verify (FIPS 204 algorithms 3 and 8), row by row on the stack; allocates nothing. Everything here is public.</summary>
internal static class Verification
{
    public static bool Verify(
        MlDsaParameters set, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != set.PublicKeyLength || context.Length > MlDsaParameters.MaximumContextLength)
        {
            return false;
        }

        Span<byte> mu = stackalloc byte[MlDsaParameters.DigestLength];
        Span<byte> tr = stackalloc byte[MlDsaParameters.DigestLength];
        Shake.Hash256(tr, publicKey);
        MessageDigest.Compute(mu, tr, context, message);
        return VerifyDigest(set, publicKey, mu, signature);
    }

    /// <summary>ML-DSA.Verify_internal from μ on.</summary>
    public static bool VerifyDigest(MlDsaParameters set, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> mu, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != set.PublicKeyLength || signature.Length != set.SignatureLength)
        {
            return false;
        }

        var commitment = signature[..set.CommitmentLength];
        var hints = signature[^(set.Omega + set.K)..];
        var z = new PolynomialVector(stackalloc int[set.L * Field.N]);
        if (!HintPacking.IsCanonical(set, hints) || !ReadResponse(set, signature, z))
        {
            return false;
        }

        Span<int> challenge = stackalloc int[Field.N];
        Challenge.Sample(set, commitment, challenge);
        Ntt.Forward(challenge);

        Span<int> w = stackalloc int[Field.N];
        Span<int> other = stackalloc int[Field.N];
        Span<byte> packed = stackalloc byte[set.W1Length];
        var matrix = new MatrixStream(set, publicKey[..32], new PolynomialVector(stackalloc int[4 * Field.N]));
        var hash = Shake.Shake256();
        hash.Absorb(mu);
        for (var row = 0; row < set.K; row++)
        {
            Ntt.Multiply(w, matrix.Next(), z[0]);
            for (var column = 1; column < set.L; column++)
            {
                Ntt.MultiplyAdd(w, matrix.Next(), z[column]);
            }

            SubtractKey(publicKey.Slice(32 + (320 * row), 320), challenge, w, other);
            Coefficients.Reduce(w);
            Ntt.Inverse(w);
            Coefficients.ReduceToPositive(w);
            Rounding.HighBits(set, w, other);
            foreach (var position in HintPacking.Row(set, hints, row))
            {
                other[position] = Rounding.UseHint(set, w[position], other[position]);
            }

            BitPacking.Pack(other, set.W1Bits, packed);
            hash.Absorb(packed);
        }

        Span<byte> expected = stackalloc byte[set.CommitmentLength];
        hash.Squeeze(expected);
        return CryptographicOperations.FixedTimeEquals(expected, commitment);
    }

    /// <summary>z into the NTT domain; false when it is too long.</summary>
    private static bool ReadResponse(MlDsaParameters set, ReadOnlySpan<byte> signature, PolynomialVector z)
    {
        for (var i = 0; i < set.L; i++)
        {
            BitPacking.UnpackBelow(signature.Slice(set.CommitmentLength + (i * set.ZLength), set.ZLength), set.Gamma1, set.ZBits, z[i]);
            if (!Coefficients.AreBelow(z[i], set.Gamma1 - set.Beta))
            {
                return false;
            }

            Ntt.Forward(z[i]);
        }

        return true;
    }

    /// <summary>w -= c·t1·2^13, in the NTT domain.</summary>
    private static void SubtractKey(ReadOnlySpan<byte> t1, ReadOnlySpan<int> challenge, Span<int> w, Span<int> work)
    {
        BitPacking.Unpack(t1, 10, work);
        Coefficients.ShiftLeft(work, Rounding.DroppedBits);
        Ntt.Forward(work);
        Ntt.Multiply(work, challenge, work);
        Coefficients.Subtract(w, work);
    }
}
