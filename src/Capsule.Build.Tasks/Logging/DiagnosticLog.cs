using Capsule.Core.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace Capsule.Build.Tasks.Logging;

/// <summary>
/// Says diagnostics the way MSBuild, problem matchers and IDEs read them: <c>file(line,col,line,col): error CAPnnnn: …</c>
/// with the full path and a link to the code's help page.
/// </summary>
internal sealed class DiagnosticLog(TaskLoggingHelper log, string? sdkRoot, string? projectFile)
{
    public void Write(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Write(LoggedDiagnostic.Of(diagnostic));
        }
    }

    public void Write(LoggedDiagnostic one)
    {
        var file = one.File ?? projectFile;

        // An exclusive end in the same column would be shown as an empty range.
        var (endLine, endColumn) = one.EndLine == one.Line && one.EndColumn <= one.Column ? (0, 0) : (one.EndLine, one.EndColumn);
        switch (one.Severity)
        {
            case Severity.Error:
                log.LogError(null, one.Code, null, HelpLink(one.Code), file, one.Line, one.Column, endLine, endColumn, "{0}", one.Text);
                break;
            case Severity.Warning:
                log.LogWarning(null, one.Code, null, HelpLink(one.Code), file, one.Line, one.Column, endLine, endColumn, "{0}", one.Text);
                break;
            default:
                log.LogMessage(null, one.Code, null, file, one.Line, one.Column, endLine, endColumn, MessageImportance.Normal, "{0}", one.Text);
                break;
        }
    }

    private string? HelpLink(string code) =>
        string.IsNullOrEmpty(sdkRoot) ? null : new Uri(Path.Combine(sdkRoot, "docs", "codes")) + "/" + HelpPages.Link(code);
}
