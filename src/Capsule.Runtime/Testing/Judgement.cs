using System.Text.Json.Nodes;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Plans.Assertions;

namespace Capsule.Runtime.Testing;

/// <summary>Holds an answer against what a case demands (specs: kits 2.3).</summary>
internal static class Judgement
{
    public static CaseResult Of(TestCase one, CaseAnswer answer)
    {
        if (answer.Outcome is not TestOutcome.Passed)
        {
            return new CaseResult { Case = one, Outcome = answer.Outcome, Diagnostics = answer.Problems, Output = answer.Output, Access = answer.Access };
        }

        var shown = new List<VerboseValue>();
        Diagnostic[] problems = [.. one.Validations.SelectMany(v => Validate(one, v, answer.Value)), .. one.Verbose.SelectMany(path => Show(one, path, answer.Value, shown))];
        return new CaseResult
        {
            Case = one,
            Outcome = problems.Length == 0 ? TestOutcome.Passed : problems.Any(p => p.Kind == TestingDiagnostics.Unusable) ? TestOutcome.Error : TestOutcome.Failed,
            Diagnostics = problems,
            Verbose = shown,
            Output = answer.Output,
            Access = answer.Access,
        };
    }

    private static IEnumerable<Diagnostic> Validate(TestCase one, TestAssertion validation, JsonNode? value)
    {
        var outcome = Check(validation.Text, value, out var wrong);
        return wrong is not null ? [TestingDiagnostics.Unusable.At(validation.Span, one.Id, wrong)]
            : outcome!.Passed ? []
            : [TestingDiagnostics.DoesNotHold.At(validation.Span, validation.Text, outcome.Explanation)];
    }

    private static IEnumerable<Diagnostic> Show(TestCase one, string path, JsonNode? value, List<VerboseValue> shown)
    {
        var outcome = Check($"{path}.exists()", value, out var wrong);
        if (wrong is not null)
        {
            return [TestingDiagnostics.Unusable.At(one.Span, one.Id, wrong)];
        }

        if (!outcome!.Passed)
        {
            return [TestingDiagnostics.NothingToShow.At(one.Span, path, outcome.Explanation)];
        }

        ValuePath.Parse(path).TryResolve(value, out var found);
        shown.Add(new VerboseValue(path, found));
        return [];
    }

    /// <summary>The build has checked the grammar; a plan that comes out of a package may have been made by another version.</summary>
    private static AssertionOutcome? Check(string text, JsonNode? value, out string? wrong)
    {
        try
        {
            wrong = null;
            return Assertion.Parse(text).Check(value);
        }
        catch (AssertionSyntaxException problem)
        {
            wrong = problem.Message;
            return null;
        }
    }
}
