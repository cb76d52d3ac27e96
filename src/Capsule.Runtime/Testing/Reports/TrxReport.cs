using System.Globalization;
using System.Xml.Linq;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Testing.Filters;

namespace Capsule.Runtime.Testing.Reports;

/// <summary>
/// Writes TRX, the XML of Visual Studio's test results (namespace of 2010) that CI systems read. An outcome is <c>Passed</c> or
/// <c>Failed</c>: a case that could not be put to the package has failed too, because readers skip outcomes they do not know.
/// </summary>
public static class TrxReport
{
    // The schema knows tests by these numbers, whoever wrote the file.
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string NoList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string AllLists = "19431567-8539-422a-85d7-44ee4e166bda";

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Writes the file whole; CAP6036 when it cannot be written.</summary>
    public static IReadOnlyList<Diagnostic> Write(string path, TestReport report) => XmlReport.Write(path, Document(report));

    private static XDocument Document(TestReport report)
    {
        var passed = report.Results.Count(r => r.Outcome is TestOutcome.Passed);
        var failed = report.Results.Count - passed;
        return new XDocument(new XElement(
            Trx + "TestRun",
            new XAttribute("id", CaseId.Run(report)),
            new XAttribute("name", $"{report.Package.Name} {Time(report.Started)}"),
            new XElement(Trx + "Times", new XAttribute("creation", Time(report.Started)), new XAttribute("queuing", Time(report.Started)), new XAttribute("start", Time(report.Started)), new XAttribute("finish", Time(report.Ended))),
            new XElement(Trx + "Results", report.Results.Select(r => Result(report, r))),
            new XElement(Trx + "TestDefinitions", report.Results.Select(r => Definition(report, r))),
            new XElement(Trx + "TestEntries", report.Results.Select(r => new XElement(
                Trx + "TestEntry",
                new XAttribute("testId", CaseId.Test(report.Package, r.Case)),
                new XAttribute("executionId", CaseId.Execution(report.Package, r.Case)),
                new XAttribute("testListId", NoList)))),
            new XElement(
                Trx + "TestLists",
                new XElement(Trx + "TestList", new XAttribute("name", "Results Not in a List"), new XAttribute("id", NoList)),
                new XElement(Trx + "TestList", new XAttribute("name", "All Loaded Results"), new XAttribute("id", AllLists))),
            new XElement(
                Trx + "ResultSummary",
                new XAttribute("outcome", failed > 0 || report.Problems.Any(p => p.IsError) ? "Failed" : "Completed"),
                Counters(report.Results.Count, passed, failed),
                report.Problems.Count > 0 ? new XElement(Trx + "RunInfos", report.Problems.Select(p => RunInfo(report, p))) : null)));
    }

    private static XElement Result(TestReport report, CaseResult result)
    {
        var started = result.Started ?? report.Ended;
        var passed = result.Outcome is TestOutcome.Passed;
        return new XElement(
            Trx + "UnitTestResult",
            new XAttribute("executionId", CaseId.Execution(report.Package, result.Case)),
            new XAttribute("testId", CaseId.Test(report.Package, result.Case)),
            new XAttribute("testName", result.Case.Id),
            new XAttribute("computerName", Environment.MachineName),
            new XAttribute("duration", result.Duration.ToString(@"hh\:mm\:ss\.fffffff", CultureInfo.InvariantCulture)),
            new XAttribute("startTime", Time(started)),
            new XAttribute("endTime", Time(started + result.Duration)),
            new XAttribute("testType", UnitTestType),
            new XAttribute("outcome", passed ? "Passed" : "Failed"),
            new XAttribute("testListId", NoList),
            new XAttribute("relativeResultsDirectory", CaseId.Execution(report.Package, result.Case)),
            Output(result, passed));
    }

    private static XElement? Output(CaseResult result, bool passed)
    {
        var shown = CaseOutput.Of(result);
        return shown.Length == 0 && passed ? null : new XElement(
            Trx + "Output",
            shown.Length == 0 ? null : new XElement(Trx + "StdOut", XmlReport.Clean(shown)),
            passed ? null : new XElement(Trx + "ErrorInfo", new XElement(Trx + "Message", XmlReport.Clean(ProblemText.Of(result.Diagnostics)))));
    }

    private static XElement Definition(TestReport report, CaseResult result)
    {
        var names = new CaseNames(report.Package, result.Case);
        return new XElement(
            Trx + "UnitTest",
            new XAttribute("name", result.Case.Id),
            new XAttribute("storage", report.File),
            new XAttribute("id", CaseId.Test(report.Package, result.Case)),
            new XElement(Trx + "Execution", new XAttribute("id", CaseId.Execution(report.Package, result.Case))),
            new XElement(
                Trx + "TestMethod",
                new XAttribute("codeBase", report.File),
                new XAttribute("adapterTypeName", "executor://capsule/1"),
                new XAttribute("className", names.Group),
                new XAttribute("name", result.Case.Id)));
    }

    private static XElement Counters(int total, int passed, int failed)
    {
        var counters = new XElement(Trx + "Counters", new XAttribute("total", total), new XAttribute("executed", total), new XAttribute("passed", passed), new XAttribute("failed", failed));
        string[] never = ["error", "timeout", "aborted", "inconclusive", "passedButRunAborted", "notRunnable", "notExecuted", "disconnected", "warning", "completed", "inProgress", "pending"];
        counters.Add(never.Select(name => new XAttribute(name, 0)));
        return counters;
    }

    private static XElement RunInfo(TestReport report, Diagnostic problem) => new(
        Trx + "RunInfo",
        new XAttribute("computerName", Environment.MachineName),
        new XAttribute("outcome", problem.IsError ? "Error" : "Warning"),
        new XAttribute("timestamp", Time(report.Ended)),
        new XElement(Trx + "Text", XmlReport.Clean($"{problem.Code}: {problem.Text}")));

    private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);
}
