using Capsule.Build.Tasks;
using Capsule.Core.Diagnostics;

namespace Capsule.Tasks.Tests;

/// <summary>A build that is interrupted stops, says nothing wrong and leaves nothing.</summary>
[TestClass]
public class Cancelling
{
    [TestMethod]
    public void ATaskThatIsCancelledBeforeItBeginsSaysAndMakesNothing()
    {
        using var project = new Project();
        var tasks = EveryTask.Of(project, "NOTHING", "");
        var before = Directory.GetFileSystemEntries(project[""], "*", SearchOption.AllDirectories);
        foreach (var task in tasks)
        {
            task.Cancel();

            Assert.IsFalse(project.Run(task), task.GetType().Name);

            Assert.AreEqual("", project.Engine.All, task.GetType().Name);
        }

        CollectionAssert.AreEqual(before, Directory.GetFileSystemEntries(project[""], "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    [Timeout(20_000)]
    public async Task CancellingStopsATaskThatWaits()
    {
        using var project = new Project();
        var task = new Waiting();
        var run = Task.Run(() => project.Run(task));
        await task.Started.Task;

        task.Cancel();

        Assert.IsFalse(await run);
        Assert.IsEmpty(project.Engine.Errors);
    }

    private sealed class Waiting : CapsuleTask
    {
        public TaskCompletionSource Started { get; } = new();

        protected override async Task<IReadOnlyList<Diagnostic>> RunAsync(CancellationToken cancel)
        {
            Started.SetResult();
            await Task.Delay(Timeout.Infinite, cancel);
            return [];
        }
    }
}
