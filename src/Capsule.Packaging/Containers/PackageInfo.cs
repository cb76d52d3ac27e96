using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Identity;
using Capsule.Core.Plans;

namespace Capsule.Packaging.Containers;

/// <summary>
/// What <c>capsule/package.json</c> in a container says, so that a package can be listed without its family's reader.
/// It lies outside the identity: trust compares it with the manifest, which lies inside.
/// </summary>
public sealed record PackageInfo
{
    public const string CurrentSchema = "capsule-package/1";

    private static readonly string[] Known = ["description", "family", "license", "manifest", "name", "schema", "scope", "version"];

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    [JsonPropertyName("schema")]
    public string Schema { get; init; } = CurrentSchema;

    [JsonPropertyName("family")]
    public required string Family { get; init; }

    [JsonPropertyName("scope")]
    public string? Scope { get; init; }

    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("version")]
    public string? Version { get; init; }

    /// <summary>Path of the manifest in the tree.</summary>
    [JsonPropertyName("manifest")]
    public required string Manifest { get; init; }

    /// <summary>SPDX expression.</summary>
    [JsonPropertyName("license")]
    public string? License { get; init; }

    [JsonPropertyName("description")]
    public string? Description { get; init; }

    public static PackageInfo From(PackPlan plan) => new()
    {
        Family = plan.Package.Family,
        Scope = plan.Package.Scope,
        Name = plan.Package.Name,
        Version = plan.Package.Version,
        Manifest = plan.Manifest,
        License = plan.License,
        Description = plan.Description,
    };

    /// <summary>Members in alphabetical order, absent ones left out, one line, UTF-8.</summary>
    internal byte[] Write()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var (name, value) in Members())
            {
                if (value is not null)
                {
                    json.WriteString(name, value);
                }
            }

            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    internal static PackageInfo Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "schema") != CurrentSchema)
            {
                throw Broken($"its schema is not {CurrentSchema}");
            }

            if (root.EnumerateObject().FirstOrDefault(m => !Known.Contains(m.Name)) is { Value.ValueKind: not JsonValueKind.Undefined })
            {
                throw Broken("it has a member that does not belong there");
            }

            var info = new PackageInfo
            {
                Family = Text(root, "family") ?? throw Broken("it names no family"),
                Scope = Text(root, "scope"),
                Name = Text(root, "name") ?? throw Broken("it has no name"),
                Version = Text(root, "version"),
                Manifest = Text(root, "manifest") ?? throw Broken("it names no manifest"),
                License = Text(root, "license"),
                Description = Text(root, "description"),
            };
            return TreePath.Check(info.Manifest) is { } problem ? throw new RefusedException(problem) : info;
        }
        catch (JsonException e)
        {
            throw Broken(e.Message.ReplaceLineEndings(" "));
        }
        catch (InvalidOperationException)
        {
            // Broken UTF-8 and unpaired surrogates show only when a text is taken out.
            throw Broken("it is not valid Unicode text");
        }
    }

    private IEnumerable<(string Name, string? Value)> Members() =>
    [
        ("description", Description), ("family", Family), ("license", License), ("manifest", Manifest),
        ("name", Name), ("schema", Schema), ("scope", Scope), ("version", Version),
    ];

    private static string? Text(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Broken($"'{name}' is no text");

    private static RefusedException Broken(string why) => new(PackingDiagnostics.PackageInfo.Now(why));
}
