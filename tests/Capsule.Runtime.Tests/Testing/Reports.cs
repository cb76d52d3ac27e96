using System.Xml.Linq;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Reports;
using Capsule.Tests;
using TestRun = Capsule.Runtime.Testing.TestRun;

namespace Capsule.Runtime.Tests.Testing;

/// <summary>What is written about a run, and how the user chooses it.</summary>
[TestClass]
public sealed class Reports
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";
    private static readonly TestPlan Plan = Cases.Plan(
        Cases.Command("echo one; printf 'a\\033[1mb'", "$.exit_code.eq(0)") with { Id = "passes" },
        Cases.Command("exit 3") with { Id = "fails" },
        Cases.Get() with { Id = "never-starts" },
        Cases.Command("true") with { Id = "left-out" });

    [TestMethod]
    public async Task HoldEveryCaseThatRanWithItsCountsAndReasons()
    {
        using var folder = new TemporaryFolder();
        var first = await WriteAsync(folder["deep", "one.trx"]);
        var results = first.Descendants(Trx + "UnitTestResult").ToArray();

        CollectionAssert.AreEqual(new[] { "passes", "fails", "never-starts" }, results.Select(r => r.Attribute("testName")!.Value).ToArray());
        CollectionAssert.AreEqual(new[] { "Passed", "Failed", "Failed" }, results.Select(r => r.Attribute("outcome")!.Value).ToArray());
        StringAssert.Contains(results[0].Descendants(Trx + "StdOut").Single().Value, "one");
        Assert.IsEmpty(results[0].Descendants(Trx + "ErrorInfo"));
        StringAssert.Contains(results[1].Descendants(Trx + "Message").Single().Value, "/kit/capability-test.yml(3,9): CAP6008");
        StringAssert.Contains(results[2].Descendants(Trx + "Message").Single().Value, "CAP5999");
        Assert.IsGreaterThan(TimeSpan.Zero, TimeSpan.Parse(results[1].Attribute("duration")!.Value, null));

        var counters = first.Descendants(Trx + "Counters").Single();
        Assert.AreEqual("3 3 1 2", string.Join(' ', new[] { "total", "executed", "passed", "failed" }.Select(n => counters.Attribute(n)!.Value)));
        Assert.AreEqual("Failed", first.Descendants(Trx + "ResultSummary").Single().Attribute("outcome")!.Value);
    }

    [TestMethod]
    public async Task TellTheSameInTheXmlOfJUnit()
    {
        using var folder = new TemporaryFolder();
        var suite = (await WriteAsync(folder["junit.xml"], JUnitReport.Write)).Element("testsuite")!;
        var cases = suite.Elements("testcase").ToArray();

        Assert.AreEqual("3 1 1 0", string.Join(' ', new[] { "tests", "failures", "errors", "skipped" }.Select(n => suite.Attribute(n)!.Value)));
        Assert.AreEqual("passes fails never-starts", string.Join(' ', cases.Select(c => c.Attribute("name")!.Value)));
        Assert.AreEqual("/kit/capability-test.yml", cases[0].Attribute("file")!.Value);
        Assert.StartsWith("one\n", cases[0].Element("system-out")!.Value);
        Assert.AreEqual("CAP6008", cases[1].Element("failure")!.Attribute("type")!.Value);
        StringAssert.Contains(cases[1].Element("failure")!.Value, "/kit/capability-test.yml(3,9): CAP6008");
        Assert.AreEqual("CAP5999", cases[2].Element("error")!.Attribute("type")!.Value);

        var problem = JUnitReport.Write(folder.Path, Report(new TestRun([], []))).Single();
        Assert.AreEqual("CAP6036", problem.Code, "a folder cannot be written");
        var unfit = Write(folder["unfit.xml"], new TestRun([], [problem]), JUnitReport.Write).Element("testsuite")!;
        Assert.AreEqual("1 1", $"{unfit.Attribute("tests")!.Value} {unfit.Attribute("errors")!.Value}", "a problem of the run is no success");
    }

    [TestMethod]
    public async Task GiveACaseTheSameIdInEveryRun()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (await WriteAsync(folder["1.trx"]), await WriteAsync(folder["2.trx"]));

        string[] Ids(XElement run, string element, string attribute) => [.. run.Descendants(Trx + element).Select(e => e.Attribute(attribute)!.Value)];
        var ids = Ids(first, "UnitTestResult", "testId");
        Assert.AreEqual(3, ids.Distinct().Count());
        CollectionAssert.AreEqual(ids, Ids(second, "UnitTestResult", "testId"));
        CollectionAssert.AreEqual(ids, Ids(first, "UnitTest", "id"));
        CollectionAssert.AreEqual(ids, Ids(first, "TestEntry", "testId"));
        CollectionAssert.AreEqual(Ids(first, "UnitTestResult", "executionId"), Ids(first, "Execution", "id"));
        Assert.AreNotEqual(first.Attribute("id")!.Value, second.Attribute("id")!.Value);
    }

    [TestMethod]
    public void WriteWhatXmlCannotHoldAsText()
    {
        using var folder = new TemporaryFolder();
        var result = new CaseResult { Case = Plan.Cases[0], Outcome = TestOutcome.Passed, Output = ["a\0b\u001b[1m\ud800 ]]> & <x> \U0001F600"] };

        var file = Write(folder["one.trx"], new TestRun([result], []));

        Assert.AreEqual(@"a\x00b\x1b[1m" + "\ufffd ]]> & <x> \U0001F600", file.Descendants(Trx + "StdOut").Single().Value);
    }

    [TestMethod]
    public void SayWhyTheyCannotBeWritten()
    {
        using var folder = new TemporaryFolder();
        folder.Write("file", "");

        Assert.AreEqual("CAP6036", TrxName.Check(folder["file", "one.trx"]).Single().Code);
        Assert.AreEqual("CAP6036", TrxName.Check(folder.Path).Single().Code);
        Assert.AreEqual("CAP6036", TrxReport.Write(folder["file", "one.trx"], Report(new TestRun([], []))).Single().Code);
        Assert.IsEmpty(TrxName.Check(folder["new", "one.trx"]));
    }

    [TestMethod]
    public void AreNamedByTheUserOrByPackageAndTime()
    {
        using var folder = new TemporaryFolder();
        var time = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        var made = new TrxName(null, null).In(folder.Path, Plan.Package, time);

        Assert.AreEqual(folder["hello_2030-01-02_01_04_05.000.trx"], made);
        File.WriteAllText(made, "");
        Assert.AreEqual(folder["hello_2030-01-02_01_04_05.000[1].trx"], new TrxName(null, null).In(folder.Path, Plan.Package, time));
        Assert.AreEqual(folder["ci_2030-01-02_01_04_05.000.trx"], new TrxName(null, "ci").In(folder.Path, Plan.Package, time));
        Assert.AreEqual(folder["x.trx"], new TrxName("x.trx", null).In(folder.Path, Plan.Package, time));
        Assert.AreEqual("/x.trx", new TrxName("/x.trx", null).In(folder.Path, Plan.Package, time));
    }

    [TestMethod]
    public void AreChosenAsLoggersOfDotnetTest()
    {
        var choice = ReportChoice.Parse(["trx;LogFileName=a b.trx", "Console;Verbosity=Detailed", "trx"], "quiet").Value!;

        Assert.AreEqual(ConsoleDetail.Detailed, choice.Detail);
        CollectionAssert.AreEqual(new[] { new TrxName("a b.trx", null), new TrxName(null, null) }, choice.Files.ToArray());
        Assert.AreEqual(ConsoleDetail.Quiet, ReportChoice.Parse([], "q").Value!.Detail);
        Assert.AreEqual(ConsoleDetail.Minimal, ReportChoice.Parse([], null).Value!.Detail);
    }

    [TestMethod]
    [DataRow("html", "CAP6033", "trx")]
    [DataRow("", "CAP6033", "console")]
    [DataRow("trx;Name=x", "CAP6034", "LogFileName")]
    [DataRow("console;noprogress=true", "CAP6034", "verbosity")]
    [DataRow("console;verbosity=loud", "CAP6035", "detailed")]
    [DataRow("trx;LogFileName=", "CAP6035", "name of a file")]
    public void AreRefusedByNameWhenThereIsNoSuchLogger(string logger, string code, string known)
    {
        var problem = ReportChoice.Parse([logger], null).Diagnostics.Single();
        Assert.AreEqual(code, problem.Code);
        StringAssert.Contains(problem.Hint, known);
    }

    private static async Task<XElement> WriteAsync(string path, Func<string, TestReport, IReadOnlyList<Diagnostic>>? writer = null) =>
        Write(path, await TestEngine.RunAsync(Plan, new ShellPackage(), new TestRunOptions { Filter = ["Name!=left-out"] }, null, default), writer);

    private static XElement Write(string path, TestRun run, Func<string, TestReport, IReadOnlyList<Diagnostic>>? writer = null)
    {
        Assert.IsEmpty((writer ?? TrxReport.Write)(path, Report(run)));
        return XDocument.Load(path).Root!;
    }

    private static TestReport Report(TestRun run) => TestReport.Of(Plan.Package, run, DateTimeOffset.UtcNow);
}
