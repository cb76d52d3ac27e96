using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>SampleInBall (FIPS 204 algorithm 29): the polynomial with τ coefficients of 1 or -1 that a commitment hash stands for.</summary>
internal static class Challenge
{
    public static void Sample(MlDsaParameters set, ReadOnlySpan<byte> commitment, Span<int> challenge)
    {
        Span<byte> block = stackalloc byte[Shake.Rate256];
        var shake = Shake.Shake256();
        shake.Absorb(commitment);
        shake.Squeeze(block);
        var signs = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(block);
        var at = 8;
        challenge.Clear();
        for (var i = Field.N - set.Tau; i < Field.N; i++)
        {
            int position;
            do
            {
                if (at == block.Length)
                {
                    shake.Squeeze(block);
                    at = 0;
                }

                position = block[at++];
            }
            while (position > i);

            challenge[i] = challenge[position];
            challenge[position] = 1 - (2 * (int)(signs & 1));
            signs >>= 1;
        }
    }
}
