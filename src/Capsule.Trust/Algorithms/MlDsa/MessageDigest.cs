using Capsule.Trust.Algorithms.Keccak;

namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>μ: what is signed in place of the message (FIPS 204 5.2, pure ML-DSA), 64 bytes.</summary>
internal static class MessageDigest
{
    /// <param name="mu">Receives μ.</param>
    /// <param name="tr">The hash of the public key.</param>
    /// <param name="context">At most 255 bytes.</param>
    /// <param name="message">The message.</param>
    public static void Compute(Span<byte> mu, ReadOnlySpan<byte> tr, ReadOnlySpan<byte> context, ReadOnlySpan<byte> message)
    {
        var shake = Shake.Shake256();
        shake.Absorb(tr);
        shake.Absorb([0, (byte)context.Length]);
        shake.Absorb(context);
        shake.Absorb(message);
        shake.Squeeze(mu);
    }
}
