using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Keys;

/// <summary>
/// The bytes a key is asked to sign. There are two ways to make one, and no native document can look like an
/// envelope: otherwise a signed document could pass as an attestation (specs: trust 2).
/// </summary>
public sealed class SigningMessage
{
    private SigningMessage(byte[] bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>True to sign without random bytes.</summary>
    public bool IsDeterministic { get; private init; }

    /// <summary>The same message, to be signed so that the run can be repeated bit by bit. Only ML-DSA keys in files do it.</summary>
    public SigningMessage WithoutRandomness() => new(Bytes.ToArray()) { IsDeterministic = true };

    /// <summary>Signs with a key in memory, as this message wants it.</summary>
    public byte[] Sign(IPrivateKey key) => IsDeterministic ? key.SignDeterministically(Bytes.Span) : key.Sign(Bytes.Span);

    /// <summary>The encoded form of an in-toto statement.</summary>
    public static SigningMessage Statement(ReadOnlySpan<byte> statement) => new(DsseEncoding.Encode(DsseEncoding.InTotoType, statement));

    /// <summary>A family's own canonical bytes, signed as they are (CAP3211).</summary>
    public static Result<SigningMessage> Native(ReadOnlySpan<byte> document) =>
        document.StartsWith(DsseEncoding.Prefix) ? KeyDiagnostics.NativeLooksSigned.Now() : new SigningMessage(document.ToArray());
}
