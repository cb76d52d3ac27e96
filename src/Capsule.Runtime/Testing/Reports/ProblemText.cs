using Capsule.Core.Diagnostics;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>Problems of a case as plain text.</summary>
public static class ProblemText
{
    /// <summary>One line for each error, beginning with its place so that terminals make it a link.</summary>
    public static string Of(IEnumerable<Diagnostic> problems) => string.Join('\n', problems.Where(p => p.IsError).Select(Of));

    private static string Of(Diagnostic problem) => problem.Span is { } span
        ? $"{span.File}({span.Line},{span.Column}): {problem.Code}: {problem.Text}"
        : $"{problem.Code}: {problem.Text}";
}
