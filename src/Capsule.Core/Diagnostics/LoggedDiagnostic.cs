namespace Capsule.Core.Diagnostics;

/// <summary>One diagnostic as it is said and kept: finished text, and its place with lines and columns from 1, or 0 without one.</summary>
public sealed record LoggedDiagnostic(
    string Code, Severity Severity, string Text, string? File, int Line, int Column, int EndLine, int EndColumn)
{
    public static LoggedDiagnostic Of(Diagnostic diagnostic) => new(
        diagnostic.Code,
        diagnostic.Severity,
        diagnostic.Text,
        diagnostic.Span?.File,
        diagnostic.Span?.Line ?? 0,
        diagnostic.Span?.Column ?? 0,
        diagnostic.Span?.EndLine ?? 0,
        diagnostic.Span?.EndColumn ?? 0);
}
