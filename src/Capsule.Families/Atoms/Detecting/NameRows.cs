using Capsule.Core.Text;
using Capsule.Families.Atoms.Classes;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>What a document's name and host say, in the order of the table (specs: atoms 9.2).</summary>
internal static class NameRows
{
    public static Finding? Find(ImportedDocument document)
    {
        // A page that a server shows instead of the file, and bytes that are no text, are not what the name says.
        var isText = document.Text is not null && !document.IsHtml;
        return (isText ? Formats(document) : null) ?? HostRows.Find(document) ?? (isText ? Grammars(document) ?? Lists(document) : null);
    }

    private static Finding? Formats(ImportedDocument document) => document.Extension switch
    {
        ".json" when document.Name.EndsWith(".schema.json", StringComparison.Ordinal) && IsSchemaRoot(document.Data) => Schema(document),
        ".avsc" => new Finding("Avro", "avro-schema"),
        ".proto" => ContentRows.Of(ProtobufFile.Read(document.Text!.Text)),
        ".graphql" or ".graphqls" or ".gql" or ".sdl" => new Finding("GraphQL SDL", "graphql-schema"),
        ".xsd" => new Finding("XML Schema", "xml-schema"),
        ".ttl" or ".owl" => new Finding("ontology", "ontology"),
        ".jsonld" or ".json-ld" when NamesOntology(document) => new Finding("ontology", "ontology"),
        _ => null,
    };

    private static Finding? Grammars(ImportedDocument document) => document.Extension switch
    {
        ".ebnf" => new Finding("EBNF", "ebnf-grammar"),
        ".abnf" => Notation("ABNF", "abnf"),
        ".g4" => Notation("ANTLR grammar", "antlr4"),
        ".lark" => Notation("Lark grammar", "lark"),
        ".peg" => Notation("PEG", "peg"),
        ".bnf" => new Finding("BNF", "bnf-grammar", "ebnf-grammar"),
        _ => null,
    };

    private static Finding? Lists(ImportedDocument document) =>
        document.Extension == ".csv" && HasCodeColumn(document) ? new Finding("code list", "code-list")
        : document.Name.EndsWith(".schema.toml", StringComparison.Ordinal) ? new Finding("TOML schema", "toml-schema")
        : null;

    public static Finding Schema(ImportedDocument document) =>
        new("JSON Schema", "json-schema") { Fields = document.Data is MappingNode root ? JsonSchemaDocument.Fields(root) : [] };

    public static bool IsSchemaRoot(Node? root) => root is MappingNode or ScalarNode { Kind: ScalarKind.Boolean };

    public static bool NamesOntology(ImportedDocument document) =>
        document.Data is not null && document.Text is { } text
        && (text.Text.Contains("owl:Ontology", StringComparison.Ordinal) || text.Text.Contains("http://www.w3.org/2002/07/owl#Ontology", StringComparison.Ordinal));

    public static bool HasCodeColumn(ImportedDocument document) => CodeColumn.HasHeading(document.Text!.Text);

    private static Finding Notation(string format, string name) => new(format, "ebnf-grammar") { Fields = [new("notation", Nodes.String(name))] };
}
