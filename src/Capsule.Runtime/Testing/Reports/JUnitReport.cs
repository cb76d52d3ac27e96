using System.Globalization;
using System.Xml.Linq;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Testing.Filters;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>
/// Writes the XML of JUnit that most CI systems read: one suite for the package. A case that got another answer than demanded is a
/// <c>failure</c>, one that could not be put to the package an <c>error</c>, and so is a problem of the run itself, as a case without a name of its own.
/// </summary>
public static class JUnitReport
{
    /// <summary>Writes the file whole; CAP6036 when it cannot be written.</summary>
    public static IReadOnlyList<Diagnostic> Write(string path, TestReport report) => XmlReport.Write(path, new XDocument(new XElement("testsuites", Suite(report))));

    private static XElement Suite(TestReport report)
    {
        XElement[] problems = [.. report.Problems.Where(p => p.IsError).Select(p => Problem(report, p))];
        var errors = report.Results.Count(r => r.Outcome is TestOutcome.Error) + problems.Length;
        return new XElement(
            "testsuite",
            new XAttribute("name", report.Package.Name),
            new XAttribute("file", report.File),
            new XAttribute("hostname", Environment.MachineName),
            new XAttribute("timestamp", report.Started.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)),
            new XAttribute("time", Seconds(report.Ended - report.Started)),
            new XAttribute("tests", report.Results.Count + problems.Length),
            new XAttribute("failures", report.Results.Count(r => r.Outcome is TestOutcome.Failed)),
            new XAttribute("errors", errors),
            new XAttribute("skipped", 0),
            report.Results.Select(r => Case(report, r)),
            problems);
    }

    private static XElement Case(TestReport report, CaseResult result)
    {
        var shown = CaseOutput.Of(result);
        return new XElement(
            "testcase",
            new XAttribute("name", result.Case.Id),
            new XAttribute("classname", new CaseNames(report.Package, result.Case).Group),
            new XAttribute("file", result.Case.Span.File),
            new XAttribute("line", result.Case.Span.Line),
            new XAttribute("time", Seconds(result.Duration)),
            result.Outcome is TestOutcome.Passed ? null : Reason(result.Outcome is TestOutcome.Error ? "error" : "failure", [.. result.Diagnostics.Where(d => d.IsError)]),
            shown.Length == 0 ? null : new XElement("system-out", XmlReport.Clean(shown)));
    }

    private static XElement Problem(TestReport report, Diagnostic problem) => new(
        "testcase",
        new XAttribute("name", problem.Code),
        new XAttribute("classname", report.Package.Name),
        new XAttribute("time", "0"),
        Reason("error", [problem]));

    /// <summary>The first problem as the message, all of them with their places below it.</summary>
    private static XElement Reason(string kind, Diagnostic[] problems) => new(
        kind,
        new XAttribute("message", XmlReport.Clean(problems.Length > 0 ? problems[0].Message : "")),
        new XAttribute("type", problems.Length > 0 ? problems[0].Code : ""),
        XmlReport.Clean(ProblemText.Of(problems)));

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
}
