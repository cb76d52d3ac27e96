namespace Capsule.Trust.Algorithms.MlDsa;

/// <summary>Whoever computes ML-DSA: this code, or the operating system. Both are held to the same vectors.</summary>
internal interface IMlDsaEngine
{
    /// <summary>Derives both halves of a key from its 32-byte seed.</summary>
    void Derive(MlDsaParameters set, ReadOnlySpan<byte> seed, Span<byte> publicKey, Span<byte> privateKey);

    /// <summary>Makes a hedged signature with an expanded private key that was derived or checked.</summary>
    void Sign(MlDsaParameters set, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, Span<byte> signature);

    /// <summary>False for anything of a wrong length, too.</summary>
    bool Verify(
        MlDsaParameters set, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, ReadOnlySpan<byte> signature);
}
