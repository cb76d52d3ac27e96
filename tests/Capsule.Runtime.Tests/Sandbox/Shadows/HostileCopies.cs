using Capsule.Core.Diagnostics;
using Capsule.Runtime.Shadows;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox.Shadows;

/// <summary>Copies that a workload has filled to get out by way of the write-back (specs: sandbox 1.2).</summary>
[TestClass]
public class HostileCopies
{
    [TestMethod]
    [DataRow(".git/config")]
    [DataRow("sub/.GIT/hooks/post-checkout")]
    [DataRow("git~1/config")]
    [DataRow(".git./config")]
    [DataRow("bare/HEAD")]
    [DataRow(".hg/hgrc")]
    [DataRow(".gitattributes")]
    [DataRow(".gitmodules")]
    [DataRow(".husky/pre-commit")]
    [DataRow("lefthook.yml")]
    [DataRow("Directory.Build.targets")]
    [DataRow("directory.build.PROPS")]
    [DataRow("sub/Directory.Packages.props")]
    [DataRow("Directory.Build.targets. ")]
    [DataRow("Directory.Build.targets::$DATA")]
    [DataRow("evil.csproj")]
    [DataRow("evil.capproj")]
    [DataRow("my.csproj.user")]
    [DataRow("build.proj")]
    [DataRow("App.sln")]
    [DataRow("App.slnx")]
    [DataRow("MSBuild.rsp")]
    [DataRow("global.json")]
    [DataRow("NuGet.Config")]
    [DataRow(".config/dotnet-tools.json")]
    [DataRow("Properties/launchSettings.json")]
    [DataRow(".github/workflows/ci.yml")]
    [DataRow(".gitlab-ci.yml")]
    [DataRow(".circleci/config.yml")]
    [DataRow("azure-pipelines-release.yml")]
    [DataRow("Jenkinsfile")]
    [DataRow(".vscode/tasks.json")]
    [DataRow(".idea/workspace.xml")]
    [DataRow(".vs/tasks.vs.json")]
    [DataRow("x.code-workspace")]
    [DataRow(".editorconfig")]
    [DataRow("eslint.config.js")]
    [DataRow(".envrc")]
    [DataRow(".bashrc")]
    [DataRow(".npmrc")]
    [DataRow(".yarnrc.yml")]
    [DataRow("bunfig.toml")]
    [DataRow("Makefile")]
    [DataRow("build.rs")]
    [DataRow("capproj.lock")]
    [DataRow("trust.toml")]
    [DataRow("capability.yml")]
    public void MayNotBringBack(string path)
    {
        using var scene = new ShadowScene().Has("main.ts", "1").Copied(new WriteBackRules { IsManifest = name => name == "capability.yml" });
        scene.Writes(path, "evil").Writes("good.ts", "fine");

        var report = scene.WriteBack();

        CollectionAssert.AreEqual(new[] { "good.ts", "main.ts" }, ShadowScene.FilesOf(scene.Project).ToArray());
        var left = report.Outcomes.Single(o => o.Action == WriteBackAction.Left);
        Assert.StartsWith(left.Path.TrimEnd('/'), $"workloads/hello/{path}");
        Assert.IsNotNull(left.Reason);
        Assert.IsEmpty(report.Problems, "to leave what may not come back is no failure of the command");
    }

    [TestMethod]
    public void MayChangeOrDeleteNoProtectedFileOfTheProject()
    {
        using var scene = new ShadowScene().Has("Makefile", "mine").Has("lib.props", "mine").Has(".editorconfig", "mine").Copied();
        scene.Writes("Makefile", "evil").Writes(".editorconfig", "evil");
        File.Delete(Path.Combine(scene.Copy, "lib.props"));
        Assert.IsTrue(scene.WriteBack().Outcomes.All(o => o.Action == WriteBackAction.Left));
        Assert.AreEqual("mine mine mine", $"{scene.Of("Makefile")} {scene.Of("lib.props")} {scene.Of(".editorconfig")}");
    }

    [TestMethod]
    public async Task BringNeitherLinksNorSpecialFiles()
    {
        using var scene = new ShadowScene().Has("src/main.ts", "1").Has("notes.txt", "1").Copied();
        var secret = Path.Combine(scene.Root, "secret");
        File.WriteAllText(secret, "of the host");
        File.CreateSymbolicLink(Path.Combine(scene.Copy, "link"), secret);
        Directory.CreateDirectory(Path.Combine(scene.Copy, "out"));
        Directory.CreateSymbolicLink(Path.Combine(scene.Copy, "out", "folder"), "/etc");
        File.Delete(Path.Combine(scene.Copy, "notes.txt"));
        File.CreateSymbolicLink(Path.Combine(scene.Copy, "notes.txt"), secret);
        Directory.Delete(Path.Combine(scene.Copy, "src"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(scene.Copy, "src"), scene.Root);
        Assert.AreEqual(0, (await Command.RunAsync("mkfifo", [Path.Combine(scene.Copy, "pipe")])).ExitCode);
        Assert.AreEqual(0, (await Command.RunAsync("perl", ["-MSocket", "-e", "socket(S,1,1,0); bind(S, sockaddr_un($ARGV[0])) or die", Path.Combine(scene.Copy, "sock")])).ExitCode);
        Assert.AreEqual(0, (await Command.RunAsync("ln", [Path.Combine(scene.Copy, "..", "secret"), Path.Combine(scene.Copy, "hard")])).ExitCode);

        var report = scene.WriteBack();

        CollectionAssert.AreEqual(
            new[]
            {
                "created hard", "not written back: link (it is a link)", "not written back: notes.txt (it is a link)", "not written back: out/folder (it is a link)",
                "not written back: pipe (it is a pipe)", "not written back: sock (it is a socket)", "not written back: src (it is a link)",
            },
            ShadowScene.Told(report));
        CollectionAssert.AreEqual(new[] { "hard", "notes.txt", "src/main.ts" }, ShadowScene.FilesOf(scene.Project).ToArray(), "nothing is deleted where a link hides what became of it");
        Assert.IsNull(new FileInfo(Path.Combine(scene.Project, "hard")).LinkTarget);
    }

    [TestMethod]
    public void AreNotWrittenThroughAFolderThatHasBecomeALink()
    {
        using var scene = new ShadowScene().Has("src/main.ts", "1").Has("lib/a.ts", "1").Copied();
        var outside = Directory.CreateDirectory(Path.Combine(scene.Root, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "main.ts"), "1");
        Directory.Delete(Path.Combine(scene.Project, "src"), recursive: true);
        Directory.CreateSymbolicLink(Path.Combine(scene.Project, "src"), outside);
        File.Delete(Path.Combine(scene.Project, "lib", "a.ts"));
        File.CreateSymbolicLink(Path.Combine(scene.Project, "lib", "a.ts"), Path.Combine(outside, "main.ts"));
        scene.Writes("src/main.ts", "evil").Writes("src/new/deep.ts", "evil").Writes("lib/a.ts", "evil");

        var report = scene.WriteBack();

        Assert.IsTrue(report.Outcomes.All(o => o.Action == WriteBackAction.Conflict), string.Join('\n', ShadowScene.Told(report)));
        Assert.AreEqual("CAP5495", report.Problems.Single().Code);
        CollectionAssert.AreEqual(new[] { "main.ts" }, ShadowScene.FilesOf(outside).ToArray());
        Assert.AreEqual("1", File.ReadAllText(Path.Combine(outside, "main.ts")));
    }

    [TestMethod]
    public void GoNowhereWhenTheProjectsFolderItselfIsSwapped()
    {
        using var scene = new ShadowScene().Has("main.ts", "1").Copied();
        var outside = Directory.CreateDirectory(Path.Combine(scene.Root, "outside")).FullName;
        Directory.Move(scene.Project, scene.Project + "-moved");
        Directory.CreateSymbolicLink(scene.Project, outside);
        var report = scene.Writes("main.ts", "evil").WriteBack();
        Assert.AreEqual("CAP5499", report.Problems.Single().Code);
        Assert.IsEmpty(Directory.GetFileSystemEntries(outside));
        Assert.AreEqual("1", File.ReadAllText(scene.Project + "-moved/main.ts"));
    }

    [TestMethod]
    public void AreToldWithoutSteeringTheTerminal()
    {
        using var scene = new ShadowScene().Copied();
        scene.Writes("two\nlines", "x").Writes("red\u001b[31m", "x").Writes("turned\u202etxt", "x").Writes(".g\u200cit/config", "x").Writes("back\\slash", "x");
        var report = scene.WriteBack();
        Assert.IsEmpty(ShadowScene.FilesOf(scene.Project));
        Assert.HasCount(5, report.Outcomes);
        Assert.IsTrue(ShadowScene.Told(report).All(l => l.StartsWith("not written back: ", StringComparison.Ordinal) && !l.Any(c => char.IsControl(c) || c == '\u202e')), string.Join('|', ShadowScene.Told(report)));
    }

    [TestMethod]
    public async Task WithNamesThatAreNoTextAreLeft()
    {
        using var scene = new ShadowScene().Copied();
        Assert.AreEqual(0, (await Command.RunAsync("sh", ["-c", "printf x > \"$(printf 'a\\377b')\"; mkdir \"$(printf 'd\\377')\""], scene.Copy)).ExitCode);
        var report = scene.WriteBack();
        Assert.HasCount(2, report.Outcomes);
        Assert.IsEmpty(ShadowScene.FilesOf(scene.Project));
    }

    [TestMethod]
    public void ThatAreTooMuchAreNotWrittenAtAll()
    {
        foreach (var rules in new[] { new WriteBackRules { MostFiles = 3 }, new WriteBackRules { MostBytes = 30 }, new WriteBackRules { MostEntries = 3 } })
        {
            using var scene = new ShadowScene().Copied(rules);
            var report = scene.Writes("a", "0123456789").Writes("b", "0123456789").Writes("c", "0123456789").Writes("d", "0123456789").WriteBack();
            Assert.AreEqual("CAP5496", report.Problems.Single().Code);
            Assert.IsEmpty(ShadowScene.FilesOf(scene.Project));
        }

        using var one = new ShadowScene().Has("big", "small").Copied(new WriteBackRules { MostBytes = 30 });
        CollectionAssert.AreEqual(new[] { "not written back: big (it is too large)" }, ShadowScene.Told(one.Writes("big", new string('x', 31)).WriteBack()));
        Assert.AreEqual("small", one.Of("big"));
    }

    [TestMethod]
    public async Task WithFoldersDeeperThanAnyPathAreLeft()
    {
        using var scene = new ShadowScene().Copied();
        Assert.AreEqual(0, (await Command.RunAsync("perl", ["-e", "for (1..800) { mkdir 'dddddd'; chdir 'dddddd' or die } open F, '>f'"], scene.Copy)).ExitCode);
        var report = scene.Writes("fine", "1").WriteBack();
        Assert.AreEqual("it lies too deep", report.Outcomes.Single(o => o.Action == WriteBackAction.Left).Reason);
        CollectionAssert.AreEqual(new[] { "fine" }, ShadowScene.FilesOf(scene.Project).ToArray());
    }

    [TestMethod]
    public void ThatMayNotBeReadAreLeftAndTakeNothingAway()
    {
        using var scene = new ShadowScene().Has("src/main.ts", "1").Copied();
        File.SetUnixFileMode(Path.Combine(scene.Copy, "src"), UnixFileMode.None);
        var report = scene.WriteBack();
        File.SetUnixFileMode(Path.Combine(scene.Copy, "src"), (UnixFileMode)0b111_000_000);
        Assert.AreEqual("1", scene.Of("src/main.ts"));
        CollectionAssert.AreEqual(Environment.IsPrivilegedProcess ? [] : new[] { "not written back: src/ (it cannot be read)" }, ShadowScene.Told(report));
    }

    [TestMethod]
    public async Task LeaveNothingHalfWrittenOnAFullDisk()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            // Only root can mount a small disk.
            return;
        }

        using var scene = new ShadowScene();
        Directory.CreateDirectory(scene.Project);
        Assert.AreEqual(0, (await Command.RunAsync("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", scene.Project])).ExitCode);
        try
        {
            scene.Has("a.txt", "old").Has("z.txt", "old").Copied();
            scene.Writes("a.txt", "new").Writes("big.bin", new string('x', 2 << 20)).Writes("z.txt", "new");
            var report = scene.WriteBack();
            var problem = report.Problems.Single();
            Assert.AreEqual("CAP5497", problem.Code);
            StringAssert.Contains(problem.Message, "workloads/hello/big.bin");
            Assert.IsTrue(ShadowScene.Told(report) is ["changed a.txt", var failed] && failed.StartsWith("could not write big.bin (", StringComparison.Ordinal), string.Join('|', ShadowScene.Told(report)));
            CollectionAssert.AreEqual(new[] { "a.txt", "z.txt" }, ShadowScene.FilesOf(scene.Project).ToArray());
            Assert.AreEqual("new old", $"{scene.Of("a.txt")} {scene.Of("z.txt")}");
        }
        finally
        {
            Assert.AreEqual(0, (await Command.RunAsync("umount", [scene.Project])).ExitCode);
        }
    }
}
