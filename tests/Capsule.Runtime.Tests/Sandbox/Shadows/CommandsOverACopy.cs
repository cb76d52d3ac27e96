using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Shadows;
using Capsule.Runtime.Supervision;
using Capsule.Runtime.Tests.Supervision;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Sandbox.Shadows;

/// <summary>Commands in real cells over a private copy, and declared outputs.</summary>
[TestClass]
public class CommandsOverACopy
{
    private const int Terminate = 15;
    private static readonly MountPlan App = new() { Id = "app", Kind = MountKind.Work, Source = "", Target = "/app", Access = MountAccess.ReadWrite, Exec = true };
    private static readonly MountPlan Out = new() { Id = "report", Kind = MountKind.Output, Target = "/out", Access = MountAccess.ReadWrite };

    [TestMethod]
    public async Task BringBackWhatTheyChangedAndNoWayOut()
    {
        await using var scene = new Scene();
        scene.Tree.Write("main.ts", "one\n");
        Assert.AreEqual(0, (await Command.RunAsync("git", ["init", "-q", scene.Tree.Path])).ExitCode);
        var config = File.ReadAllText(scene.Tree[".git", "config"]);
        var witness = scene.HomeFolder["witness"];

        var end = await RunAsync(scene, $"""
            cat; echo two >> main.ts; mkdir -p gen .git/hooks; echo made > gen/a.ts
            printf '[core]\n fsmonitor = touch {witness}\n' > .git/config
            echo '<Project><Target Name="x" BeforeTargets="Build"><Exec Command="touch {witness}"/></Target></Project>' > Directory.Build.targets
            ln -s /etc/passwd gen/planted; ls /app/.git >&2; exit 4
            """, "stdin\n");

        Assert.AreEqual(4, end.ExitCode);
        Assert.AreEqual("stdin\n", end.Output);
        Assert.AreEqual("config\nhooks\n", end.Error, "the project's own .git is never there");
        CollectionAssert.AreEqual(
            new[] { ".git/", "Directory.Build.targets", "gen/a.ts", "gen/planted", "main.ts" }, end.Written.Outcomes.Select(o => o.Path).ToArray());
        CollectionAssert.AreEqual(new[] { "gen/a.ts", "main.ts" }, end.Written.Outcomes.Where(o => o.IsWritten).Select(o => o.Path).ToArray());
        Assert.AreEqual("one\ntwo\n", File.ReadAllText(scene.Tree["main.ts"]));
        Assert.AreEqual(config, File.ReadAllText(scene.Tree[".git", "config"]));
        Assert.AreEqual(0, (await Command.RunAsync("git", ["-C", scene.Tree.Path, "status", "--short"])).ExitCode);
        Assert.IsFalse(File.Exists(witness), "git ran what the workload wrote");
        var owner = Capsule.Runtime.Sandbox.FileStatus.Of(scene.Tree.Path)!.Value.Uid;
        Assert.AreEqual(owner, Capsule.Runtime.Sandbox.FileStatus.Of(scene.Tree["gen", "a.ts"])!.Value.Uid, "files belong to the project's owner, not to the run's user");
        Assert.AreEqual(owner, Capsule.Runtime.Sandbox.FileStatus.Of(scene.Tree["gen"])!.Value.Uid);
    }

    [TestMethod]
    public async Task BringNothingBackWithoutRulesOrWhenInterrupted()
    {
        await using var scene = new Scene();
        scene.Tree.Write("main.ts", "one");
        var kept = await RunAsync(scene, "echo two > main.ts", rules: false);
        Assert.AreEqual(0, kept.ExitCode);
        Assert.IsEmpty(kept.Written.Outcomes);
        using var cancel = new CancellationTokenSource();
        var stopped = await RunAsync(scene, "trap 'exit 7' TERM; read line; echo two > main.ts; echo begun; while true; do sleep 0.05; done", "go\n", until: "begun", cancel: cancel);
        Assert.AreEqual(7, stopped.ExitCode);
        Assert.IsEmpty(stopped.Written.Outcomes);
        Assert.AreEqual("one", File.ReadAllText(scene.Tree["main.ts"]));
        Assert.IsTrue(RunList.All(scene.Home).All(r => !r.IsAlive && r.Record.IsCommand));
        Assert.AreEqual("CAP5407", RunList.Find(scene.Home, "scene", commands: false).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task TellOfAProgramThatDoesNotExistAndOfAnUnknownCell()
    {
        await using var scene = new Scene();
        scene.Tree.Write("main.ts", "one");
        await using var run = await PreparedAsync(scene, true);
        Assert.AreEqual("CAP5116", (await run.ExecAsync(Request("tool", ["/app/none"]), default)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP5415", (await run.ExecAsync(Request("other", ["true"]), default)).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task OutputsAreCollectedWhenTheRunHasEnded()
    {
        await using var scene = new Scene();
        var folder = scene.HomeFolder["results"];
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "bin"), "of an earlier run");
        var cell = Cell("tool", Shell("tool/task", "mkdir -p /out/dist /out/.git; echo r > /out/dist/report.txt; echo new > /out/bin; ln -s /etc/passwd /out/link; echo x > /out/.git/config; echo y > /out/evil.targets")) with { Mounts = [Out] };
        var request = scene.Request(cell) with { Outputs = new Dictionary<string, string> { ["report"] = folder } };

        var started = await RunEngine.StartAsync(request, default);
        var running = started.Value ?? throw new AssertFailedException(started.Diagnostics[0].Text);
        Assert.AreEqual(0, (await running.Ended.WaitAsync(TimeSpan.FromSeconds(60))).ExitCode);
        await running.StopAsync();

        CollectionAssert.AreEqual(new[] { "bin", "dist/report.txt" }, ShadowScene.FilesOf(folder).ToArray());
        Assert.AreEqual("new\n", File.ReadAllText(Path.Combine(folder, "bin")));
        var output = running.Collected.Single();
        Assert.AreEqual("report", output.Id);
        CollectionAssert.AreEqual(new[] { ".git/", "bin", "dist/report.txt", "evil.targets", "link" }, output.Report.Outcomes.Select(o => o.Path).ToArray());
        Assert.IsTrue(scene.Log.Any(l => l.Text == "output report: created dist/report.txt"), string.Join('\n', scene.Log.Select(l => l.Text)));

        var unnamed = (await RunEngine.StartAsync(scene.Request(cell), default)).Value!;
        await unnamed.Ended.WaitAsync(TimeSpan.FromSeconds(60));
        await unnamed.StopAsync();
        Assert.IsTrue(scene.Log.Any(l => l.Text.StartsWith("no folder was named for the output 'report'", StringComparison.Ordinal)));
    }

    private static CommandRequest Request(string cell, string[] argv, Stream? output = null) => new()
    {
        Cell = cell,
        Argv = argv,
        Input = Stream.Null,
        Output = output ?? Stream.Null,
        Error = Stream.Null,
        Signal = () => Terminate,
    };

    private static async Task<PreparedRun> PreparedAsync(Scene scene, bool rules)
    {
        var service = Shell("tool/service", "true", ProcessStage.Service) with { Cwd = "/app" };
        var request = scene.Request(Cell("tool", service) with { Mounts = [App] }) with { WriteBack = rules ? new WriteBackRules() : null, IsCommand = true };
        var prepared = await RunEngine.PrepareAsync(request, default);
        return prepared.Value ?? throw new AssertFailedException(string.Join('\n', prepared.Diagnostics.Select(d => d.Text)));
    }

    private static async Task<(int ExitCode, string Output, string Error, WriteBackReport Written)> RunAsync(
        Scene scene, string script, string input = "", bool rules = true, string? until = null, CancellationTokenSource? cancel = null)
    {
        await using var run = await PreparedAsync(scene, rules);
        using var output = new WatchedStream(until, cancel);
        using var error = new MemoryStream();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel?.Token ?? default);
        var request = Request("tool", ["/bin/sh", "-c", script], output) with { Input = new MemoryStream(Encoding.UTF8.GetBytes(input)), Error = error };
        var ended = await run.ExecAsync(request, limit.Token).WaitAsync(TimeSpan.FromMinutes(2));
        Assert.IsTrue(ended.Succeeded, string.Join('\n', ended.Diagnostics.Select(d => d.Text)));
        return (ended.Value.ExitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()), ended.Value.Written);
    }

    /// <summary>Cancels when a text comes by.</summary>
    private sealed class WatchedStream(string? until, CancellationTokenSource? cancel) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            base.Write(buffer);
            if (until is not null && Encoding.UTF8.GetString(ToArray()).Contains(until, StringComparison.Ordinal))
            {
                cancel!.Cancel();
            }
        }
    }
}
