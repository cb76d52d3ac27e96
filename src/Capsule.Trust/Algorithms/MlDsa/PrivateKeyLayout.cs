namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>Where the parts of an expanded private key lie: ρ, K, tr, s1, s2, t0 (FIPS 204 algorithm 24).</summary>
internal readonly struct PrivateKeyLayout(MlDsaParameters set)
{
    public Range Rho => ..32;

    public Range K => 32..64;

    public Range Tr => 64..128;

    public Range Secrets => 128..(128 + ((set.L + set.K) * set.EtaLength));

    public Range T0 => Secrets.End..;

    /// <summary>Reads s1 and s2. False when a coefficient is not between -η and η; all of them are looked at.</summary>
    public bool TryReadSecrets(ReadOnlySpan<byte> privateKey, PolynomialVector secrets)
    {
        var packed = privateKey[Secrets];
        for (var i = 0; i < secrets.Count; i++)
        {
            BitPacking.UnpackBelow(packed.Slice(i * set.EtaLength, set.EtaLength), set.Eta, set.EtaBits, secrets[i]);
        }

        return Coefficients.AreBelow(secrets.Coefficients, set.Eta + 1);
    }

    /// <summary>Reads t0.</summary>
    public void ReadT0(ReadOnlySpan<byte> privateKey, PolynomialVector t0)
    {
        var packed = privateKey[T0];
        for (var i = 0; i < t0.Count; i++)
        {
            BitPacking.UnpackBelow(packed.Slice(i * 416, 416), 1 << (Rounding.DroppedBits - 1), Rounding.DroppedBits, t0[i]);
        }
    }
}
