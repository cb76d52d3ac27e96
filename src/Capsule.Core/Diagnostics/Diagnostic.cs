namespace Capsule.Core.Diagnostics;

/// <summary>One problem, found once: what, where, and what to do.</summary>
/// <param name="Kind">The row of the table it comes from.</param>
/// <param name="Message">The finished message.</param>
/// <param name="Hint">The finished advice.</param>
/// <param name="Span">Where; null when no text is at fault.</param>
public sealed record Diagnostic(DiagnosticKind Kind, string Message, string Hint, SourceSpan? Span)
{
    public string Code => Kind.Code;

    public Severity Severity { get; init; } = Kind.Severity;

    public bool IsError => Severity == Severity.Error;

    /// <summary>Message and hint as one text. A message of many lines quotes something below its first; the hint stands before that.</summary>
    public string Text => Message.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? $"{Message[..end]} {Hint}{Message[end..]}" : $"{Message} {Hint}";
}
