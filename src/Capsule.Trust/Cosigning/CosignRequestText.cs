using System.Text.Encodings.Web;
using System.Text.Json;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Cosigning;

/// <summary>A request as JSON that a person can check: the package, and for each role the statement that will be signed, word for word.</summary>
public static class CosignRequestText
{
    private const string Schema = "capsule-sign-request/1";

    /// <summary>Bytes at most.</summary>
    private const int MaximumSize = 1024 * 1024;

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(CosignRequest request)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartObject("package");
            foreach (var (name, value) in Facts(request.Package))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteStartArray("roles");
            foreach (var role in request.Roles)
            {
                WriteRole(json, request, role);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Reads a request strictly; a statement that does not say what the package is said to be is refused (CAP3015).</summary>
    public static Result<CosignRequest> Read(ReadOnlyMemory<byte> bytes, string file)
    {
        try
        {
            return bytes.Length <= MaximumSize ? Read(StrictJson.Parse(bytes)) : throw new FormatException("it is larger than 1 MiB");
        }
        catch (FormatException problem)
        {
            return CosignDiagnostics.RequestMalformed.In(file, Path.GetFileName(file), problem.Message);
        }
    }

    private static CosignRequest Read(JsonElement root)
    {
        StrictJson.Demand(root, "the request", ["schema", "package", "roles"]);
        if (StrictJson.Text(root, "schema") != Schema)
        {
            throw new FormatException($"its schema is not {Schema}");
        }

        var facts = root.GetProperty("package");
        StrictJson.Demand(facts, "the package", ["family", "scope", "name", "version", "identity"]);
        var package = new PackageReference(
            StrictJson.Text(facts, "family"), StrictJson.Text(facts, "scope"), StrictJson.Text(facts, "name"), StrictJson.Text(facts, "version"), StrictJson.Text(facts, "identity"));
        if (!TreeIdentity.Digest(package.Identity!).Succeeded)
        {
            throw new FormatException("its identity is malformed");
        }

        var request = new CosignRequest(package, [.. Items(root, "roles").Select(ReadRole)]);
        if (request.Roles.Count == 0 || request.Roles.Select(r => r.Role).Distinct(StringComparer.Ordinal).Count() != request.Roles.Count)
        {
            throw new FormatException("it asks for no role, or for one twice");
        }

        foreach (var role in Items(root, "roles"))
        {
            if (StrictJson.Text(role, "statement") != request.StatementFor(StrictJson.Text(role, "role")))
            {
                throw new FormatException("a statement does not say what the package is said to be");
            }
        }

        return request;
    }

    private static CosignRole ReadRole(JsonElement role)
    {
        StrictJson.Demand(role, "a role", ["role", "statement", "maySign"]);
        return new CosignRole(StrictJson.Text(role, "role"), [.. Items(role, "maySign").Select(signer =>
        {
            StrictJson.Demand(signer, "a signer", ["signer", "keys"]);
            return new CosignSigner(StrictJson.Text(signer, "signer"), [.. Items(signer, "keys").Select(k => k.ValueKind == JsonValueKind.String ? k.GetString()! : throw new FormatException("a key is not text"))]);
        })]);
    }

    private static void WriteRole(Utf8JsonWriter json, CosignRequest request, CosignRole role)
    {
        json.WriteStartObject();
        json.WriteString("role", role.Role);
        json.WriteString("statement", request.StatementFor(role.Role));
        json.WriteStartArray("maySign");
        foreach (var signer in role.MaySign)
        {
            json.WriteStartObject();
            json.WriteString("signer", signer.Name);
            json.WriteStartArray("keys");
            foreach (var key in signer.Keys)
            {
                json.WriteStringValue(key);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, string? Value)> Facts(PackageReference package) =>
        [("family", package.Family), ("scope", package.Scope), ("name", package.Name), ("version", package.Version), ("identity", package.Identity)];

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        parent.GetProperty(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : throw new FormatException($"'{name}' is not a list");
}
