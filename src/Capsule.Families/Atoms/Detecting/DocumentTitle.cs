using Capsule.Core.Text;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>The title that a document states: <c>info.title</c>, a schema's title or name, an RFC's title line, the first Markdown heading.</summary>
internal static class DocumentTitle
{
    private const int Longest = 200;

    public static string? Of(ImportedDocument document, Finding finding)
    {
        var title = finding.Format == "RFC" && !document.IsHtml ? RequestForComments.Title(document)
            : document.Data is MappingNode root ? OfData(root)
            : document.Text is { } text && !document.IsHtml ? Heading(text.Text)
            : null;
        var line = title is null ? "" : string.Join(' ', title.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length == 0 ? null : line.Length > Longest ? line[..Longest].TrimEnd() : line;
    }

    private static string? OfData(MappingNode root) =>
        root.Find("info")?.Value is MappingNode info && ContentRows.Text(info, "title") is { Length: > 0 } title ? title
        : ContentRows.Text(root, "title") ?? ContentRows.Text(root, "name");

    private static string? Heading(string text)
    {
        var inFence = false;
        foreach (var line in text.AsSpan(0, Math.Min(text.Length, 64 * 1024)).EnumerateLines())
        {
            inFence ^= line.TrimStart().StartsWith("```");
            if (!inFence && line.StartsWith("# "))
            {
                return line[2..].TrimEnd('#').Trim().ToString();
            }
        }

        return null;
    }
}
