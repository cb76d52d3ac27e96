using System.Text.Encodings.Web;
using System.Text.Json;
using Capsule.Trust.Algorithms;

namespace Capsule.Trust.Envelopes;

/// <summary>Writes a signature line in the one form that cosign and npm accept alike (specs: trust 2).</summary>
internal static class SignatureLineWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SignatureLine Write(PublicKey key, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> signature)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
            json.WriteStartObject("verificationMaterial");
            json.WriteStartObject("publicKey");
            json.WriteString("hint", key.Hint);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("dsseEnvelope");
            json.WriteString("payload", Convert.ToBase64String(payload));
            json.WriteString("payloadType", DsseEncoding.InTotoType);
            json.WriteStartArray("signatures");
            json.WriteStartObject();
            json.WriteString("sig", Convert.ToBase64String(signature));
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return SignatureLineReader.Read(buffer.ToArray(), 1);
    }
}
