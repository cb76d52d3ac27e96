using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans.Sessions;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Reports;

namespace Capsule.Cli.Launcher;

/// <summary>Tells the build how the cases end, as lines that its task reads (<see cref="SessionLine"/>).</summary>
internal sealed class SessionOutput(TextWriter lines)
{
    private readonly HashSet<string> _reasons = new(StringComparer.Ordinal);

    public void Say(string text) => Write(new SessionLine { Say = text });

    public void Report(IEnumerable<Diagnostic> problems)
    {
        foreach (var problem in problems.Where(p => p.Severity != Severity.Info))
        {
            Write(new SessionLine { Problem = LoggedDiagnostic.Of(problem) });
        }
    }

    public void Finished(CaseResult result, ConsoleDetail detail)
    {
        if (result.Outcome is TestOutcome.Skipped)
        {
            return;
        }

        if (detail >= ConsoleDetail.Normal)
        {
            Say(string.Create(CultureInfo.InvariantCulture, $"  {(result.Outcome is TestOutcome.Passed ? "Passed" : "Failed")} {result.Case.Id} [{Time(result.Duration)}]"));
        }

        var shown = CaseOutput.Of(result);
        if (detail >= ConsoleDetail.Detailed && shown.Length > 0)
        {
            Say("    " + shown.Replace("\n", "\n    ", StringComparison.Ordinal));
        }

        foreach (var problem in result.Diagnostics.Where(p => p.IsError))
        {
            Write(new SessionLine { Problem = AtTheCase(result, problem) });
        }
    }

    /// <summary>The line with the sum, in the form that the .NET CLI's other runner has, and the end of the session.</summary>
    public void Sum(string name, int passed, int failed, TimeSpan took, ConsoleDetail detail)
    {
        var text = detail == ConsoleDetail.Quiet ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"{(failed == 0 ? "Passed! " : "Failed! ")} - Failed: {failed,5}, Passed: {passed,5}, Skipped: {0,5}, Total: {passed + failed,5}, Duration: {Time(took)} - {name}");
        Write(new SessionLine { Ended = new SessionSum(passed, failed, text) });
    }

    /// <summary>
    /// Problems name their case and stand where it does. What lies elsewhere, above all why a package did not start, is said at each case that it
    /// concerns, and at full length once.
    /// </summary>
    private LoggedDiagnostic AtTheCase(CaseResult result, Diagnostic problem)
    {
        var said = LoggedDiagnostic.Of(problem);
        if (problem.Span?.File == result.Case.Span.File)
        {
            return said with { Text = $"{result.Case.Id}: {said.Text}" };
        }

        var place = problem.Span is { } span ? $" ({span.File}({span.Line},{span.Column}))" : "";
        var reason = _reasons.Add(problem.Message) ? said.Text : $"{problem.Message.Split('\n')[0]} (as above)";
        var at = result.Case.Span;
        return said with
        {
            Text = $"{result.Case.Id}: not run. {reason}{place}",
            File = at.File,
            Line = at.Line,
            Column = at.Column,
            EndLine = at.EndLine,
            EndColumn = at.EndColumn,
        };
    }

    private void Write(SessionLine line)
    {
        lock (_reasons)
        {
            lines.WriteLine(line);
            lines.Flush();
        }
    }

    private static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:F0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s");
}
