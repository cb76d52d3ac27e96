namespace Capsule.Trust.Algorithms;

/// <summary>A private key in memory; disposing forgets it.</summary>
public interface IPrivateKey : IDisposable
{
    PublicKey PublicKey { get; }

    /// <summary>Signs the message in the encoding that <see cref="ISignatureAlgorithm.IsWellFormed"/> asks for.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);

    /// <summary>Signs without random bytes: the same key and message give the same signature. Schemes that have no such way throw.</summary>
    byte[] SignDeterministically(ReadOnlySpan<byte> message) => throw new NotSupportedException($"{PublicKey.Algorithm.Name} has no deterministic signatures here.");

    /// <summary>Signs in a context of 1 to 255 bytes, so that the signature is one of no other use of the key. Schemes that know none throw.</summary>
    byte[] SignInContext(ReadOnlySpan<byte> message, ReadOnlySpan<byte> context, bool deterministic) => throw new NotSupportedException($"{PublicKey.Algorithm.Name} knows no contexts here.");

    /// <summary>The key as PKCS#8 PrivateKeyInfo in DER, not encrypted. The caller overwrites the bytes.</summary>
    byte[] ExportPkcs8();
}
