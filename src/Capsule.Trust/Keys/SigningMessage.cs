using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Trust.Algorithms;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Keys;

/// <summary>
/// The bytes a key is asked to sign. No two ways to make one can give the same signature: a native document cannot look like an
/// attestation (specs: trust 2), and a context of its own keeps a message apart from both.
/// </summary>
public sealed class SigningMessage
{
    private SigningMessage(byte[] bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Of FIPS 204; empty for attestations and native documents.</summary>
    public string Context { get; private init; } = "";

    /// <summary>True to sign without random bytes.</summary>
    public bool IsDeterministic { get; private init; }

    /// <summary>The same message, to be signed so that the run can be repeated bit by bit. Only ML-DSA keys in files do it.</summary>
    public SigningMessage WithoutRandomness() => new(Bytes.ToArray()) { Context = Context, IsDeterministic = true };

    /// <summary>Signs with a key in memory, as this message wants it.</summary>
    public byte[] Sign(IPrivateKey key) =>
        Context.Length > 0 ? key.SignInContext(Bytes.Span, Encoding.UTF8.GetBytes(Context), IsDeterministic)
        : IsDeterministic ? key.SignDeterministically(Bytes.Span)
        : key.Sign(Bytes.Span);

    /// <summary>True when the key made this signature over this message.</summary>
    public bool IsSignedBy(PublicKey key, ReadOnlySpan<byte> signature) =>
        Context.Length > 0 ? key.VerifyInContext(Bytes.Span, Encoding.UTF8.GetBytes(Context), signature) : key.Verify(Bytes.Span, signature);

    /// <summary>The encoded form of an in-toto statement.</summary>
    public static SigningMessage Statement(ReadOnlySpan<byte> statement) => new(DsseEncoding.Encode(DsseEncoding.InTotoType, statement));

    /// <summary>A family's own canonical bytes, signed as they are (CAP3211).</summary>
    public static Result<SigningMessage> Native(ReadOnlySpan<byte> document) =>
        document.StartsWith(DsseEncoding.Prefix) ? KeyDiagnostics.NativeLooksSigned.Now() : new SigningMessage(document.ToArray());

    /// <summary>A record in a context of its own; ML-DSA only.</summary>
    public static SigningMessage InContext(string context, ReadOnlySpan<byte> record) => new(record.ToArray()) { Context = context };
}
