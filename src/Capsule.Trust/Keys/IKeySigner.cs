using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>A key that can sign, wherever its private half lives. Disposing forgets it.</summary>
public interface IKeySigner : IDisposable
{
    PublicKey PublicKey { get; }

    KeyPurpose Purpose { get; }

    /// <summary>Messages in a context of their own can be signed.</summary>
    bool KnowsContexts => true;

    /// <summary>Signs and checks the result with the public key before it is given out (CAP3212 to CAP3214).</summary>
    Task<Result<byte[]>> SignAsync(SigningMessage message, CancellationToken cancel);
}
