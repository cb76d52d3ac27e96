using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Testing;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Filters;
using Capsule.Runtime.Testing.Reports;

namespace Capsule.Cli.Launcher;

/// <summary>The cases of a project for <c>dotnet test</c> in VSTest mode: a child of the build, which it tells what happens.</summary>
internal sealed class TestSession(SessionArguments arguments, SessionOutput output, TestRunner run)
{
    /// <summary>Lists or runs; 0 when nothing is wrong.</summary>
    public async Task<int> RunAsync(Result<TestPlan> tests, CancellationToken cancel)
    {
        output.Report(tests.Diagnostics);
        var choice = ReportChoice.Parse(arguments.Loggers, arguments.Verbosity);
        output.Report(choice.Diagnostics);
        var filter = arguments.Filter is null ? null : CaseExpression.Parse(arguments.Filter);
        output.Report(filter?.Diagnostics ?? []);
        if (!tests.Succeeded || !choice.Succeeded || filter is { Succeeded: false })
        {
            return End(0, 1, TimeSpan.Zero, ConsoleDetail.Quiet);
        }

        var chosen = filter?.Value!.Select(tests.Value) ?? Result.Of(tests.Value.Cases);
        if (chosen is not { Succeeded: true, Value.Count: > 0 })
        {
            return NothingToRun(tests.Value, chosen);
        }

        return arguments.List ? List(chosen.Value) : await RunAsync(tests.Value, chosen.Value, choice.Value, cancel);
    }

    private async Task<int> RunAsync(TestPlan plan, IReadOnlyList<TestCase> cases, ReportChoice choice, CancellationToken cancel)
    {
        var started = DateTimeOffset.UtcNow;
        string[] files = [.. choice.Files.Select(f => f.In(arguments.Results, plan.Package, started))];
        Diagnostic[] unwritable = [.. files.SelectMany(TrxName.Check)];
        output.Report(unwritable);
        if (unwritable.Length > 0)
        {
            return End(0, 1, TimeSpan.Zero, ConsoleDetail.Quiet);
        }

        var clock = Stopwatch.StartNew();
        var done = await RunAllAsync(cases, choice.Detail, cancel);
        var took = clock.Elapsed;
        output.Report(done.Diagnostics);
        var report = TestReport.Of(plan.Package, done, started);
        var wrong = done.Diagnostics.Count(d => d.IsError);
        foreach (var file in files)
        {
            var problems = TrxReport.Write(file, report);
            output.Report(problems);
            wrong += problems.Count;
            if (problems.Count == 0)
            {
                output.Say($"Results File: {file}");
            }
        }

        var passed = done.Count(TestOutcome.Passed);
        var code = End(passed, report.Results.Count - passed, took, choice.Detail);
        return wrong > 0 ? 1 : code;
    }

    private async Task<TestRun> RunAllAsync(IReadOnlyList<TestCase> cases, ConsoleDetail detail, CancellationToken cancel)
    {
        try
        {
            return await run(cases, result => output.Finished(result, detail), cancel);
        }
        catch (RefusedException refused)
        {
            return new TestRun([.. cases.Select(Refused)], []);

            CaseResult Refused(TestCase one)
            {
                var result = new CaseResult { Case = one, Outcome = TestOutcome.Error, Diagnostics = [refused.Diagnostic] };
                output.Finished(result, detail);
                return result;
            }
        }
    }

    private int List(IReadOnlyList<TestCase> cases)
    {
        output.Say("The following Tests are available:");
        foreach (var one in cases)
        {
            output.Say($"    {one.Id}");
        }

        return End(0, 0, TimeSpan.Zero, ConsoleDetail.Quiet);
    }

    private int NothingToRun(TestPlan plan, Result<IReadOnlyList<TestCase>> chosen)
    {
        Diagnostic[] why = chosen.Succeeded ? [PackageTests.NoCases(plan.Package)] : [.. chosen.Diagnostics];
        if (arguments.AllowNoTests)
        {
            output.Say(why[0].Message);
            return End(0, 0, TimeSpan.Zero, ConsoleDetail.Quiet);
        }

        output.Report(why);
        return End(0, 0, TimeSpan.Zero, ConsoleDetail.Quiet);
    }

    private int End(int passed, int failed, TimeSpan took, ConsoleDetail detail)
    {
        output.Sum(arguments.Name, passed, failed, took, detail);
        return failed == 0 ? 0 : 1;
    }
}
