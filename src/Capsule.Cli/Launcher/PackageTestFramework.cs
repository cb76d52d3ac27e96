using System.Threading.Channels;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Reports;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace Capsule.Cli.Launcher;

/// <summary>The cases of a package as tests of Microsoft.Testing.Platform.</summary>
internal sealed class PackageTestFramework(Result<TestPlan> tests, TestRunner run, PlatformChoice choice) : PlatformExtension, ITestFramework, IDataProducer
{
    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage), typeof(SessionFileArtifact)];

    public async Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context)
    {
        var problems = Problems();
        if (problems.Length == 0)
        {
            return new CreateTestSessionResult { IsSuccess = true };
        }

        // `dotnet test` shows no message of a session, but what the host wrote to its error stream.
        var text = ProblemText.Of(problems);
        await Console.Error.WriteLineAsync(text);
        return new CreateTestSessionResult { IsSuccess = false, ErrorMessage = text };
    }

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) =>
        Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            // The platform goes on when a session was refused.
            if (Problems().Length > 0)
            {
                return;
            }

            var request = (TestExecutionRequest)context.Request;
            var selected = TestSelection.Select(tests.Value!, request.Filter, choice.Filter).ToArray();
            Task Publish(TestNode node) => context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(request.Session.SessionUid, node));
            if (request is DiscoverTestExecutionRequest)
            {
                foreach (var one in selected)
                {
                    await Publish(TestNodes.Discovered(one));
                }

                return;
            }

            var done = selected.Length > 0 ? await RunAsync(selected, Publish, context.CancellationToken) : new TestRun([], []);
            if (choice.File(tests.Value!.Package) is { } file)
            {
                Write(file, TestReport.Of(tests.Value!.Package, done, choice.Started));
                await context.MessageBus.PublishAsync(this, new SessionFileArtifact(request.Session.SessionUid, new FileInfo(file), "TRX report", "The results of the package's test cases."));
            }
        }
        finally
        {
            context.Complete();
        }
    }

    /// <summary>Why no session can begin.</summary>
    private Diagnostic[] Problems() => !tests.Succeeded
        ? [.. tests.Diagnostics.Where(d => d.IsError)]
        : choice.File(tests.Value.Package) is { } file ? [.. TrxName.Check(file)] : [];

    private async Task<TestRun> RunAsync(TestCase[] selected, Func<TestNode, Task> publish, CancellationToken cancel)
    {
        var nodes = Channel.CreateUnbounded<TestNode>();
        var publishing = Task.Run(
            async () =>
            {
                await foreach (var node in nodes.Reader.ReadAllAsync(CancellationToken.None))
                {
                    await publish(node);
                }
            },
            CancellationToken.None);
        try
        {
            return await run(selected, Report, cancel);
        }
        catch (RefusedException refused)
        {
            CaseResult[] results = [.. selected.Select(one => new CaseResult { Case = one, Outcome = TestOutcome.Error, Diagnostics = [refused.Diagnostic] })];
            Array.ForEach(results, Report);
            return new TestRun(results, []);
        }
        finally
        {
            nodes.Writer.Complete();
            await publishing;
        }

        void Report(CaseResult result)
        {
            if (result.Outcome is not TestOutcome.Skipped)
            {
                nodes.Writer.TryWrite(TestNodes.Finished(result, DateTimeOffset.UtcNow));
            }
        }
    }

    /// <summary>The platform has no way to fail a session but an exception; the launcher tells its reason.</summary>
    private static void Write(string file, TestReport report)
    {
        if (TrxReport.Write(file, report) is [var problem, ..])
        {
            throw new RefusedException(problem);
        }
    }
}
