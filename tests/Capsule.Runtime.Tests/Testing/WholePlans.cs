using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Tests.Testing;

[TestClass]
public sealed class WholePlans
{
    private static readonly TestPlan Plan = Cases.Plan(
        Cases.Get() with { Id = "http-a" },
        Cases.Command("true") with { Id = "exec-b" },
        Cases.Tool().Inside() with { Id = "mcp-c" },
        Cases.Command("exit 1") with { Id = "exec-d" });

    [TestMethod]
    public async Task RunCommandsFirstAndReportInOrder()
    {
        var (package, reported) = (new ShellPackage(), new List<string>());
        var run = await TestEngine.RunAsync(Plan, package, new TestRunOptions(), r => reported.Add($"{r.Case.Id} {r.Outcome}"), default);

        CollectionAssert.AreEqual(new[] { "true", "exit 1", "public", TestedServer.Process }, package.Ran);
        CollectionAssert.AreEqual(new[] { "exec-b Passed", "exec-d Failed", "http-a Error", "mcp-c Error" }, reported);
        CollectionAssert.AreEqual(new[] { "http-a", "exec-b", "mcp-c", "exec-d" }, run.Results.Select(r => r.Case.Id).ToArray());
        Assert.IsFalse(run.Succeeded);
        Assert.AreEqual("CAP5999", run.Results[0].Diagnostics.Single().Code, "the package's own reason");
        Assert.AreEqual(ExitCode.SandboxRefused, run.Exit);
        Assert.AreEqual(2, run.Count(TestOutcome.Error));
        Assert.IsGreaterThan(TimeSpan.Zero, run.Results[1].Duration);
    }

    [TestMethod]
    [DataRow("exec-b", "exec-b")]
    [DataRow("exec-*", "exec-b exec-d")]
    [DataRow("*-?", "http-a exec-b mcp-c exec-d")]
    [DataRow("EXEC-B", "")]
    [DataRow("Kind=exec&Name!~d", "exec-b")]
    [DataRow("Owner=me", "")]
    public async Task RunOnlyWhatTheFilterWants(string pattern, string expected)
    {
        var run = await TestEngine.RunAsync(Plan, new ShellPackage(), new TestRunOptions { Filter = [pattern] }, null, default);
        Assert.AreEqual(expected, string.Join(' ', run.Results.Where(r => r.Outcome is not TestOutcome.Skipped).Select(r => r.Case.Id)));
    }

    [TestMethod]
    public async Task SucceedWhenWhatTheFilterWantsPasses()
    {
        var run = await TestEngine.RunAsync(Plan, new ShellPackage(), new TestRunOptions { Filter = ["exec-b"] }, null, default);
        Assert.IsTrue(run.Succeeded);
        Assert.AreEqual(ExitCode.Ok, run.Exit);
    }

    [TestMethod]
    public async Task FailWhenTheFilterFitsNoCase()
    {
        var run = await TestEngine.RunAsync(Plan, new ShellPackage(), new TestRunOptions { Filter = ["exec-b", "exce-*"] }, null, default);
        var problem = run.Diagnostics.Single();
        Assert.AreEqual("CAP6010", problem.Code);
        StringAssert.Contains(problem.Message, "'exce-*'. The cases: http-a, exec-b");
        Assert.IsFalse(run.Succeeded);
        Assert.AreEqual(ExitCode.NotFound, run.Exit);
    }

    [TestMethod]
    public async Task NameADemandOfAnotherVersion()
    {
        var run = await TestEngine.RunAsync(Cases.Plan(Cases.Command("true", "$.exit_code.matches(0)")), new ShellPackage(), new TestRunOptions(), null, default);
        Assert.AreEqual(TestOutcome.Error, run.Results[0].Outcome);
        Assert.AreEqual("CAP6009", run.Results[0].Diagnostics.Single().Code);
        Assert.AreEqual(Cases.At(10), run.Results[0].Diagnostics.Single().Span);
    }

    [TestMethod]
    public async Task StopBetweenCasesWhenCancelled()
    {
        var package = new ShellPackage();
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(() => TestEngine.RunAsync(Plan, package, new TestRunOptions(), _ => stop.Cancel(), stop.Token));
        Assert.HasCount(1, package.Ran);
    }

    [TestMethod]
    public async Task BindTheFixturesOfACase()
    {
        await using var server = await TestedServer.StartAsync(TestedServer.Text("text/plain", "ok"));
        var one = Cases.Get() with { Fixtures = new Dictionary<string, string> { ["models"] = "tests/asks/models" } };
        (await one.RunAsync(server)).Passes();
        Assert.AreEqual("tests/asks/models", server.Fixtures!["models"]);
    }

    [TestMethod]
    public async Task AskNothingOfAPackageThatCannotBePrepared()
    {
        var package = new ShellPackage();
        var one = Cases.Command("true") with { Fixtures = new Dictionary<string, string> { ["models"] = "tests/executes/models" } };
        var result = await one.RunAsync(package);
        Assert.AreEqual(TestOutcome.Error, result.Outcome);
        Assert.AreEqual("CAP5999", result.Diagnostics.Single().Code);
        Assert.IsEmpty(package.Ran);
    }
}
