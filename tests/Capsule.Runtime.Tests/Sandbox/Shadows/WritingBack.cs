using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Shadows;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox.Shadows;

/// <summary>What comes back from a private copy into the project, and when the project wins.</summary>
[TestClass]
public class WritingBack
{
    private const UnixFileMode SetUser = UnixFileMode.SetUser | UnixFileMode.SetGroup;
    private const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    [TestMethod]
    public void NewChangedAndDeletedFilesComeBackAndAreNamed()
    {
        using var scene = new ShadowScene().Has("main.ts", "one").Has("old/gone.ts", "x").Has("kept.ts", "same").Copied();
        scene.Writes("main.ts", "two").Writes("src/gen/a b.ts", "made").Writes("kept.ts", "same");
        Directory.Delete(Path.Combine(scene.Copy, "old"), recursive: true);

        var report = scene.WriteBack();

        CollectionAssert.AreEqual(new[] { "changed main.ts", "deleted old/gone.ts", "created src/gen/a b.ts" }, ShadowScene.Told(report));
        Assert.IsEmpty(report.Problems);
        Assert.AreEqual("workloads/hello/main.ts", report.Outcomes[0].Path);
        CollectionAssert.AreEqual(new[] { "kept.ts", "main.ts", "src/gen/a b.ts" }, ShadowScene.FilesOf(scene.Project).ToArray());
        Assert.AreEqual("two", scene.Of("main.ts"));
        Assert.AreEqual("made", scene.Of("src/gen/a b.ts"));
        Assert.IsFalse(Directory.Exists(Path.Combine(scene.Project, "old")), "an empty folder goes with its last file");
        Assert.IsEmpty(scene.WriteBack().Outcomes, "once is enough");
    }

    [TestMethod]
    public void AProjectThatChangedMeanwhileIsKept()
    {
        using var scene = new ShadowScene().Has("edited.ts", "1").Has("removed.ts", "1").Has("deleted.ts", "1").Has("both.ts", "1").Has("quiet.ts", "1").Copied();
        scene.Has("edited.ts", "mine").Has("appeared.ts", "mine").Has("both.ts", "agreed").Has("deleted.ts", "mine").Has("quiet.ts", "mine");
        File.Delete(Path.Combine(scene.Project, "removed.ts"));
        scene.Writes("edited.ts", "theirs").Writes("removed.ts", "theirs").Writes("appeared.ts", "theirs").Writes("both.ts", "agreed").Writes("fine.ts", "new");
        File.Delete(Path.Combine(scene.Copy, "deleted.ts"));

        var report = scene.WriteBack();

        CollectionAssert.AreEqual(
            new[]
            {
                "conflict, kept the project's: appeared.ts (the project has another one, which the sandbox did not see)",
                "conflict, kept the project's: deleted.ts (it was changed in the project)",
                "conflict, kept the project's: edited.ts (it was changed in the project)",
                "created fine.ts",
                "conflict, kept the project's: removed.ts (it was deleted in the project)",
            },
            ShadowScene.Told(report));
        var problem = report.Problems.Single();
        Assert.AreEqual("CAP5495", problem.Code);
        Assert.AreEqual(ExitCode.Conflict, problem.Kind.Exit);
        StringAssert.Contains(problem.Message, "workloads/hello/edited.ts");
        Assert.AreEqual("mine", scene.Of("edited.ts") is "mine" ? scene.Of("deleted.ts") : scene.Of("edited.ts"));
        Assert.IsFalse(File.Exists(Path.Combine(scene.Project, "removed.ts")));
        Assert.AreEqual("mine", scene.Of("quiet.ts"), "what the command did not touch is nobody's conflict");
    }

    [TestMethod]
    public void OnlyTheRightToExecuteComesAlongAndOwnRightsStay()
    {
        using var scene = new ShadowScene().Has("tool.sh", "1").Has("private.txt", "1").Has("plain.txt", "1").Copied();
        File.SetUnixFileMode(Path.Combine(scene.Project, "private.txt"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        scene.Writes("private.txt", "2").Writes("new.sh", "new");
        File.SetUnixFileMode(Path.Combine(scene.Copy, "tool.sh"), Execute | UnixFileMode.UserRead | UnixFileMode.UserWrite | SetUser);
        File.SetUnixFileMode(Path.Combine(scene.Copy, "new.sh"), (UnixFileMode)0b111_111_111_111);

        CollectionAssert.AreEqual(new[] { "created new.sh", "changed private.txt", "changed tool.sh" }, ShadowScene.Told(scene.WriteBack()));

        UnixFileMode Mode(string name) => File.GetUnixFileMode(Path.Combine(scene.Project, name));
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, Mode("private.txt"));
        Assert.AreEqual(UnixFileMode.UserExecute, Mode("tool.sh") & (UnixFileMode.UserExecute | SetUser));
        Assert.AreEqual(UnixFileMode.UserExecute, Mode("new.sh") & (UnixFileMode.UserExecute | SetUser | UnixFileMode.StickyBit));
        Assert.IsFalse(Mode("new.sh").HasFlag(UnixFileMode.OtherWrite), "the umask holds");
    }

    [TestMethod]
    public async Task WhatRootWritesBelongsToTheProjectsOwner()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Nobody else can give files away.
            return;
        }

        using var scene = new ShadowScene().Has("main.ts", "1").Has("others.ts", "1").Copied();
        Assert.AreEqual(0, (await Command.RunAsync("chown", ["-R", "61302:61303", scene.Project])).ExitCode);
        Assert.AreEqual(0, (await Command.RunAsync("chown", ["61304:61305", Path.Combine(scene.Project, "others.ts")])).ExitCode);
        Assert.HasCount(3, scene.Writes("main.ts", "2").Writes("others.ts", "2").Writes("new/folder/a.ts", "2").WriteBack().Outcomes);
        var owners = await Command.RunAsync("find", [".", "-printf", "%p %U:%G\n"], scene.Project);
        CollectionAssert.AreEquivalent(
            new[] { ". 61302:61303", "./main.ts 61302:61303", "./new 61302:61303", "./new/folder 61302:61303", "./new/folder/a.ts 61302:61303", "./others.ts 61304:61305" },
            owners.Output.TrimEnd().Split('\n'));
    }

    [TestMethod]
    public void FoldersAndFilesMayTradePlaces()
    {
        using var scene = new ShadowScene().Has("a", "file").Has("b/c", "in a folder").Copied();
        File.Delete(Path.Combine(scene.Copy, "a"));
        Directory.Delete(Path.Combine(scene.Copy, "b"), recursive: true);
        scene.Writes("a/inner", "1").Writes("b", "2");
        Assert.IsEmpty(scene.WriteBack().Problems);
        CollectionAssert.AreEqual(new[] { "a/inner", "b" }, ShadowScene.FilesOf(scene.Project).ToArray());
    }

    [TestMethod]
    public void WhatAPreparationMadeStaysInside()
    {
        using var scene = new ShadowScene().Has("bun.lock", "1").Copied();
        scene.Writes("bun.lock", "2").Writes("made.ts", "by the preparation").Prepared();
        Assert.IsEmpty(scene.WriteBack().Outcomes);

        scene.Writes("bun.lock", "3");
        CollectionAssert.AreEqual(new[] { "changed bun.lock" }, ShadowScene.Told(scene.WriteBack()));
        Assert.AreEqual("3", scene.Of("bun.lock"));
    }

    [TestMethod]
    public void DependenciesAndBuildOutputStayInside()
    {
        using var scene = new ShadowScene().Has("index.ts", "1").Has("cli/bin/run.ts", "a source").Copied();
        foreach (var folder in new[] { "node_modules/x", "bin", "OBJ", "venv/lib", "artifacts", "dist", "target", "sub/__pycache__" })
        {
            scene.Writes($"{folder}/file", "x");
        }

        scene.Writes("cli/bin/run.ts", "changed");
        var report = scene.WriteBack();
        CollectionAssert.AreEqual(new[] { "cli/bin/run.ts", "index.ts" }, ShadowScene.FilesOf(scene.Project).ToArray());
        Assert.AreEqual("changed", scene.Of("cli/bin/run.ts"), "a folder that has files of the package is no output");
        CollectionAssert.Contains(ShadowScene.Told(report), "not written back: node_modules/ (dependencies stay in the sandbox)");
        CollectionAssert.Contains(ShadowScene.Told(report), "not written back: OBJ/ (build output stays in the sandbox)");
        Assert.IsEmpty(report.Problems);
    }

    [TestMethod]
    public void AFileFromElsewhereIsNotMovedIntoTheProject()
    {
        using var scene = new ShadowScene().Has("main.ts", "1");
        File.WriteAllText(Path.Combine(scene.Root, "shared.ts"), "shared");
        var plan = new PackPlan
        {
            Package = new PackageReference(FamilyNames.Kit, null, "x", null),
            Manifest = "capability.yml",
            Extension = ".capakit",
            Entries = [new("workloads/hello/main.ts", "workloads/hello/main.ts"), new("workloads/hello/shared.ts", "../shared.ts")],
        };
        scene.Copied(selection: plan).Writes("shared.ts", "changed").Writes("main.ts", "2");
        CollectionAssert.AreEqual(new[] { "changed main.ts", "not written back: shared.ts (the project has it at ../shared.ts)" }, ShadowScene.Told(scene.WriteBack()));
        Assert.AreEqual("shared", File.ReadAllText(Path.Combine(scene.Root, "shared.ts")));
    }

    [TestMethod]
    public void ACancelledWriteBackLeavesWholeFilesOnly()
    {
        using var scene = new ShadowScene().Has("0", "old").Copied();
        var content = new string('x', 300_000);
        for (var i = 0; i < 200; i++)
        {
            scene.Writes($"{i}", content);
        }

        using var cancel = new CancellationTokenSource();
        using var watch = new FileSystemWatcher(scene.Project) { EnableRaisingEvents = true };
        watch.Renamed += (_, _) => cancel.Cancel();
        var report = scene.WriteBack(cancel.Token);

        Assert.AreEqual("CAP5498", report.Problems.Single().Code);
        var files = ShadowScene.FilesOf(scene.Project).ToArray();
        Assert.IsTrue(files.Length is > 0 and < 200, $"{files.Length}");
        Assert.IsTrue(files.All(f => scene.Of(f) == content || f == "0"), string.Join(' ', files));
        Assert.HasCount(files.Length, report.Outcomes);
        StringAssert.Contains(report.Problems[0].Message, $"{report.Outcomes.Count} of 200 changes");
    }

    [TestMethod]
    public void WhatAKilledWriteBackLeftIsClearedAway()
    {
        using var scene = new ShadowScene().Has("main.ts", "1").Copied();
        var stale = Path.Combine(scene.Project, $".capsule-{Guid.NewGuid():N}.tmp");
        var fresh = Path.Combine(scene.Project, $".capsule-{Guid.NewGuid():N}.tmp");
        File.WriteAllText(stale, "half");
        File.WriteAllText(fresh, "somebody writes");
        File.SetLastWriteTimeUtc(stale, DateTime.UtcNow.AddMinutes(-5));
        Assert.HasCount(1, scene.Writes("main.ts", "2").WriteBack().Outcomes);
        Assert.AreEqual("False True", $"{File.Exists(stale)} {File.Exists(fresh)}");
    }

    [TestMethod]
    public void TenThousandFilesComeBack()
    {
        using var scene = new ShadowScene(inMemory: true).Copied();
        for (var i = 0; i < 10_000; i++)
        {
            scene.Writes($"d{i % 100}/f{i}", $"{i}");
        }

        var report = scene.WriteBack();
        Assert.HasCount(10_000, report.Outcomes);
        Assert.IsEmpty(report.Problems);
        Assert.AreEqual(10_000, ShadowScene.FilesOf(scene.Project).Count());
        Assert.AreEqual("9999", scene.Of("d99/f9999"));
    }
}
