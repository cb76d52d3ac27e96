using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>The authors that a document states: the head of an RFC, else <c>info.contact.name</c>.</summary>
internal static class DocumentAuthors
{
    public static IReadOnlyList<string> Of(ImportedDocument document, Finding finding) =>
        finding.Format == "RFC" ? RequestForComments.Authors(document)
        : document.Data is MappingNode root
            && root.Find("info")?.Value is MappingNode info
            && info.Find("contact")?.Value is MappingNode contact
            && ContentRows.Text(contact, "name") is { Length: > 0 } name ? [name]
        : [];
}
