using System.Text.RegularExpressions;
using Capsule.Core.Text;
using Capsule.Families.Atoms.Classes;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>What a document's own bytes say, in the order of the table (specs: atoms 9.2).</summary>
internal static partial class ContentRows
{
    public static Finding? Find(ImportedDocument document)
    {
        if (document.Text is not { } text)
        {
            return null;
        }

        return document.IsHtml
            ? RequestForComments.Find(document)
            : Data(document) ?? Protobuf(text.Text) ?? Xml(text.Text) ?? RequestForComments.Find(document) ?? GrammarText.Find(text.Text) ?? Lists(document);
    }

    /// <summary>Rows 1 to 5.</summary>
    private static Finding? Data(ImportedDocument document)
    {
        if (document.Data is not MappingNode root)
        {
            return null;
        }

        if (Text(root, "openapi") is { } openApi && Three().IsMatch(openApi))
        {
            return new Finding("OpenAPI", "openapi-spec") { Fields = ApiVersion(root) };
        }

        if (Text(root, "swagger") == "2.0")
        {
            return new Finding("Swagger 2") { Fields = ApiVersion(root), Note = DetectionDiagnostics.OldSwagger.Now() };
        }

        if (Text(root, "asyncapi") is { } asyncApi && TwoOrThree().IsMatch(asyncApi))
        {
            return new Finding("AsyncAPI", "asyncapi-spec") { Fields = ApiVersion(root) };
        }

        if (root.Find("openrpc") is not null)
        {
            return new Finding("OpenRPC", "json-rpc-spec") { Fields = ApiVersion(root) };
        }

        if (Text(root, "jsonrpc") == "2.0" && root.Find("methods") is not null)
        {
            return new Finding("JSON-RPC", "json-rpc-spec") { Fields = ApiVersion(root) };
        }

        return JsonSchemaDocument.IsNamed(root) ? new Finding("JSON Schema", "json-schema") { Fields = JsonSchemaDocument.Fields(root) }
            : IsAvro(root) ? new Finding("Avro", "avro-schema")
            : null;
    }

    /// <summary>Row 6. A text that only looks like it, in a comment or a string, is none.</summary>
    private static Finding? Protobuf(string text) =>
        text.Contains("syntax", StringComparison.Ordinal) && ProtobufFile.Read(text) is { Syntax: { } syntax } file && syntax.StartsWith("proto", StringComparison.Ordinal)
            ? Of(file)
            : null;

    public static Finding Of(ProtobufFile? file) => new("Protocol Buffers", file is { HasRpc: true } ? "grpc-spec" : "protobuf-schema");

    /// <summary>Row 8, and the ontologies of row 9 that are written in XML.</summary>
    private static Finding? Xml(string text) => XmlRoot.Read(text) switch
    {
        ("http://www.w3.org/2001/XMLSchema", "schema") => new Finding("XML Schema", "xml-schema"),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "RDF") when text.Contains("Ontology", StringComparison.Ordinal) => new Finding("ontology", "ontology"),
        _ => null,
    };

    /// <summary>Rows 16 and 17.</summary>
    private static Finding? Lists(ImportedDocument document)
    {
        if (document.Data is not MappingNode root)
        {
            return null;
        }

        return Text(root, "class") == "controlled-vocabulary" || (root.Find("values")?.Value is SequenceNode { Items.Count: >= 2 } values && values.Items.All(IsValue))
                ? new Finding("controlled vocabulary", "controlled-vocabulary")
            : Text(root, "class") == "code-list" || root.Find("codes")?.Value is SequenceNode ? new Finding("code list", "code-list")
            : null;
    }

    public static string? Text(MappingNode root, string key) =>
        root.Find(key)?.Value is ScalarNode scalar ? scalar is { Kind: ScalarKind.String, Value: string text } ? text : scalar.Raw : null;

    private static bool IsValue(Node item) =>
        item is ScalarNode { Kind: ScalarKind.String } || (item is MappingNode map && (map.Find("name") is not null || map.Find("value") is not null));

    private static bool IsAvro(MappingNode root) =>
        Text(root, "type") is "record" or "enum" or "fixed" && Text(root, "name") is { Length: > 0 }
        && (root.Find("fields") ?? root.Find("symbols") ?? root.Find("size")) is not null;

    private static KeyValuePair<string, Node>[] ApiVersion(MappingNode root) =>
        root.Find("info")?.Value is MappingNode info && Text(info, "version") is { Length: > 0 } version ? [new("api_version", Nodes.String(version))] : [];

    [GeneratedRegex(@"\A3\.[0-9]")]
    private static partial Regex Three();

    [GeneratedRegex(@"\A[23]\.[0-9]")]
    private static partial Regex TwoOrThree();
}
