using System.Globalization;
using System.Text;
using Capsule.Core.Text;

namespace Capsule.Core.Diagnostics;

/// <summary>
/// A diagnostic as a person reads it: <c>file:line:column: error CAP0231: message</c>, the source line with the fault
/// underlined, and the hint. Lines end with LF.
/// </summary>
/// <param name="color">True to use ANSI colours; the caller looks at the terminal and at NO_COLOR.</param>
/// <param name="folder">Files below this folder are named relative to it; null names all by their full path.</param>
/// <param name="read">Finds the text of a file; the default reads it from disk.</param>
public sealed class DiagnosticText(bool color = false, string? folder = null, Func<string, SourceText?>? read = null)
{
    private readonly Dictionary<string, SourceText?> _sources = new(StringComparer.Ordinal);

    public string Format(IEnumerable<Diagnostic> diagnostics) => string.Concat(diagnostics.Select(Format));

    public string Format(Diagnostic diagnostic)
    {
        var tone = diagnostic.Severity switch
        {
            Severity.Error => "1;31",
            Severity.Warning => "1;33",
            _ => "1;36",
        };
        var label = Paint(tone, $"{Word(diagnostic.Severity)} {diagnostic.Code}:");
        var text = new StringBuilder($"{Place(diagnostic.Span)}{label} {TerminalText.Lines(diagnostic.Message)}\n");
        if (Excerpt(diagnostic.Span) is { } excerpt)
        {
            text.Append(excerpt.ToString(diagnostic.Span!.Value.Line, mark => Paint(tone, mark)));
        }

        return text.Append(Paint("1", "hint:")).Append(' ').Append(TerminalText.Line(diagnostic.Hint)).Append('\n').ToString();
    }

    /// <summary>The word for a severity, as compilers and MSBuild write it.</summary>
    public static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };

    private string Place(SourceSpan? place)
    {
        if (place is not { } span)
        {
            return "";
        }

        var file = TerminalText.Line(Name(span.File));
        return span == SourceSpan.Of(span.File)
            ? $"{file}: "
            : string.Create(CultureInfo.InvariantCulture, $"{file}:{span.Line}:{span.Column}: ");
    }

    private string Name(string file)
    {
        if (folder is null || !Path.IsPathFullyQualified(file))
        {
            return file;
        }

        var relative = Path.GetRelativePath(folder, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
    }

    private SourceExcerpt? Excerpt(SourceSpan? place)
    {
        if (place is not { } span || span == SourceSpan.Of(span.File))
        {
            return null;
        }

        if (!_sources.TryGetValue(span.File, out var source))
        {
            source = read is not null ? read(span.File) : Path.IsPathFullyQualified(span.File) ? SourceText.Load(span.File).Value : null;
            _sources.Add(span.File, source);
        }

        return source is null ? null : SourceExcerpt.Of(source.Text, span);
    }

    private string Paint(string tone, string text) => color ? $"\e[{tone}m{text}\e[0m" : text;
}
