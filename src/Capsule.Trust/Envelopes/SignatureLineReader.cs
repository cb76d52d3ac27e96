using System.Text;
using System.Text.Json;
using Capsule.Core.Diagnostics;

namespace Capsule.Trust.Envelopes;

/// <summary>
/// Reads one signature line. Anything but the exact form is malformed; the form is the part of Sigstore bundle v0.3
/// that key-based verifiers accept: no certificate, no transparency log entry, no key id.
/// </summary>
internal static class SignatureLineReader
{
    private const string MediaType = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>Throws <see cref="RefusedException"/> when the line is malformed.</summary>
    public static SignatureLine Read(ReadOnlyMemory<byte> utf8, int number)
    {
        try
        {
            return ReadBundle(StrictJson.Parse(utf8), number) with { Json = Encoding.UTF8.GetString(utf8.Span) };
        }
        catch (FormatException problem)
        {
            throw new RefusedException(EnvelopeDiagnostics.LineMalformed.Now(number, problem.Message));
        }
    }

    private static SignatureLine ReadBundle(JsonElement bundle, int number)
    {
        StrictJson.Demand(bundle, "the line", ["mediaType", "verificationMaterial"], "dsseEnvelope", "messageSignature");
        if (StrictJson.Text(bundle, "mediaType") != MediaType)
        {
            throw new FormatException($"its mediaType is not {MediaType}");
        }

        var hint = ReadHint(bundle.GetProperty("verificationMaterial"), number);
        return (bundle.TryGetProperty("dsseEnvelope", out var envelope), bundle.TryGetProperty("messageSignature", out var message)) switch
        {
            (true, false) => ReadEnvelope(envelope, hint, number),
            (false, true) => ReadMessage(message, hint, number),
            _ => throw new FormatException("it has not exactly one of dsseEnvelope and messageSignature"),
        };
    }

    private static string ReadHint(JsonElement material, int number)
    {
        StrictJson.Demand(material, "verificationMaterial", ["publicKey"]);
        var key = material.GetProperty("publicKey");
        StrictJson.Demand(key, "publicKey", ["hint"]);
        var hint = StrictJson.Text(key, "hint");
        if (hint.Length != 0)
        {
            Decode(hint, "hint", number);
        }

        return hint;
    }

    private static SignatureLine ReadEnvelope(JsonElement envelope, string hint, int number)
    {
        StrictJson.Demand(envelope, "dsseEnvelope", ["payload", "payloadType", "signatures"]);
        var payload = Decode(StrictJson.Text(envelope, "payload"), "payload", number);
        var type = StrictJson.Text(envelope, "payloadType");
        var signatures = envelope.GetProperty("signatures");
        if (signatures.ValueKind != JsonValueKind.Array || signatures.GetArrayLength() != 1)
        {
            throw new FormatException("its envelope does not have exactly one signature");
        }

        StrictJson.Demand(signatures[0], "the signature", ["sig"]);
        var line = new SignatureLine
        {
            Json = "",
            Number = number,
            Hint = hint,
            Signature = Decode(StrictJson.Text(signatures[0], "sig"), "sig", number),
            PayloadType = type,
            Message = DsseEncoding.Encode(type, payload),
        };
        return type == DsseEncoding.InTotoType ? WithStatement(line, payload) : line;
    }

    private static SignatureLine WithStatement(SignatureLine line, byte[] payload)
    {
        try
        {
            var statement = StatementReader.Read(payload);
            return line with { Statement = statement, Release = ReleasePredicate.From(statement), Key = SignerKeyPredicate.From(statement, line.Hint) };
        }
        catch (FormatException problem)
        {
            throw new RefusedException(EnvelopeDiagnostics.StatementMalformed.Now(line.Number, problem.Message));
        }
    }

    private static SignatureLine ReadMessage(JsonElement message, string hint, int number)
    {
        StrictJson.Demand(message, "messageSignature", ["messageDigest", "signature"]);
        var digest = message.GetProperty("messageDigest");
        StrictJson.Demand(digest, "messageDigest", ["algorithm", "digest"]);
        _ = StrictJson.Text(digest, "algorithm");
        Decode(StrictJson.Text(digest, "digest"), "digest", number);
        return new SignatureLine
        {
            Json = "",
            Number = number,
            Hint = hint,
            Signature = Decode(StrictJson.Text(message, "signature"), "signature", number),
        };
    }

    private static byte[] Decode(string text, string member, int number) =>
        CanonicalBase64.Decode(text) ?? throw new RefusedException(EnvelopeDiagnostics.Base64NotCanonical.Now(number, member));
}
