using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Keys;

namespace Capsule.Packaging.Tests.Release;

/// <summary>A fresh release key in memory.</summary>
internal sealed class MemorySigner(ISignatureAlgorithm algorithm) : IKeySigner
{
    private readonly IPrivateKey _key = algorithm.Generate();

    public PublicKey PublicKey => _key.PublicKey;

    public KeyPurpose Purpose => KeyPurpose.Release;

    public Task<Result<byte[]>> SignAsync(SigningMessage message, CancellationToken cancel) => Task.FromResult(Result.Of(_key.Sign(message.Bytes.Span)));

    public void Dispose() => _key.Dispose();
}
