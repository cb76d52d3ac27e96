namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>One of the three parameter sets of FIPS 204 4, table 1, and the lengths that follow from it (table 2), in bytes.</summary>
internal sealed record MlDsaParameters
{
    /// <summary>Length of a seed ξ, and of the random value of a hedged signature.</summary>
    public const int SeedLength = 32;

    /// <summary>Length of tr and μ.</summary>
    public const int DigestLength = 64;

    /// <summary>A longer context string is not allowed (FIPS 204 5.2).</summary>
    public const int MaximumContextLength = 255;

    public static readonly MlDsaParameters MlDsa44 = new()
    {
        Name = "ml-dsa-44",
        Arc = 17,
        K = 4,
        L = 4,
        Eta = 2,
        Tau = 39,
        CommitmentLength = 32,
        Gamma1Bits = 17,
        Gamma2 = (Field.Q - 1) / 88,
        Omega = 80,
    };

    public static readonly MlDsaParameters MlDsa65 = new()
    {
        Name = "ml-dsa-65",
        Arc = 18,
        K = 6,
        L = 5,
        Eta = 4,
        Tau = 49,
        CommitmentLength = 48,
        Gamma1Bits = 19,
        Gamma2 = (Field.Q - 1) / 32,
        Omega = 55,
    };

    public static readonly MlDsaParameters MlDsa87 = new()
    {
        Name = "ml-dsa-87",
        Arc = 19,
        K = 8,
        L = 7,
        Eta = 2,
        Tau = 60,
        CommitmentLength = 64,
        Gamma1Bits = 19,
        Gamma2 = (Field.Q - 1) / 32,
        Omega = 75,
    };

    public static IReadOnlyList<MlDsaParameters> All { get; } = [MlDsa44, MlDsa65, MlDsa87];

    /// <summary>The name that trust files use.</summary>
    public required string Name { get; init; }

    /// <summary>The last number of the object identifier 2.16.840.1.101.3.4.3.x (RFC 9881 2).</summary>
    public required byte Arc { get; init; }

    /// <summary>Rows of the matrix.</summary>
    public required int K { get; init; }

    /// <summary>Columns of the matrix.</summary>
    public required int L { get; init; }

    public required int Eta { get; init; }

    public required int Tau { get; init; }

    /// <summary>λ/4: length of the commitment hash c̃.</summary>
    public required int CommitmentLength { get; init; }

    /// <summary>γ1 is two to this power.</summary>
    public required int Gamma1Bits { get; init; }

    public required int Gamma2 { get; init; }

    public required int Omega { get; init; }

    public int Gamma1 => 1 << Gamma1Bits;

    public int Beta => Tau * Eta;

    public int EtaBits => Eta == 2 ? 3 : 4;

    public int ZBits => Gamma1Bits + 1;

    /// <summary>Bits of a coefficient of w1, which lies below (q-1)/2γ2.</summary>
    public int W1Bits => Gamma2 == (Field.Q - 1) / 88 ? 6 : 4;

    public int PublicKeyLength => 32 + (K * 320);

    /// <summary>Length of an expanded private key.</summary>
    public int PrivateKeyLength => 128 + (32 * (((K + L) * EtaBits) + (13 * K)));

    public int SignatureLength => CommitmentLength + (L * 32 * ZBits) + Omega + K;

    /// <summary>Length of ZBits × 256 bits.</summary>
    public int ZLength => 32 * ZBits;

    public int W1Length => 32 * W1Bits;

    public int EtaLength => 32 * EtaBits;
}
