using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Testing.Filters;

/// <summary>
/// A filter as users of <c>dotnet test</c> write it: <c>Property=value</c> with <c>= != ~ !~</c>, joined by <c>&amp;</c> and
/// <c>|</c> (and binds tighter), parentheses around groups. A value alone means <c>FullyQualifiedName~value</c>. Names and values are
/// compared without regard to case; a backslash takes the meaning from the character after it.
/// </summary>
public sealed class CaseExpression
{
    private readonly Func<CaseNames, bool> _test;

    private CaseExpression(string text, Func<CaseNames, bool> test) => (Text, _test) = (text, test);

    /// <summary>The filter as it was written.</summary>
    public string Text { get; }

    /// <summary>Reads a filter; CAP6030 or CAP6031 when it is none.</summary>
    public static Result<CaseExpression> Parse(string text)
    {
        try
        {
            return new CaseExpression(text, new ExpressionParser(text).Parse());
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
    }

    public bool Matches(PackageReference package, TestCase one) => _test(new CaseNames(package, one));

    /// <summary>The cases of a plan that match; CAP6032 when there are none.</summary>
    public Result<IReadOnlyList<TestCase>> Select(TestPlan plan)
    {
        TestCase[] chosen = [.. plan.Cases.Where(c => Matches(plan.Package, c))];
        return chosen.Length > 0 || plan.Cases.Count == 0
            ? Result.Of<IReadOnlyList<TestCase>>(chosen)
            : FilterDiagnostics.NothingMatches.Now(Text, CaseList.Of(plan));
    }
}
