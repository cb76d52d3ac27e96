using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Capsule.Build.Tasks;
using Capsule.Build.Tasks.Logging;
using Capsule.Core.Diagnostics;

namespace Capsule.Tasks.Tests;

/// <summary>Each task stops in the middle of its work: soon, without an error, and with nothing half-made left behind.</summary>
[TestClass]
[DoNotParallelize]
public class CancellingInTheMiddle
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    [TestMethod]
    public async Task StopsValidatingAndCheckingTheLockOfAHugeFolder()
    {
        using var project = new Project(Project.Manifest.Replace("\"site\"", "\".\"", StringComparison.Ordinal));
        File.WriteAllText(project["index.html"], "");
        for (var folder = 0; folder < 2000; folder++)
        {
            Directory.CreateDirectory(project["site", $"{folder}"]);
            File.WriteAllText(project["site", $"{folder}", "page.html"], "");
        }

        await StopsAsync(project, project.Validate);
        await StopsAsync(project, () => project.CheckLock());

    }

    [TestMethod]
    public async Task StopsMakingReadingAndWrappingALargeContainer()
    {
        using var project = Large();
        await StopsAsync(project, project.Assemble(), () => UntilAsync(() => Files(project["obj"]).Length > 0));
        Assert.IsEmpty(Files(project["obj"]));

        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        var made = Files(project["obj"]);
        await StopsAsync(project, () => new VerifyPackage { Container = "obj/hello.capsule", Stamp = "obj/verified" });
        await StopsAsync(project, Envelope(), () => UntilAsync(() => Files(project["bin"]).Length > 0));
        CollectionAssert.AreEqual(made, Files(project["obj"]));
        Assert.IsEmpty(Files(project["bin"]));

        // A second container over a finished one: it stays what it was.
        var before = new FileInfo(project["obj", "hello.capsule"]).LastWriteTimeUtc;
        await StopsAsync(project, project.Assemble(), () => UntilAsync(() => Files(project["obj"]).Length > made.Length));
        Assert.AreEqual(before, new FileInfo(project["obj", "hello.capsule"]).LastWriteTimeUtc);
    }

    [TestMethod]
    public async Task StopsAPushIntoAFolderAndToAFeedThatDoesNotAnswer()
    {
        using var project = Large();
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        Assert.IsTrue(project.Run(Envelope()), project.Engine.All);
        Directory.CreateDirectory(project["feed"]);
        await StopsAsync(project, Push("feed"), () => UntilAsync(() => Files(project["feed"]).Length > 0));
        Assert.IsEmpty(Files(project["feed"]));

        using var deaf = new TcpListener(IPAddress.Loopback, 0);
        deaf.Start();
        await StopsAsync(project, Push($"http://127.0.0.1:{((IPEndPoint)deaf.LocalEndpoint).Port}/v3/index.json"), async () => _ = await deaf.AcceptTcpClientAsync());
    }

    [TestMethod]
    public async Task StopsASignerCommandAndWhatItStarted()
    {
        using var project = new Project();
        Assert.IsTrue(project.Run(project.Assemble()), project.Engine.All);
        File.WriteAllText(project["signer"], $"sleep 300 & echo $! > '{project["child"]}'\nwait\n");

        var task = new SignPackage { Container = "obj/hello.capsule", Signatures = "obj/lines.jsonl", Signer = $"/bin/sh {project["signer"]}", Role = "release" };
        await StopsAsync(project, task, () => UntilAsync(() => File.Exists(project["child"]) && File.ReadAllText(project["child"]).EndsWith('\n')));

        var child = File.ReadAllText(project["child"]).Trim();
        await UntilAsync(() => !File.Exists($"/proc/{child}/stat") || File.ReadAllText($"/proc/{child}/stat").Contains(") Z ", StringComparison.Ordinal));
        Assert.IsEmpty(Files(project["obj"]).Where(f => f.Contains("lines", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void StopsSayingOldWarnings()
    {
        using var project = new Project();
        var warning = new DiagnosticKind("CAP9099", Severity.Warning, "Odd.", "Look.").Now();
        KeptDiagnostics.Keep(project["kept.json"], Enumerable.Repeat(warning, 1000));
        var task = new ReplayDiagnostics { DiagnosticsFile = "kept.json" };
        project.Warned = task.Cancel;

        Assert.IsFalse(project.Run(task));

        Assert.HasCount(1, project.Engine.Warnings);
    }

    /// <summary>Runs a task, cancels it once its work is under way, and sees it end.</summary>
    private static async Task StopsAsync(Project project, CapsuleTask task, Func<Task> underWay)
    {
        var run = Task.Run(() => project.Run(task));
        await underWay();
        Assert.IsFalse(run.IsCompleted, $"{task.GetType().Name} was done too early for this test: {project.Engine.All}");
        var clock = Stopwatch.StartNew();

        task.Cancel();

        Assert.IsFalse(await run.WaitAsync(TimeSpan.FromSeconds(20)), $"{task.GetType().Name}: {project.Engine.All}");
        Assert.IsLessThan(Soon, clock.Elapsed, task.GetType().Name);
        Assert.IsEmpty(project.Engine.Errors, project.Engine.All);
    }

    /// <summary>The same for a task that shows nothing of its work: earlier and earlier, until it had not ended yet.</summary>
    private static async Task StopsAsync(Project project, Func<CapsuleTask> make)
    {
        var before = Files(project["obj"]);
        for (var wait = 32; ; wait /= 2)
        {
            var task = make();
            var run = Task.Run(() => project.Run(task));
            await Task.Delay(wait);
            task.Cancel();
            if (!await run.WaitAsync(Soon))
            {
                Assert.IsEmpty(project.Engine.Errors, project.Engine.All);
                CollectionAssert.AreEqual(before, Files(project["obj"]));
                return;
            }

            Assert.AreNotEqual(0, wait, $"{task.GetType().Name} does not stop.");
            Array.ForEach([.. Files(project["obj"]).Except(before)], File.Delete);
        }
    }

    private static Project Large()
    {
        var project = new Project();
        var bytes = new byte[96 << 20];
        new Random(1).NextBytes(bytes);
        File.WriteAllBytes(project["site", "film.bin"], bytes);
        return project;
    }

    private static PackEnvelope Envelope() => new() { Container = "obj/hello.capsule", Publisher = "acme", Version = "1.0.0", OutputFolder = "bin/", PackedList = "obj/packed.list" };

    private static PushPackage Push(string feed) => new() { Package = "bin/acme.hello.1.0.0.nupkg", Feed = feed };

    private static string[] Files(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var end = DateTime.UtcNow.AddSeconds(20); !holds(); await Task.Delay(1))
        {
            Assert.IsLessThan(end, DateTime.UtcNow);
        }
    }
}
