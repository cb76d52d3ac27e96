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
        return Task.FromResult(Sign(message));
    }

    private Result<byte[]> Sign(SigningMessage message)
    {
        try
        {
            var signature = message.Sign(key);
            return message.IsSignedBy(PublicKey, signature) ? signature : KeyDiagnostics.SignatureWrong.Now(PublicKey.Fingerprint);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    public void Dispose() => key.Dispose();
}
