using System.IO.Enumeration;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing.Filters;

namespace Capsule.Runtime.Testing;

/// <summary>Which cases the user wants: by id, by a pattern for ids, or by a <see cref="CaseExpression"/>, told apart by their characters.</summary>
internal static class CaseFilter
{
    public static bool Wants(TestRunOptions options, TestPlan plan, TestCase one) =>
        options.Filter.Count == 0 || options.Filter.Any(filter => IsExpression(filter)
            ? CaseExpression.Parse(filter).Value?.Matches(plan.Package, one) == true
            : Fits(filter, one));

    /// <summary>A filter that fits nothing is most likely mistyped; a run of no cases must not look like success.</summary>
    public static IEnumerable<Diagnostic> Check(TestRunOptions options, TestPlan plan) => options.Filter.SelectMany(filter => Check(filter, plan));

    private static IReadOnlyList<Diagnostic> Check(string filter, TestPlan plan)
    {
        if (IsExpression(filter))
        {
            var expression = CaseExpression.Parse(filter);
            return expression.Succeeded ? expression.Value.Select(plan).Diagnostics : expression.Diagnostics;
        }

        return plan.Cases.Any(one => Fits(filter, one)) ? [] : [TestingDiagnostics.NoSuchCase.Now(filter, CaseList.Of(plan))];
    }

    // No id and no pattern has one of these.
    private static bool IsExpression(string filter) => filter.AsSpan().ContainsAny("=~&|()");

    private static bool Fits(string pattern, TestCase one) => FileSystemName.MatchesSimpleExpression(pattern, one.Id, ignoreCase: false);
}
