using Capsule.Core.Diagnostics;
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

    /// <summary>The encoded form of an in-toto statement.</summary>
    public static SigningMessage Statement(ReadOnlySpan<byte> statement) => new(DsseEncoding.Encode(DsseEncoding.InTotoType, statement));

    /// <summary>A family's own canonical bytes, signed as they are (CAP3211).</summary>
    public static Result<SigningMessage> Native(ReadOnlySpan<byte> document) =>
        document.StartsWith(DsseEncoding.Prefix) ? KeyDiagnostics.NativeLooksSigned.Now() : new SigningMessage(document.ToArray());
}
