using Capsule.Families.Atoms.Classes;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>What the media type says (specs: atoms 9.2). Servers say text/plain for everything, so it comes last.</summary>
internal static class MediaRows
{
    public static Finding? Find(ImportedDocument document) => document.Text is null || document.IsHtml ? null : document.MediaType switch
    {
        "application/schema+json" when NameRows.IsSchemaRoot(document.Data) => NameRows.Schema(document),
        var type when type.Contains("protobuf", StringComparison.Ordinal) => ContentRows.Of(ProtobufFile.Read(document.Text.Text)),
        "application/graphql" => new Finding("GraphQL SDL", "graphql-schema"),
        "text/turtle" or "application/owl+xml" or "application/rdf+xml" => new Finding("ontology", "ontology"),
        "application/ld+json" when NameRows.NamesOntology(document) => new Finding("ontology", "ontology"),
        "text/csv" when NameRows.HasCodeColumn(document) => new Finding("code list", "code-list"),
        _ => null,
    };
}
