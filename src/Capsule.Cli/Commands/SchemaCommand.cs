using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Files;
using Capsule.Core.Schemas;
using Capsule.Families;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule schema [NAME]</c>: the JSON Schemas of the manifests, for editors.</summary>
internal static class SchemaCommand
{
    public static Command Make()
    {
        var name = new Argument<string?>("NAME") { Description = $"A manifest: {string.Join(", ", ManifestSchemas.All.SkipLast(1).Select(m => m.Manifest))} or {ManifestSchemas.All[^1].Manifest}.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("-o", "--output") { Description = "Write the schema, or all of them, into this folder instead.", HelpName = "FOLDER" };
        return Verb.Define("schema", "Prints the JSON Schema of a manifest, for editors; without a name, says which there are.\n\nExample: capsule schema capability.yml",
            [name, output], (context, _) => Task.FromResult(Run(context.Get(name), context.Get(output) is { } folder ? context.FullPath(folder) : null)));
    }

    private static Answer Run(string? name, string? folder)
    {
        if (name is not null && ManifestSchemas.Find(name) is null)
        {
            return Answer.Failed(CommandDiagnostics.NoSchema.Now(name, string.Join(", ", ManifestSchemas.All.Select(s => s.Manifest))));
        }

        SchemaDocument[] schemas = name is null ? [.. ManifestSchemas.All] : [ManifestSchemas.Find(name)!];
        if (folder is not null)
        {
            return Write(schemas, folder);
        }

        return name is null
            ? Answer.Ok(string.Join('\n', schemas.Select(s => $"{s.Manifest,-20} {s.Id}")), new JsonArray([.. schemas.Select(Describe)]))
            : Answer.Ok(schemas[0].Text.TrimEnd('\n'), schemas[0].Render());
    }

    private static Answer Write(IReadOnlyList<SchemaDocument> schemas, string folder)
    {
        string[] paths = [.. schemas.Select(s => Path.Combine(folder, s.FileName))];
        foreach (var (schema, path) in schemas.Zip(paths))
        {
            WholeFile.Write(path, Encoding.UTF8.GetBytes(schema.Text));
        }

        return Answer.Ok(string.Join('\n', paths), new JsonArray([.. paths.Select(p => JsonValue.Create(p))]));
    }

    private static JsonObject Describe(SchemaDocument schema) => new()
    {
        ["manifest"] = schema.Manifest,
        ["file"] = schema.FileName,
        ["id"] = schema.Id,
        ["title"] = schema.Title,
    };
}
