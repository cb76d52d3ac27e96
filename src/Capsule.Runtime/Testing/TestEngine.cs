using System.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>Runs the cases that a package brings to test itself (specs: kits 2).</summary>
public static class TestEngine
{
    /// <summary>
    /// Runs the cases one after the other: commands first, because they need no running package, then requests, each kind
    /// in the order of the plan.
    /// </summary>
    /// <param name="plan">The cases.</param>
    /// <param name="package">The package; it stays the caller's.</param>
    /// <param name="options">Which cases, and limits.</param>
    /// <param name="finished">Receives each result as soon as it is known, in the order of the run.</param>
    /// <param name="cancel">Ends the case that runs; throws <see cref="OperationCanceledException"/> after it has.</param>
    public static async Task<TestRun> RunAsync(
        TestPlan plan, ITestedPackage package, TestRunOptions options, Action<CaseResult>? finished, CancellationToken cancel)
    {
        var wrong = CaseFilter.Check(options, plan).ToArray();
        var results = new CaseResult[plan.Cases.Count];
        foreach (var (at, one) in plan.Cases.Index().OrderBy(c => c.Item.Kind is TestKind.Exec ? 0 : 1))
        {
            cancel.ThrowIfCancellationRequested();
            results[at] = CaseFilter.Wants(options, plan, one)
                ? ShownResult.Of(await RunCaseAsync(one, package, options, cancel), package.Masked)
                : new CaseResult { Case = one, Outcome = TestOutcome.Skipped };
            finished?.Invoke(results[at]);
        }

        return new TestRun(results, wrong);
    }

    /// <summary>Runs one case, whatever the filter says. The time it took leaves out what the package needed to start.</summary>
    public static async Task<CaseResult> RunCaseAsync(TestCase one, ITestedPackage package, TestRunOptions options, CancellationToken cancel)
    {
        var problems = await package.PrepareAsync(one.Fixtures, cancel);
        if (problems.Any(p => p.IsError))
        {
            return Judgement.Of(one, CaseAnswer.Unasked(problems));
        }

        var target = one.Kind is TestKind.Exec ? null : await package.ReachAsync(one.PublicPath is null ? one.Process : null, cancel);
        if (target is { Succeeded: false })
        {
            return Judgement.Of(one, CaseAnswer.Unasked(target.Diagnostics));
        }

        var started = DateTimeOffset.UtcNow;
        var begin = Stopwatch.GetTimestamp();
        var answer = target is null
            ? await CommandCase.RunAsync(one, package, options, cancel)
            : await RequestAsync(one, target.Value!, options, cancel);
        return Judgement.Of(one, answer) with { Started = started, Duration = Stopwatch.GetElapsedTime(begin) };
    }

    private static Task<CaseAnswer> RequestAsync(TestCase one, TestTarget target, TestRunOptions options, CancellationToken cancel)
    {
        var address = CaseAddress.Of(one, target);
        return one.Kind is TestKind.Mcp
            ? ToolCase.RunAsync(one, address, target, options, cancel)
            : HttpCase.RunAsync(one, address, target, options, cancel);
    }
}
