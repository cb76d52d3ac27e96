using System.Threading.Channels;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace Capsule.Cli.Launcher;

/// <summary>The cases of a package as tests of Microsoft.Testing.Platform.</summary>
internal sealed class PackageTestFramework(Result<TestPlan> tests, TestRunner run) : ITestFramework, IDataProducer
{
    public string Uid => "capsule";

    public string Version => typeof(PackageTestFramework).Assembly.GetName().Version!.ToString(3);

    public string DisplayName => "Capsule";

    public string Description => "Runs the test cases of a package against the package in its sandbox.";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) => Task.FromResult(
        new CreateTestSessionResult { IsSuccess = tests.Succeeded, ErrorMessage = tests.Succeeded ? null : TestNodes.Text(tests.Diagnostics) });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            var request = (TestExecutionRequest)context.Request;
            var selected = TestSelection.Select(tests.Value!, request.Filter).ToArray();
            Task Publish(TestNode node) => context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(request.Session.SessionUid, node));
            if (request is DiscoverTestExecutionRequest)
            {
                foreach (var one in selected)
                {
                    await Publish(TestNodes.Discovered(one));
                }
            }
            else if (selected.Length > 0)
            {
                await RunAsync(selected, Publish, context.CancellationToken);
            }
        }
        finally
        {
            context.Complete();
        }
    }

    private async Task RunAsync(TestCase[] selected, Func<TestNode, Task> publish, CancellationToken cancel)
    {
        var results = Channel.CreateUnbounded<TestNode>();
        var publishing = Task.Run(
            async () =>
            {
                await foreach (var node in results.Reader.ReadAllAsync(CancellationToken.None))
                {
                    await publish(node);
                }
            },
            CancellationToken.None);
        try
        {
            await run(selected, Report, cancel);
        }
        catch (RefusedException refused)
        {
            foreach (var one in selected)
            {
                Report(new CaseResult { Case = one, Outcome = TestOutcome.Error, Diagnostics = [refused.Diagnostic] });
            }
        }
        finally
        {
            results.Writer.Complete();
            await publishing;
        }

        void Report(CaseResult result)
        {
            if (result.Outcome is not TestOutcome.Skipped)
            {
                results.Writer.TryWrite(TestNodes.Finished(result, DateTimeOffset.UtcNow));
            }
        }
    }
}
