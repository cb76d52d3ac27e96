using Capsule.Core.Plans;
using Capsule.Runtime.Testing.Filters;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Requests;

// The filters are marked experimental; the platform's version is pinned.
#pragma warning disable TPEXP

namespace Capsule.Cli.Launcher;

/// <summary>Which cases a request asks for. The platform parses the filters; applying them is the framework's part.</summary>
internal static class TestSelection
{
    public static IEnumerable<TestCase> Select(TestPlan plan, ITestExecutionFilter filter, CaseExpression? expression) =>
        plan.Cases.Where(c => Matches(plan, c, filter) && expression?.Matches(plan.Package, c) != false);

    /// <summary>Where a case stands for <c>--treenode-filter</c>: <c>/package/kind/id</c>.</summary>
    public static string TreePath(TestPlan plan, TestCase one) =>
        string.Join('/', "", Segment(plan.Package.Name), one.Kind.ToString().ToLowerInvariant(), Segment(one.Id));

    private static bool Matches(TestPlan plan, TestCase one, ITestExecutionFilter filter) => filter switch
    {
        TestNodeUidListFilter list => list.TestNodeUids.Any(uid => uid.Value == one.Id),
        TreeNodeFilter tree => tree.MatchesFilter(TreePath(plan, one), new PropertyBag()),
        CompositeTestExecutionFilter { Operator: TestExecutionFilterOperator.And } all => all.Filters.All(f => Matches(plan, one, f)),
        CompositeTestExecutionFilter any => any.Filters.Any(f => Matches(plan, one, f)),
        _ => true,
    };

    private static string Segment(string text) => text.Replace("/", "%2F", StringComparison.Ordinal);
}
