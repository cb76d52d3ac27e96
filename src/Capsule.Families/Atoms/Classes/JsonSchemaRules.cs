using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Classes;

/// <summary>A JSON Schema states its version and its id, in the manifest and in the asset alike.</summary>
internal static class JsonSchemaRules
{
    internal static readonly string[] Versions = ["draft-04", "draft-06", "draft-07", "2019-09", "2020-12"];

    public static void Check(ClassCheck check)
    {
        var version = check.Needs("schema_version");
        var id = check.Needs("root_schema_id");
        if (version is not null && !Versions.Contains(version.Value))
        {
            check.Report(version.Span, $"'schema_version' cannot be '{version.Value}'", $"Write one of: {string.Join(", ", Versions)}.");
            version = null;
        }

        if (check.Object() is not { } root)
        {
            return;
        }

        var key = version?.Value == "draft-04" ? "id" : "$id";
        if (id is not null && Text(root, key) != id.Value)
        {
            check.Report(root.Find(key)?.Value.Span ?? root.Span, $"'{key}' of the asset must be '{id.Value}', as 'root_schema_id' says", "Make the two equal.");
        }

        if (version is not null && Text(root, "$schema") != Uri(version.Value))
        {
            check.Report(root.Find("$schema")?.Value.Span ?? root.Span, $"'$schema' of the asset must be '{Uri(version.Value)}', as 'schema_version' says", "Make the two agree.");
        }
    }

    private static string? Text(MappingNode root, string key) => (root.Find(key)?.Value as ScalarNode)?.Value as string;

    private static string Uri(string version) => version.StartsWith("draft-", StringComparison.Ordinal)
        ? $"http://json-schema.org/{version}/schema#"
        : $"https://json-schema.org/draft/{version}/schema";
}
