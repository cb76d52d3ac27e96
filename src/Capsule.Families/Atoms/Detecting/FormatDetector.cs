using Capsule.Core.Diagnostics;

namespace Capsule.Families.Atoms.Detecting;

/// <summary>
/// Says what a document is (specs: atoms 9.2). Its content outranks its name and address, these outrank the media type; within each, the
/// first row of the table that fits decides. Nothing is opened or fetched here.
/// </summary>
public static class FormatDetector
{
    public static Detection Detect(ImportedDocument document)
    {
        var content = ContentRows.Find(document);
        var name = NameRows.Find(document);
        var media = MediaRows.Find(document);
        var (finding, evidence) =
            content is not null && name is not null && IsGrammar(content) && IsGrammar(name) ? (name, "its address")
            : content is not null ? (content, "its content")
            : name is not null ? (name, "its address")
            : media is not null ? (media, "its media type")
            : (Unknown(document), "nothing");
        var host = HostRows.Find(document);
        return new Detection(finding.Format, finding.Classes, evidence)
        {
            Slug = finding.Slug,
            Title = DocumentTitle.Of(document, finding),
            Authors = DocumentAuthors.Of(document, finding),
            Fields = finding.Fields,
            License = finding.License ?? host?.License,
            Notes = [.. Notes(document, content, name, media, finding)],
        };
    }

    /// <summary>Rules look alike in all notations; only the name tells them apart.</summary>
    private static bool IsGrammar(Finding finding) => finding.Classes.Contains("ebnf-grammar");

    private static IEnumerable<Diagnostic> Notes(ImportedDocument document, Finding? content, Finding? name, Finding? media, Finding decided)
    {
        if (decided.Note is { } own)
        {
            yield return own;
        }

        if (content is not null && name is not null && !content.Agrees(name))
        {
            yield return DetectionDiagnostics.Contradiction.Now("The document's address", name.Format, "its content", content.Format);
        }

        if (media is not null && media != decided && !decided.Agrees(media))
        {
            yield return DetectionDiagnostics.Contradiction.Now(
                $"The media type '{document.MediaType}'", media.Format, content is not null ? "its content" : "its address", decided.Format);
        }

        var claimsData = document.Extension is ".json" or ".yaml" or ".yml" || document.MediaType.Contains("json", StringComparison.Ordinal) || document.MediaType.Contains("yaml", StringComparison.Ordinal);
        if (claimsData && document.DataProblem is { } problem)
        {
            yield return DetectionDiagnostics.NotExamined.Now($"{problem.Message} {(problem.Span is { } at ? $"(line {at.Line})" : "")}".TrimEnd());
        }
        else if (claimsData && document.IsHtml)
        {
            yield return DetectionDiagnostics.NotExamined.Now("it claims to be data and is an HTML page.");
        }
    }

    private static Finding Unknown(ImportedDocument document) => new(
        document.IsPdf ? "PDF"
        : document.Text is null ? "a binary document"
        : document.IsHtml ? "HTML"
        : document.Extension is ".md" or ".markdown" ? "Markdown"
        : document.Extension == ".toml" ? "TOML"
        : document.Data is null ? "text"
        : document.IsJson ? "JSON"
        : document.Extension is ".yaml" or ".yml" ? "YAML" : "text");
}
