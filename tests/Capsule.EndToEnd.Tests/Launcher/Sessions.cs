using Capsule.Cli.Launcher;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Sessions;
using Capsule.Runtime.Testing;
using Capsule.Tests;
using TestRun = Capsule.Runtime.Testing.TestRun;

namespace Capsule.EndToEnd.Tests.Launcher;

/// <summary>What the launcher tells the build in VSTest mode.</summary>
[TestClass]
public sealed class Sessions
{
    private static readonly DiagnosticKind Reason = new("CAP5999", Severity.Error, "The process 'web' ended.\n  | its log", "Read its log.");
    private static readonly TestPlan Plan = new()
    {
        Package = new PackageReference(FamilyNames.Kit, null, "hello", null),
        File = "capability-test.yml",
        Cases = [Case("a", 3), Case("b", 7), Case("c", 11)],
    };

    [TestMethod]
    public async Task AFailedCaseIsAProblemAtItsPlaceThatNamesIt()
    {
        var told = await TellAsync([], one => one.Id == "b" ? Failed(one, TestOutcome.Failed, Reason.At(one.Span with { Line = 9 })) : Passed(one));

        var problem = told.Problems.Single();
        Assert.AreEqual("/kit/capability-test.yml(9,5)", $"{problem.File}({problem.Line},{problem.Column})");
        StringAssert.StartsWith(problem.Text, "b: The process");
        Assert.AreEqual(new SessionSum(2, 1), told.Sum! with { Text = null });
        StringAssert.StartsWith(told.Sum.Text, "Failed!  - Failed:     1, Passed:     2, Skipped:     0, Total:     3");
    }

    [TestMethod]
    public async Task AKitThatDoesNotStartIsTheReasonAtEachCaseAndToldAtLengthOnce()
    {
        var told = await TellAsync([], one => Failed(one, TestOutcome.Error, Reason.At(new SourceSpan("/kit/capability.yml", 2, 1, 2, 4))));

        CollectionAssert.AreEqual(new[] { 3, 7, 11 }, told.Problems.Select(p => p.Line).ToArray());
        Assert.IsTrue(told.Problems.All(p => p is { Code: "CAP5999", File: "/kit/capability-test.yml" } && p.Text.Contains("/kit/capability.yml(2,1)", StringComparison.Ordinal)));
        Assert.AreEqual(1, told.Problems.Count(p => p.Text.Contains("its log", StringComparison.Ordinal)));
        StringAssert.StartsWith(told.Problems[2].Text, "c: not run. The process 'web' ended. (as above)");
    }

    [TestMethod]
    public async Task ARunThatIsRefusedIsToldAtEachCase()
    {
        var told = await TellAsync([], _ => throw new RefusedException(Reason.Now()));

        Assert.HasCount(3, told.Problems);
        Assert.AreEqual((0, 3), (told.Sum!.Passed, told.Sum.Failed));
    }

    [TestMethod]
    public async Task EachCaseIsToldWhenTheConsoleAsksForIt()
    {
        var told = await TellAsync(["--logger", "console;verbosity=detailed", "--filter", "Name!=b"], one => Passed(one) with { Output = ["shown", "below"] });

        StringAssert.Contains(told.Said, "  Passed a [12 ms]\n    shown\n    below\n  Passed c [12 ms]");
        StringAssert.StartsWith(told.Sum!.Text, "Passed!  - Failed:     0, Passed:     2, Skipped:     0, Total:     2, Duration: ");
        var quiet = await TellAsync(["--verbosity", "quiet"], Passed);
        Assert.AreEqual("", quiet.Said + quiet.Sum!.Text);
    }

    [TestMethod]
    public async Task CasesAreListedWithoutBeingRun()
    {
        var told = await TellAsync(["--list", "--filter", "Name!=b"], _ => throw new InvalidOperationException("It ran."));

        Assert.AreEqual("The following Tests are available:\n    a\n    c", told.Said);
        Assert.AreEqual(new SessionSum(0, 0), told.Sum);
    }

    [TestMethod]
    [DataRow("CAP6030", "--filter", "Name=")]
    [DataRow("CAP6031", "--filter", "Owner=me")]
    [DataRow("CAP6032", "--filter", "Name=nobody")]
    [DataRow("CAP6033", "--logger", "html")]
    [DataRow("CAP6034", "--logger", "trx;Name=x")]
    [DataRow("CAP6036", "--logger", "trx;LogFileName=/proc/no/x.trx")]
    public async Task WhatCannotBeDoneIsSaidBeforeAnythingRuns(string code, string option, string value)
    {
        var told = await TellAsync([option, value], _ => throw new InvalidOperationException("It ran."));

        Assert.AreEqual(code, told.Problems.Single().Code);
        Assert.IsNotNull(told.Sum);
    }

    [TestMethod]
    public async Task NothingToRunIsAProblemUnlessItIsAllowed()
    {
        var empty = Plan with { Cases = [] };
        Assert.AreEqual("CAP6020", (await TellAsync([], Passed, empty)).Problems.Single().Code);

        var allowed = await TellAsync(["--allow-no-tests", "--filter", "Name=nobody"], Passed);
        Assert.IsEmpty(allowed.Problems);
        StringAssert.Contains(allowed.Said, "No case matches the filter 'Name=nobody'");
        Assert.IsEmpty((await TellAsync(["--allow-no-tests"], Passed, empty)).Problems);
    }

    [TestMethod]
    public async Task ReportsAreWrittenIntoTheResultsFolder()
    {
        using var folder = new TemporaryFolder();
        var told = await TellAsync(["--results", folder["out"], "--logger", "trx;LogFileName=x.trx", "--logger", "trx"], Passed);

        Assert.HasCount(2, Directory.GetFiles(folder["out"], "*.trx"));
        StringAssert.Contains(told.Said, $"Results File: {folder["out", "x.trx"]}");
    }

    private static TestCase Case(string id, int line) =>
        new() { Id = id, Kind = TestKind.Http, Span = new SourceSpan("/kit/capability-test.yml", line, 5, line, 10) };

    private static CaseResult Passed(TestCase one) => new() { Case = one, Outcome = TestOutcome.Passed, Duration = TimeSpan.FromMilliseconds(12) };

    private static CaseResult Failed(TestCase one, TestOutcome outcome, Diagnostic why) => new() { Case = one, Outcome = outcome, Diagnostics = [why] };

    private static async Task<Told> TellAsync(string[] options, Func<TestCase, CaseResult> run, TestPlan? plan = null)
    {
        using var lines = new StringWriter { NewLine = "\n" };
        var session = new TestSession(
            SessionArguments.Parse(["test-session", "/kit/capability.yml", "--name", "Hello.capakit", .. options])!,
            new SessionOutput(lines),
            (cases, finished, _) =>
            {
                CaseResult[] results = [.. cases.Select(run)];
                Array.ForEach(results, finished);
                return Task.FromResult(new TestRun(results, []));
            });
        await session.RunAsync(plan ?? Plan, default);
        var told = lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => SessionLine.Parse(l)!).ToArray();
        return new Told([.. told.Select(l => l.Problem).OfType<LoggedDiagnostic>()], string.Join('\n', told.Select(l => l.Say).OfType<string>()), told[^1].Ended);
    }

    private sealed record Told(IReadOnlyList<LoggedDiagnostic> Problems, string Said, SessionSum? Sum);
}
