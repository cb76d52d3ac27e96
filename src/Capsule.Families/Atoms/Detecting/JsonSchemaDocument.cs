using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>JSON Schemas: the dialect that a document names, and what an atom says about it.</summary>
internal static class JsonSchemaDocument
{
    private static readonly string[] Dated = ["2019-09", "2020-12"];

    private static readonly string[] Drafts = ["draft-04", "draft-06", "draft-07"];

    public static bool IsNamed(MappingNode root) =>
        ContentRows.Text(root, "$schema") is { } uri && Uri.TryCreate(uri, UriKind.Absolute, out var parsed) && parsed.Host is "json-schema.org" or "www.json-schema.org";

    public static KeyValuePair<string, Node>[] Fields(MappingNode root)
    {
        var uri = (ContentRows.Text(root, "$schema") ?? "").TrimEnd('#');
        var version = Drafts.FirstOrDefault(d => uri.EndsWith($"json-schema.org/{d}/schema", StringComparison.Ordinal))
            ?? Dated.FirstOrDefault(d => uri.EndsWith($"json-schema.org/draft/{d}/schema", StringComparison.Ordinal));
        var id = ContentRows.Text(root, version == "draft-04" ? "id" : "$id");
        return
        [
            .. version is null ? Array.Empty<KeyValuePair<string, Node>>() : [new("schema_version", Nodes.String(version))],
            .. id is null ? Array.Empty<KeyValuePair<string, Node>>() : [new("root_schema_id", Nodes.String(id))],
        ];
    }
}
