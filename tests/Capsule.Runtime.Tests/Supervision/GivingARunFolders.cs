using System.Text.Json;
using Capsule.Core.Plans;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Which folders of the user's a run may be given, which of its commands see them, and what its record says (specs: sandbox 2, 3).</summary>
[TestClass]
public class GivingARunFolders
{
    [TestMethod]
    public async Task EachCellHasItsOwnAccessAndPreparationHasNone()
    {
        await using var scene = new Scene();
        scene.Tree.Write("mine/letter", "hello\n");
        var writer = Cell("writer", Shell("writer/prepare", "ls /mnt/box 2>&1 | grep -c 'No such'", ProcessStage.Prepare), Shell("writer/task", "cat /mnt/box/letter; echo written > /mnt/box/answer; echo wrote")) with { Mounts = [Box(MountAccess.ReadWrite)] };
        var reader = Cell("reader", Shell("reader/task", "until test -s /mnt/box/answer; do sleep 0.05; done; cat /mnt/box/answer; echo x > /mnt/box/letter || echo refused")) with { Mounts = [Box(MountAccess.ReadOnly)] };
        var request = scene.Request(writer, reader) with { Grants = new Grants { Mounts = new Dictionary<string, string> { ["box"] = scene.Tree["mine"] } }, Port = 0 };

        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        var end = await run.Ended.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.AreEqual(0, end.ExitCode, end.Problem?.Message);
        var said = scene.Log.ToArray();
        Assert.AreEqual("1", said.First(l => l.Process == "writer/prepare" && l.Stream == "out").Text, "preparation sees no folder of the user's");
        CollectionAssert.IsSubsetOf(new[] { "hello", "wrote", "written", "refused" }, said.Select(l => l.Text).ToArray());
        Assert.AreEqual("hello\n", await File.ReadAllTextAsync(scene.Tree["mine", "letter"]));
        var record = JsonSerializer.Deserialize<RunRecord>(await File.ReadAllTextAsync(Path.Combine(scene.Home.Runs, run.Id, "record.json")), RunRecord.Json)!;
        Assert.AreEqual((scene.Tree["mine"], 0), (record.Grants.Mounts["box"], record.Grants.Port));
    }

    [TestMethod]
    public async Task WhatIsCapsulesOrTheProjectsOwnIsRefusedWithTheReason()
    {
        await using var scene = new Scene();
        Directory.CreateDirectory(scene.Tree[".git", "hooks"]);
        Directory.CreateDirectory(scene.Tree["deep", "models"]);
        var (home, tree) = (scene.Home.Root, scene.Tree.Path);
        var consent = scene.Home.Consent;
        foreach (var (path, access, reason) in new[]
        {
            (home, MountAccess.ReadOnly, "capsule's own folder"),
            (consent, MountAccess.ReadWrite, "capsule's own folder"),
            (Path.Combine(scene.Home.Store, "acme"), MountAccess.ReadOnly, "capsule's own folder"),
            (tree, MountAccess.ReadWrite, "the package's own project"),
            (scene.Tree[".git"], MountAccess.ReadOnly, "version control data"),
            (scene.Tree[".git", "hooks"], MountAccess.ReadWrite, "version control data"),
        })
        {
            Directory.CreateDirectory(path);
            var refusal = await RefusedAsync(Asking(scene, path, access));
            Assert.AreEqual("CAP5122", refusal.Code, path);
            StringAssert.Contains(refusal.Message, reason);
        }

        Assert.IsEmpty(RunList.All(scene.Home).ToList(), "nothing was begun");
        Directory.CreateDirectory(scene.Tree["deep", "models", "home"]);
        var above = GrantedFolders.Open(Asking(scene, tree, MountAccess.ReadWrite).Plan, Given(scene.Tree["deep"]).Mounts, new CapsuleHome(scene.Tree["deep", "models", "home"]), ["/nowhere"]);
        StringAssert.Contains(above.Diagnostics.Single().Message, "it contains capsule's own folder");
        var project = GrantedFolders.Open(Asking(scene, tree, MountAccess.ReadWrite).Plan, Given(scene.Tree["deep"]).Mounts, scene.Home, [scene.Tree["deep", "models"]]);
        StringAssert.Contains(project.Diagnostics.Single().Message, "it contains the package's own project");
        foreach (var (path, access) in new[] { (tree, MountAccess.ReadOnly), (scene.Tree["deep", "models"], MountAccess.ReadWrite) })
        {
            using var allowed = GrantedFolders.Open(Asking(scene, path, access).Plan, Given(path).Mounts, scene.Home, [tree]).Value!;
            Assert.AreEqual(path, allowed.Paths["box"]);
        }
    }

    [TestMethod]
    public async Task APathThatLeadsElsewhereByNowIsRefused()
    {
        await using var scene = new Scene();
        scene.Tree.Write("real/data/file", "x");
        scene.Tree.Write("secret/data/file", "secret");
        var request = Asking(scene, scene.Tree["real", "data"], MountAccess.ReadOnly);
        Directory.Move(scene.Tree["real"], scene.Tree["away"]);
        Directory.CreateSymbolicLink(scene.Tree["real"], scene.Tree["secret"]);

        var refusal = await RefusedAsync(request);
        Assert.AreEqual("CAP5135", refusal.Code);
        StringAssert.Contains(refusal.Message, scene.Tree["secret", "data"]);

        Directory.Delete(scene.Tree["real"]);
        Directory.CreateDirectory(scene.Tree["real"]);
        Directory.CreateSymbolicLink(scene.Tree["real", "data"], scene.Tree["secret", "data"]);
        Assert.AreEqual("CAP5121", (await RefusedAsync(request)).Code);
    }

    [TestMethod]
    public async Task AFolderThatNobodyGaveIsNamedWithAllThatAreAskedFor()
    {
        await using var scene = new Scene();
        var cell = Cell("job", Shell("job/task", "true")) with { Mounts = [Box(MountAccess.ReadWrite), Box(MountAccess.ReadOnly) with { Id = "models", Target = "/mnt/models", Usage = "weights\u001b[2J" }] };
        var refusal = await RefusedAsync(scene.Request(cell) with { Grants = Given(scene.Tree.Path) });
        Assert.AreEqual("CAP5410", refusal.Code);
        Assert.AreEqual("'scene' needs a folder for the mount 'models'. Its mounts:\n  | box (read and change)\n  | models (read): weights\uFFFD[2J", refusal.Message);
        StringAssert.Contains(refusal.Hint, "--mount models=PATH");
    }

    private static RunRequest Asking(Scene scene, string path, MountAccess access) =>
        scene.Request(Cell("job", Shell("job/task", "true")) with { Mounts = [Box(access)] }) with { Grants = Given(path) };

    private static Grants Given(string path) => new() { Mounts = new Dictionary<string, string> { ["box"] = path } };

    private static MountPlan Box(MountAccess access) => new() { Id = "box", Kind = MountKind.Host, Target = "/mnt/box", Access = access };
}
