using System.Text.Encodings.Web;
using System.Text.Json;
using Capsule.Core.Identity;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Provenance;

/// <summary>
/// SPDX 2.3 as JSON: the package, each of its files with SHA-256, and what it is built from. Time is SOURCE_DATE_EPOCH, else 1970; the
/// namespace follows from the identity. SHA-1, which SPDX would also like to see, is not computed: the package says
/// <c>filesAnalyzed: false</c>.
/// </summary>
public static class SbomDocument
{
    public const string PredicateType = "https://spdx.dev/Document";

    /// <summary>Its name among a package's generated members.</summary>
    public const string FileName = "sbom.spdx.json";

    private const string DocumentId = "SPDXRef-DOCUMENT";
    private const string PackageId = "SPDXRef-Package";
    private const string NoAssertion = "NOASSERTION";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(BuildFacts facts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, facts);
        }

        return buffer.ToArray();
    }

    /// <summary>The document as the predicate of a statement over the tree identity, for a line of its own.</summary>
    public static byte[] WriteStatement(BuildFacts facts) =>
        StatementWriter.Write([Subject.Tree(facts.Tree.Identity)], PredicateType, json => Write(json, facts));

    private static void Write(Utf8JsonWriter json, BuildFacts facts)
    {
        var files = facts.Tree.Entries.Where(e => !e.IsLink).ToArray();
        var materials = facts.Materials.OrderBy(m => m.Uri, StringComparer.Ordinal).ToArray();
        json.WriteStartObject();
        WriteHead(json, facts);
        json.WriteStartArray("packages");
        WritePackage(json, facts);
        for (var i = 0; i < materials.Length; i++)
        {
            WriteMaterial(json, materials[i], i);
        }

        json.WriteEndArray();
        json.WriteStartArray("files");
        for (var i = 0; i < files.Length; i++)
        {
            WriteFile(json, files[i], i);
        }

        json.WriteEndArray();
        json.WriteStartArray("relationships");
        WriteRelationship(json, DocumentId, "DESCRIBES", PackageId);
        for (var i = 0; i < materials.Length; i++)
        {
            WriteRelationship(json, PackageId, "DEPENDS_ON", MaterialId(i));
        }

        for (var i = 0; i < files.Length; i++)
        {
            WriteRelationship(json, PackageId, "CONTAINS", FileId(i));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, BuildFacts facts)
    {
        var hex = facts.Tree.Identity[(TreeIdentity.Format.Length + 1)..];
        json.WriteString("spdxVersion", "SPDX-2.3");
        json.WriteString("dataLicense", "CC0-1.0");
        json.WriteString("SPDXID", DocumentId);
        json.WriteString("name", facts.Package.Version is { } version ? $"{facts.Package.Name}-{version}" : facts.Package.Name);
        json.WriteString("documentNamespace", $"https://spdx.org/spdxdocs/capsule-{Uri.EscapeDataString(facts.Package.Name)}-{hex}");
        json.WriteStartObject("creationInfo");
        json.WriteString("created", BuildFacts.TimeText(facts.Time ?? DateTimeOffset.UnixEpoch));
        json.WriteStartArray("creators");
        json.WriteStringValue(facts.Versions.TryGetValue("capsule", out var tool) ? $"Tool: capsule-{tool}" : "Tool: capsule");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, BuildFacts facts)
    {
        var license = SpdxExpression.IsWellFormed(facts.License) ? facts.License! : NoAssertion;
        json.WriteStartObject();
        json.WriteString("SPDXID", PackageId);
        json.WriteString("name", facts.Package.Name);
        if (facts.Package.Version is { } version)
        {
            json.WriteString("versionInfo", version);
        }

        if (facts.Package.Scope is { } scope)
        {
            json.WriteString("supplier", $"Organization: {scope}");
        }

        json.WriteString("downloadLocation", NoAssertion);
        json.WriteBoolean("filesAnalyzed", false);
        json.WriteString("licenseConcluded", NoAssertion);
        json.WriteString("licenseDeclared", license);
        if (license == NoAssertion && facts.License is { Length: > 0 } stated)
        {
            json.WriteString("licenseComments", $"The manifest states: {stated}");
        }

        json.WriteString("copyrightText", NoAssertion);
        json.WriteString("primaryPackagePurpose", "APPLICATION");
        json.WriteStartArray("externalRefs");
        WriteReference(json, "OTHER", TreeIdentity.Format.Replace("/1", "", StringComparison.Ordinal), facts.Tree.Identity);
        if (facts.Purl is { } purl)
        {
            WriteReference(json, "PACKAGE-MANAGER", "purl", purl);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMaterial(Utf8JsonWriter json, Material material, int index)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", MaterialId(index));
        json.WriteString("name", material.Name);
        json.WriteString("downloadLocation", NoAssertion);
        json.WriteBoolean("filesAnalyzed", false);
        var checksums = material.Digest.Where(d => d.Key is "sha256" or "sha512").OrderBy(d => d.Key, StringComparer.Ordinal).ToArray();
        if (checksums.Length > 0)
        {
            json.WriteStartArray("checksums");
            foreach (var (algorithm, hex) in checksums)
            {
                WriteChecksum(json, algorithm.ToUpperInvariant(), hex);
            }

            json.WriteEndArray();
        }

        if (material.Uri.StartsWith("pkg:", StringComparison.Ordinal))
        {
            json.WriteStartArray("externalRefs");
            WriteReference(json, "PACKAGE-MANAGER", "purl", material.Uri);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFile(Utf8JsonWriter json, TreeEntry file, int index)
    {
        json.WriteStartObject();
        json.WriteString("SPDXID", FileId(index));
        json.WriteString("fileName", $"./{file.Path}");
        json.WriteStartArray("checksums");
        WriteChecksum(json, "SHA256", file.Value);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteChecksum(Utf8JsonWriter json, string algorithm, string hex)
    {
        json.WriteStartObject();
        json.WriteString("algorithm", algorithm);
        json.WriteString("checksumValue", hex);
        json.WriteEndObject();
    }

    private static void WriteReference(Utf8JsonWriter json, string category, string type, string locator)
    {
        json.WriteStartObject();
        json.WriteString("referenceCategory", category);
        json.WriteString("referenceType", type);
        json.WriteString("referenceLocator", locator);
        json.WriteEndObject();
    }

    private static void WriteRelationship(Utf8JsonWriter json, string from, string type, string to)
    {
        json.WriteStartObject();
        json.WriteString("spdxElementId", from);
        json.WriteString("relationshipType", type);
        json.WriteString("relatedSpdxElement", to);
        json.WriteEndObject();
    }

    private static string FileId(int index) => $"SPDXRef-File-{index + 1}";

    private static string MaterialId(int index) => $"SPDXRef-Material-{index + 1}";
}
