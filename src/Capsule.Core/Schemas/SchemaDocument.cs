using System.Text.Json.Nodes;

namespace Capsule.Core.Schemas;

/// <summary>The JSON Schema of one manifest.</summary>
/// <param name="Manifest">The file it is for, for example <c>capability.yml</c>.</param>
/// <param name="Title">A line that says what the file is.</param>
/// <param name="Root">The document.</param>
public sealed record SchemaDocument(string Manifest, string Title, ValueShape Root)
{
    /// <summary>Goes up when manifests that were right become wrong.</summary>
    private const int Version = 1;

    /// <summary>For example <c>capability</c>.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Manifest);

    /// <summary>For example <c>capability.schema.json</c>.</summary>
    public string FileName => $"{Name}.schema.json";

    /// <summary>A name, no address: editors take the schema from the file that they are given.</summary>
    public string Id => $"urn:capsule:schema:{Name}:{Version}";

    /// <summary>The schema, JSON Schema draft-07, which is what taplo and yaml-language-server both know.</summary>
    public JsonObject Render() => JsonSchemaWriter.Write(this);

    /// <summary>The file's content, indented by two, with a line feed at the end.</summary>
    public string Text => Render().ToJsonString(JsonSchemaWriter.Options) + "\n";
}
