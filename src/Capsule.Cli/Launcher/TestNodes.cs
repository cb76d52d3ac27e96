using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Reports;
using Microsoft.Testing.Platform.Extensions.Messages;

namespace Capsule.Cli.Launcher;

/// <summary>Cases and their results as the nodes that the testing platform reports, each with its place in the author's file.</summary>
internal static class TestNodes
{
    public static TestNode Discovered(TestCase one) => Node(one, DiscoveredTestNodeStateProperty.CachedInstance);

    public static TestNode Finished(CaseResult result, DateTimeOffset ended)
    {
        TestNodeStateProperty state = result.Outcome switch
        {
            TestOutcome.Passed => PassedTestNodeStateProperty.CachedInstance,
            TestOutcome.Failed => new FailedTestNodeStateProperty(ProblemText.Of(result.Diagnostics)),
            _ => new ErrorTestNodeStateProperty(ProblemText.Of(result.Diagnostics)),
        };
        var node = Node(result.Case, state);
        node.Properties.Add(new TimingProperty(new TimingInfo(ended - result.Duration, ended, result.Duration)));
        if (CaseOutput.Of(result) is { Length: > 0 } shown)
        {
            node.Properties.Add(new StandardOutputProperty(shown));
        }

        return node;
    }

    private static TestNode Node(TestCase one, TestNodeStateProperty state) => new()
    {
        Uid = one.Id,
        DisplayName = one.Id,
        Properties = new PropertyBag(state, Place(one.Span)),
    };

    private static TestFileLocationProperty Place(SourceSpan span) =>
        new(span.File, new LinePositionSpan(new LinePosition(span.Line, span.Column), new LinePosition(span.EndLine, span.EndColumn)));
}
