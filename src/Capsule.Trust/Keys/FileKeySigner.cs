using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>Signs with a key read from an encrypted file into this process.</summary>
internal sealed class FileKeySigner(IPrivateKey key, KeyPurpose purpose) : IKeySigner
{
    public PublicKey PublicKey => key.PublicKey;

    public KeyPurpose Purpose => purpose;

    public Task<Result<byte[]>> SignAsync(SigningMessage message, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var signature = key.Sign(message.Bytes.Span);
        Result<byte[]> result = PublicKey.Verify(message.Bytes.Span, signature)
            ? signature
            : KeyDiagnostics.SignatureWrong.Now(PublicKey.Fingerprint);
        return Task.FromResult(result);
    }

    public void Dispose() => key.Dispose();
}
