using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

[TestClass]
public class MountingFolders
{
    [TestMethod]
    public async Task WhatIsWritableIsKeptAndBelongsToTheCellsUser()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("state/deep/old", "old");
        File.CreateSymbolicLink(scene.Folder["state", "link"], "/etc/hostname");
        var before = File.GetLastWriteTimeUtc("/etc/hostname");
        var cell = await scene.OpenAsync(scene.Own("state", "/state"));
        var outcome = await cell.ShellAsync("cd /state; echo new > deep/new; echo more >> deep/old; mkdir made; mv deep/new made/; ln made/new hard; stat -c %u deep/old");
        Assert.AreEqual("1000\n", outcome.All);
        Assert.AreEqual("new\n", await File.ReadAllTextAsync(scene.Folder["state", "made", "new"]));
        Assert.AreEqual("oldmore\n", await File.ReadAllTextAsync(scene.Folder["state", "deep", "old"]));
        Assert.AreEqual(before, File.GetLastWriteTimeUtc("/etc/hostname"));
        Assert.IsTrue(Environment.UserName != "root" || FileStatus.Of("/etc/hostname")!.Value.Uid == 0, "the link was not followed");
    }

    [TestMethod]
    public async Task ReadOnlyFoldersCannotBeWritten()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("tree/file", "text");
        var cell = await scene.OpenAsync(scene.Own("tree", "/app", MountAccess.ReadOnly));
        var outcome = await cell.ShellAsync("cat /app/file; echo x > /app/new; echo x > /app/file; rm -f /app/file; test -w /app || echo read-only");
        Assert.AreEqual("textread-only\n", outcome.Output);
        Assert.AreEqual("text", await File.ReadAllTextAsync(scene.Folder["tree", "file"]));
    }

    [TestMethod]
    public async Task MemoryIsPrivateSizedAndGone()
    {
        await using var scene = new SandboxScene();
        var mount = new CellMount(null, "/scratch", MountAccess.ReadWrite, Size: 1 << 20);
        var cell = await scene.OpenAsync(mount);
        Assert.AreEqual("full\n", (await cell.ShellAsync("head -c 2M /dev/zero > /scratch/fill 2>/dev/null || echo full")).Output);
        var other = await scene.OpenAsync(mount);
        Assert.AreEqual("", (await other.ShellAsync("ls /scratch")).Output);
    }

    [TestMethod]
    public async Task FilesExistOnlyInside()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(new CellRequest
        {
            Name = "test/cell",
            Mounts = [new CellMount(null, "/home", MountAccess.ReadWrite, Size: 1 << 20)],
            Files = new Dictionary<string, byte[]>
            {
                ["/etc/hosts"] = Encoding.UTF8.GetBytes("127.77.0.1 api.example\n"),
                ["/opt/capsule/settings.json"] = Encoding.UTF8.GetBytes("{}\n"),
                ["/home/.npmrc"] = Encoding.UTF8.GetBytes("a=b\n"),
            },
        });
        var outcome = await cell.ShellAsync("cat /etc/hosts /opt/capsule/settings.json /home/.npmrc; getent hosts api.example; echo x > /home/.npmrc || echo kept; rm /home/.npmrc || echo kept", NetworkMode.Loopback);
        Assert.AreEqual("127.77.0.1 api.example\n{}\na=b\n127.77.0.1      api.example\nkept\nkept\n", outcome.Output);
    }

    [TestMethod]
    public async Task ProgramsStartOnlyWhereTheyMay()
    {
        await using var scene = new SandboxScene();
        foreach (var name in new[] { "with", "without" })
        {
            File.SetUnixFileMode(
                scene.Folder.Write($"{name}/run", "#!/bin/sh\necho ran\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        }

        var cell = await scene.OpenAsync(scene.Own("with", "/with"), scene.Own("without", "/without") with { Exec = false });
        if (cell.Enforcement.LandlockAbi > 0)
        {
            Assert.AreEqual("ran\n", (await cell.ShellAsync("/with/run; /without/run 2>/dev/null")).All);
        }
    }

    [TestMethod]
    public async Task TheSourceMustExistAndBeNoLink()
    {
        await using var scene = new SandboxScene();
        Directory.CreateDirectory(scene.Folder["real"]);
        Directory.CreateSymbolicLink(scene.Folder["link"], scene.Folder["real"]);
        Assert.AreEqual("CAP5120", await Refusal(scene, new CellMount(scene.Folder["absent"], "/x", MountAccess.ReadOnly)));
        Assert.AreEqual("CAP5121", await Refusal(scene, new CellMount(scene.Folder["link"], "/x", MountAccess.ReadOnly)));
    }

    [TestMethod]
    [DataRow("/")]
    [DataRow("/tmp")]
    [DataRow("/run")]
    [DataRow("/home")]
    [DataRow("/etc")]
    [DataRow("/dev")]
    [DataRow("/proc/sys")]
    [DataRow("/sys/kernel")]
    public async Task FoldersOfTheWholeMachineAreRefused(string source)
    {
        await using var scene = new SandboxScene();
        Assert.AreEqual("CAP5122", await Refusal(scene, new CellMount(source, "/x", MountAccess.ReadOnly)));
    }

    [TestMethod]
    public async Task TheHomeIsRefusedEvenByAnotherName()
    {
        await using var scene = new SandboxScene();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var parts = home.Split('/', StringSplitOptions.RemoveEmptyEntries);
        Directory.CreateSymbolicLink(scene.Folder["to-parent"], "/" + string.Join('/', parts[..^1]));
        Assert.AreEqual("CAP5122", await Refusal(scene, new CellMount(scene.Folder["to-parent", parts[^1]], "/x", MountAccess.ReadOnly)));
    }

    [TestMethod]
    [DataRow("relative")]
    [DataRow("/")]
    [DataRow("/usr/share/x")]
    [DataRow("/proc/x")]
    [DataRow("/dev/x")]
    [DataRow("/.capsule")]
    [DataRow("/etc")]
    [DataRow("/a/../b")]
    [DataRow("/a/")]
    [DataRow("/a//b")]
    public async Task TargetsOfTheSandboxItselfAreRefused(string target)
    {
        await using var scene = new SandboxScene();
        Assert.AreEqual("CAP5125", await Refusal(scene, scene.Own("data", target)));
    }

    [TestMethod]
    public async Task TheSameTargetTwiceIsRefused()
    {
        await using var scene = new SandboxScene();
        Assert.AreEqual("CAP5125", await Refusal(scene, scene.Own("a", "/data"), scene.Own("b", "/data")));
    }

    [TestMethod]
    public async Task WhatAWorkloadWritesToTheUsersFolderBelongsToTheUser()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("data/old", "old\n");
        var owner = FileStatus.Of(scene.Folder["data"])!.Value.Uid;
        var cell = await scene.OpenAsync(scene.Given("data", "/x", MountAccess.ReadWrite));
        var outcome = await cell.ShellAsync("stat -c %u /x/old; cat /x/old; echo new > /x/new; echo more >> /x/old; stat -c %u /x/new");
        Assert.AreEqual("1000\nold\n1000\n", outcome.All);
        Assert.AreEqual("new\n", await File.ReadAllTextAsync(scene.Folder["data", "new"]));
        Assert.AreEqual("old\nmore\n", await File.ReadAllTextAsync(scene.Folder["data", "old"]));
        Assert.AreEqual(owner, FileStatus.Of(scene.Folder["data", "new"])!.Value.Uid);
    }

    [TestMethod]
    public async Task AClosedTreeIsReadByTheCellWithoutOpeningItToOthers()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("store/tree/file", "text");
        File.SetUnixFileMode(scene.Folder["store", "tree", "file"], UnixFileMode.UserRead);
        File.SetUnixFileMode(scene.Folder["store", "tree"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var cell = await scene.OpenAsync(new CellMount(scene.Folder["store", "tree"], "/app", MountAccess.ReadOnly));
        Assert.AreEqual("text", (await cell.ShellAsync("cat /app/file; echo x > /app/file")).Output);
        File.SetUnixFileMode(scene.Folder["store", "tree"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [TestMethod]
    public async Task WhatBubblewrapCannotBuildIsRefusedInItsWords()
    {
        await using var scene = new SandboxScene();
        var refusal = await scene.RefusalAsync(new CellRequest
        {
            Name = "test/cell",
            Mounts = [],
            Files = new Dictionary<string, byte[]> { ["/etc/passwd/below"] = [] },
        });
        Assert.AreEqual("CAP5113", refusal.Code);
        Assert.Contains("/etc/passwd", refusal.Message);
    }

    private static async Task<string> Refusal(SandboxScene scene, params CellMount[] mounts) =>
        (await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = mounts })).Code;
}
