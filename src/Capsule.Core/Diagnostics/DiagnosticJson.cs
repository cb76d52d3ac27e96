using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Core.Diagnostics;

/// <summary>
/// A diagnostic as a program reads it. Always the same members in the same order: <c>code severity message hint file line column
/// endLine endColumn aliases help</c>. Without a place the five that tell it are null.
/// </summary>
public static class DiagnosticJson
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Of(Diagnostic diagnostic) => new()
    {
        ["code"] = diagnostic.Code,
        ["severity"] = DiagnosticText.Word(diagnostic.Severity),
        ["message"] = diagnostic.Message,
        ["hint"] = diagnostic.Hint,
        ["file"] = diagnostic.Span?.File,
        ["line"] = diagnostic.Span?.Line,
        ["column"] = diagnostic.Span?.Column,
        ["endLine"] = diagnostic.Span?.EndLine,
        ["endColumn"] = diagnostic.Span?.EndColumn,
        ["aliases"] = new JsonArray([.. diagnostic.Kind.Aliases.Select(a => JsonValue.Create(a))]),
        ["help"] = HelpPages.Link(diagnostic.Code),
    };

    /// <summary>The object on one line, without a line end.</summary>
    public static string Line(Diagnostic diagnostic) => Of(diagnostic).ToJsonString(Readable);
}
