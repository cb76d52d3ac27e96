using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Cosigning;

/// <summary>A request to sign a trust file as JSON that a person can check: the file itself, and the statement that will be signed, word for word.</summary>
public static class PolicyRequestText
{
    /// <summary>What the request begins with, after the brace.</summary>
    private const string Schema = "capsule-trust-request/1";

    /// <summary>Bytes at most: a trust file, escaped.</summary>
    public const int MaximumSize = 8 * 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(PolicyRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("policy", request.Policy);
            json.WriteStartArray("keyFiles");
            foreach (var (file, fingerprint) in request.KeyFiles)
            {
                json.WriteStartObject();
                json.WriteString("file", file);
                json.WriteString("fingerprint", fingerprint);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("statement", Encoding.UTF8.GetString(request.Statement));
            json.WriteStartArray("roots");
            foreach (var root in request.Roots)
            {
                json.WriteStartObject();
                json.WriteString("whose", root.Whose);
                json.WriteString("scope", root.Scope);
                json.WriteNumber("threshold", root.Threshold);
                json.WriteStartArray("maySign");
                foreach (var signer in root.MaySign)
                {
                    json.WriteStartObject();
                    json.WriteString("signer", signer.Name);
                    json.WriteStartArray("keys");
                    signer.Keys.ToList().ForEach(json.WriteStringValue);
                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads a request strictly; a statement that is not over the file in it is refused (CAP3018).</summary>
    public static Result<PolicyRequest> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        try
        {
            return bytes.Length <= MaximumSize ? Read(StrictJson.Parse(bytes)) : throw new FormatException("it is larger than 8 MiB");
        }
        catch (FormatException problem)
        {
            return CosignDiagnostics.PolicyRequestMalformed.In(file, Path.GetFileName(file), problem.Message);
        }
    }

    private static PolicyRequest Read(JsonElement root)
    {
        StrictJson.Demand(root, "the request", ["schema", "policy", "keyFiles", "statement", "roots"]);
        if (StrictJson.Text(root, "schema") != Schema)
        {
            throw new FormatException($"its schema is not {Schema}");
        }

        var policy = StrictJson.Text(root, "policy");
        var tree = TomlReader.Read(new SourceText("<policy>", policy));
        if (tree.Value?.Find("version")?.Value is not ScalarNode { Value: long version })
        {
            throw new FormatException("the file in it is no TOML with a version");
        }

        var request = new PolicyRequest(policy, version, [.. Items(root, "keyFiles").Select(KeyFile)], [.. Items(root, "roots").Select(Root)]);
        return StrictJson.Text(root, "statement") == Encoding.UTF8.GetString(request.Statement)
            ? request
            : throw new FormatException("its statement is not over the file in it");
    }

    private static (string File, string Fingerprint) KeyFile(JsonElement element)
    {
        StrictJson.Demand(element, "a key file", ["file", "fingerprint"]);
        var fingerprint = StrictJson.Text(element, "fingerprint");
        return fingerprint.StartsWith("sha256:", StringComparison.Ordinal)
            ? (StrictJson.Text(element, "file"), fingerprint)
            : throw new FormatException("a fingerprint is malformed");
    }

    private static PolicyRequestRoot Root(JsonElement element)
    {
        StrictJson.Demand(element, "a root", ["whose", "scope", "threshold", "maySign"]);
        return element.GetProperty("threshold") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var threshold)
            ? new PolicyRequestRoot(StrictJson.Text(element, "whose"), StrictJson.Text(element, "scope"), threshold, [.. Items(element, "maySign").Select(Signer)])
            : throw new FormatException("a root has no threshold");
    }

    private static CosignSigner Signer(JsonElement element)
    {
        StrictJson.Demand(element, "a signer", ["signer", "keys"]);
        return new CosignSigner(StrictJson.Text(element, "signer"), [.. Items(element, "keys").Select(k => k.ValueKind == JsonValueKind.String ? k.GetString()! : throw new FormatException("a key is not text"))]);
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.GetProperty(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : throw new FormatException($"'{name}' is not a list");
}
