using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>One turn of the rejection loop of ML-DSA.Sign_internal (FIPS 204 algorithm 7), and what stays the same from turn to turn.</summary>
internal readonly ref struct SigningAttempt
{
    private readonly MlDsaParameters _set;
    private readonly PolynomialVector _matrix;
    private readonly PolynomialVector _s1;
    private readonly PolynomialVector _s2;
    private readonly PolynomialVector _t0;
    private readonly PolynomialVector _y;
    private readonly PolynomialVector _z;
    private readonly PolynomialVector _w;
    private readonly PolynomialVector _w1;
    private readonly PolynomialVector _challenge;
    private readonly PolynomialVector _product;

    public SigningAttempt(MlDsaParameters set, ReadOnlySpan<byte> privateKey, WorkMemory memory)
    {
        _set = set;
        _matrix = memory.Take(MatrixPolynomials(set));
        var secrets = memory.Take(set.L + set.K);
        _s1 = new PolynomialVector(secrets.Coefficients[..(set.L * Field.N)]);
        _s2 = new PolynomialVector(secrets.Coefficients[(set.L * Field.N)..]);
        _t0 = memory.Take(set.K);
        _y = memory.Take(set.L);
        _z = memory.Take(set.L);
        _w = memory.Take(set.K);
        _w1 = memory.Take(set.K);
        _challenge = memory.Take(1);
        _product = memory.Take(1);

        var layout = new PrivateKeyLayout(set);
        MatrixStream.Fill(set, privateKey[layout.Rho], _matrix);
        layout.TryReadSecrets(privateKey, secrets);
        layout.ReadT0(privateKey, _t0);
        TransformAll(secrets);
        TransformAll(_t0);
    }

    public static int Polynomials(MlDsaParameters set) => MatrixPolynomials(set) + (3 * set.L) + (4 * set.K) + 2;

    /// <summary>True when a signature was made.</summary>
    public bool Try(ReadOnlySpan<byte> mu, ReadOnlySpan<byte> seed, int kappa, Span<byte> signature)
    {
        SecretSampling.FillMask(_set, seed, kappa, _y);
        var commitment = signature[.._set.CommitmentLength];
        Commit(mu, commitment);
        Challenge.Sample(_set, commitment, _challenge[0]);
        Ntt.Forward(_challenge[0]);
        if (!Respond() || !HidesLowBits() || !MakesHints())
        {
            return false;
        }

        for (var i = 0; i < _set.L; i++)
        {
            BitPacking.PackBelow(_z[i], _set.Gamma1, _set.ZBits, signature.Slice(commitment.Length + (i * _set.ZLength), _set.ZLength));
        }

        HintPacking.Pack(_set, _w, signature[^(_set.Omega + _set.K)..]);
        return true;
    }

    /// <summary>w = A·y, split into its high bits and, in w itself, its low bits; c̃ is the hash of the high bits.</summary>
    private void Commit(ReadOnlySpan<byte> mu, Span<byte> commitment)
    {
        _y.Coefficients.CopyTo(_z.Coefficients);
        TransformAll(_z);
        Span<byte> packed = stackalloc byte[_set.W1Length];
        var hash = Shake.Shake256();
        hash.Absorb(mu);
        for (var row = 0; row < _set.K; row++)
        {
            var w = _w[row];
            Ntt.Multiply(w, _matrix[row * _set.L], _z[0]);
            for (var column = 1; column < _set.L; column++)
            {
                Ntt.MultiplyAdd(w, _matrix[(row * _set.L) + column], _z[column]);
            }

            Coefficients.Reduce(w);
            Ntt.Inverse(w);
            Coefficients.ReduceToPositive(w);
            Rounding.Decompose(_set, w, _w1[row]);
            BitPacking.Pack(_w1[row], _set.W1Bits, packed);
            hash.Absorb(packed);
        }

        hash.Squeeze(commitment);
        hash.Clear();
        CryptographicOperations.ZeroMemory(packed);
    }

    /// <summary>z = y + c·s1; false when it would say something about s1.</summary>
    private bool Respond()
    {
        for (var i = 0; i < _set.L; i++)
        {
            TimesChallenge(_s1[i], _z[i]);
            Coefficients.Add(_z[i], _y[i]);
        }

        Coefficients.Reduce(_z.Coefficients);
        return Coefficients.AreBelow(_z.Coefficients, _set.Gamma1 - _set.Beta);
    }

    /// <summary>w - c·s2 must keep the high bits of w and low bits that say nothing about s2.</summary>
    private bool HidesLowBits()
    {
        for (var row = 0; row < _set.K; row++)
        {
            TimesChallenge(_s2[row], _product[0]);
            Coefficients.Subtract(_w[row], _product[0]);
        }

        Coefficients.Reduce(_w.Coefficients);
        return Coefficients.AreBelow(_w.Coefficients, _set.Gamma2 - _set.Beta);
    }

    /// <summary>The hints that make up for t0, which the public key leaves out, in place of w; false when c·t0 is too long or there are too many.</summary>
    private bool MakesHints()
    {
        var (fits, ones) = (true, 0);
        for (var row = 0; row < _set.K; row++)
        {
            TimesChallenge(_t0[row], _product[0]);
            Coefficients.Reduce(_product[0]);
            fits &= Coefficients.AreBelow(_product[0], _set.Gamma2);
            Coefficients.Add(_w[row], _product[0]);
            ones += Rounding.MakeHints(_set, _w[row], _w1[row]);
        }

        return fits & ones <= _set.Omega;
    }

    private void TimesChallenge(ReadOnlySpan<int> secret, Span<int> product)
    {
        Ntt.Multiply(product, _challenge[0], secret);
        Ntt.Inverse(product);
    }

    private static void TransformAll(PolynomialVector polynomials)
    {
        for (var i = 0; i < polynomials.Count; i++)
        {
            Ntt.Forward(polynomials[i]);
        }
    }

    private static int MatrixPolynomials(MlDsaParameters set) => ((set.K * set.L) + 3) & ~3;
}
