using System.Security.Cryptography;
using Capsule.Trust.Algorithms.Pkcs8;

namespace Capsule.Trust.Algorithms.Ed25519;

/// <summary>An Ed25519 private key: its seed, which disposing overwrites.</summary>
internal sealed class Ed25519PrivateKey : IPrivateKey
{
    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[Ed25519Algorithm.KeySize];

    /// <param name="seed">32 bytes; kept, not copied.</param>
    public Ed25519PrivateKey(byte[] seed)
    {
        Ed25519Algorithm.SelfTest.Require();
        _seed = seed;
        Span<byte> room = stackalloc byte[SHA512.HashSizeInBytes];
        var secret = new ExpandedSecret(seed, room);
        secret.WritePublicKey(_publicKey);
        secret.Forget();
        PublicKey = Ed25519Algorithm.ToPublicKey(_publicKey);
    }

    public PublicKey PublicKey { get; }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519Algorithm.SignatureSize];
        Span<byte> room = stackalloc byte[SHA512.HashSizeInBytes];
        var secret = new ExpandedSecret(_seed, room);
        secret.Sign(_publicKey, message, signature);
        secret.Forget();
        return signature;
    }

    public byte[] ExportPkcs8()
    {
        Span<byte> inner = [0x04, Ed25519Algorithm.KeySize, .. _seed];
        var pkcs8 = PrivateKeyInfo.Write(Ed25519Algorithm.ObjectIdentifier, inner);
        CryptographicOperations.ZeroMemory(inner);
        return pkcs8;
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_seed);
}
