using System.IO.Enumeration;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing;

/// <summary>Which cases the user wants.</summary>
internal static class CaseFilter
{
    public static bool Wants(TestRunOptions options, TestCase one) =>
        options.Filter.Count == 0 || options.Filter.Any(pattern => Fits(pattern, one));

    /// <summary>A pattern that fits nothing is most likely a mistyped id; a run of no cases must not look like success.</summary>
    public static IEnumerable<Diagnostic> Check(TestRunOptions options, TestPlan plan) =>
        from pattern in options.Filter
        where !plan.Cases.Any(one => Fits(pattern, one))
        select TestingDiagnostics.NoSuchCase.Now(pattern, plan.Cases.Count == 0 ? "none" : string.Join(", ", plan.Cases.Select(c => c.Id)));

    private static bool Fits(string pattern, TestCase one) => FileSystemName.MatchesSimpleExpression(pattern, one.Id, ignoreCase: false);
}
