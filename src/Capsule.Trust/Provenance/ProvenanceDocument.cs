using System.Text.Json;
using Capsule.Trust.Envelopes;

namespace Capsule.Trust.Provenance;

/// <summary>
/// SLSA provenance v1 as an in-toto Statement over the tree identity (slsa.dev/spec/v1.0/provenance). Every build writes it;
/// a provenance key can sign the same bytes. It never counts for a release.
/// </summary>
public static class ProvenanceDocument
{
    public const string PredicateType = "https://slsa.dev/provenance/v1";

    /// <summary>Its name among a package's generated members.</summary>
    public const string FileName = "provenance.json";

    /// <summary>What <c>externalParameters</c> mean: family, package, manifest and the user's choices.</summary>
    public const string BuildType = "urn:capsule:build:1";

    public static byte[] Write(BuildFacts facts) => StatementWriter.Write([Subject.Tree(facts.Tree.Identity)], PredicateType, json =>
    {
        json.WriteStartObject();
        WriteDefinition(json, facts);
        WriteRun(json, facts);
        json.WriteEndObject();
    });

    private static void WriteDefinition(Utf8JsonWriter json, BuildFacts facts)
    {
        json.WriteStartObject("buildDefinition");
        json.WriteString("buildType", BuildType);
        json.WriteStartObject("externalParameters");
        json.WriteString("family", facts.Package.Family);
        json.WriteString("manifest", facts.Manifest);
        json.WriteString("name", facts.Package.Name);
        WriteMap(json, "parameters", facts.Parameters);
        if (facts.Purl is { } purl)
        {
            json.WriteString("purl", purl);
        }

        json.WriteEndObject();
        json.WriteStartArray("resolvedDependencies");
        foreach (var material in facts.Materials.OrderBy(m => m.Uri, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("name", material.Name);
            json.WriteString("uri", material.Uri);
            if (material.Digest.Count > 0)
            {
                WriteMap(json, "digest", material.Digest);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRun(Utf8JsonWriter json, BuildFacts facts)
    {
        json.WriteStartObject("runDetails");
        json.WriteStartObject("builder");
        json.WriteString("id", facts.BuilderId);
        WriteMap(json, "version", facts.Versions);
        json.WriteEndObject();
        if (facts.Time is { } time)
        {
            json.WriteStartObject("metadata");
            json.WriteString("startedOn", BuildFacts.TimeText(time));
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
