using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Keys;

/// <summary>
/// Signs with a program of the user's: a hardware token, a key service. The program is started once for each request,
/// reads one line on stdin and answers one line on stdout; nothing secret is on its command line.
/// <code>
/// capsule-signer/1 public-key                            →  ok PURPOSE BASE64-SPKI
/// capsule-signer/1 sign BASE64-HINT BASE64-MESSAGE       →  ok BASE64-SIGNATURE
/// anything it cannot do                                  →  error WHY
/// </code>
/// An ECDSA signature is DER. The message is signed as it is; hashing belongs to the scheme. It may have megabytes: a signer that reads
/// its line with the shell's <c>read</c> reads it byte by byte.
/// </summary>
internal sealed class CommandKeySigner : IKeySigner
{
    /// <summary>Long enough for a touch on a token or a confirmation on a phone.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private const string Protocol = "capsule-signer/1";

    private readonly SignerCommand _command;

    /// <summary>A signer whose key is known already.</summary>
    internal CommandKeySigner(SignerCommand command, KnownKey known)
    {
        _command = command;
        (PublicKey, Purpose) = (known.Key, known.Purpose);
    }

    public PublicKey PublicKey { get; }

    public KeyPurpose Purpose { get; }

    /// <summary>The line has no place for one.</summary>
    public bool KnowsContexts => false;

    public static async Task<Result<IKeySigner>> OpenAsync(KeyReference.Command reference, TimeSpan timeout, CancellationToken cancel)
    {
        var command = new SignerCommand(reference, timeout);
        var answer = await command.AskAsync($"{Protocol} public-key", default, cancel);
        if (!answer.Succeeded)
        {
            return Result.Failed<IKeySigner>(answer.Diagnostics);
        }

        return answer.Value.Split(' ') is [var purpose, var spki]
            && KeyPurposes.ByName.TryGetValue(purpose, out var known)
            && Decode(spki) is { } bytes
            && PublicKey.FromSpki(bytes) is { } key
                ? new CommandKeySigner(command, new KnownKey(key, known))
                : KeyDiagnostics.CommandFailed.Now(reference.Program, "its answer to public-key is not 'ok PURPOSE BASE64-SPKI' of a kind of key known here");
    }

    public async Task<Result<byte[]>> SignAsync(SigningMessage message, CancellationToken cancel)
    {
        if (message.Context.Length > 0)
        {
            return KeyDiagnostics.CommandFailed.Now(_command.Program, "it cannot be asked for a signature in a context");
        }

        if (message.IsDeterministic)
        {
            return KeyDiagnostics.CommandFailed.Now(_command.Program, "it cannot be asked for a signature without random bytes");
        }

        var answer = await _command.AskAsync($"{Protocol} sign {PublicKey.Hint} ", message.Bytes, cancel);
        if (!answer.Succeeded)
        {
            return Result.Failed<byte[]>(answer.Diagnostics);
        }

        return Decode(answer.Value) is not { } signature
            ? KeyDiagnostics.CommandFailed.Now(_command.Program, "its answer to sign is not 'ok BASE64-SIGNATURE'")
            : PublicKey.Verify(message.Bytes.Span, signature) ? signature : KeyDiagnostics.SignatureWrong.Now(PublicKey.Fingerprint);
    }

    public void Dispose()
    {
    }

    private static byte[]? Decode(string base64) => Envelopes.CanonicalBase64.Decode(base64);
}
