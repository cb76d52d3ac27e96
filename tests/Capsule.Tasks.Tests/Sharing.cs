using Capsule.Build.Tasks;
using Capsule.Core.Diagnostics;

namespace Capsule.Tasks.Tests;

/// <summary>Many projects share a process: nothing may hang on its current folder, and everything stops when asked.</summary>
[TestClass]
[DoNotParallelize]
public class Sharing
{
    [TestMethod]
    public void NoTaskReadsOrWritesInTheCurrentDirectory()
    {
        using var project = new Project();
        using var decoy = new Project("this is not a manifest");
        var before = Directory.GetFileSystemEntries(decoy[""], "*", SearchOption.AllDirectories);
        var home = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(decoy[""]);
        try
        {
            Run(project, project.Validate());
            Run(project, new CheckLock { Manifest = "capsule.toml", LockFile = "capproj.lock", SdkVersion = "1.0.0", DiagnosticsFile = "obj/lock.json", Stamp = "obj/locked" });
            Run(project, project.Assemble());
            Run(project, new VerifyPackage { Container = "obj/hello.capsule", Stamp = "obj/verified" });
            Run(project, new PackEnvelope { Container = "obj/hello.capsule", Publisher = "acme", Version = "1.0.0", OutputFolder = "bin/", PackedList = "obj/packed.list" });
            Directory.CreateDirectory(project["feed"]);
            Run(project, new PushPackage { Package = "bin/acme.hello.1.0.0.nupkg", Feed = "feed" });
        }
        finally
        {
            Directory.SetCurrentDirectory(home);
        }

        CollectionAssert.AreEquivalent(before, Directory.GetFileSystemEntries(decoy[""], "*", SearchOption.AllDirectories));
        foreach (var made in new[] { "obj/validated", "obj/hello.capsule", "obj/verified", "bin/acme.hello.1.0.0.nupkg" })
        {
            Assert.IsTrue(File.Exists(project[made]), made);
        }

        Assert.IsNotEmpty(Directory.GetFiles(project["feed"], "*.nupkg", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void ACancelledTaskFailsWithoutAnErrorAndLeavesNothing()
    {
        using var project = new Project();
        var task = project.Assemble();
        task.Cancel();

        Assert.IsFalse(project.Run(task));

        Assert.IsEmpty(project.Engine.Errors);
        Assert.IsFalse(Directory.Exists(project["obj"]) && Directory.EnumerateFileSystemEntries(project["obj"]).Any());
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

    private static void Run(Project project, CapsuleTask task) => Assert.IsTrue(project.Run(task), $"{task.GetType().Name}: {project.Engine.All}");

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
