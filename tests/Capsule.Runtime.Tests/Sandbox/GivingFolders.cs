using System.Net.Sockets;
using System.Runtime.InteropServices;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>What a workload can do with a folder of the user's, and what it cannot reach through it (specs: sandbox 2).</summary>
[TestClass]
public partial class GivingFolders
{
    private static readonly bool Root = Environment.UserName == "root";

    [TestMethod]
    public async Task WhatIsGivenToReadIsNotChanged()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("data/deep/file", "text");
        var cell = await scene.OpenAsync(scene.Given("data", "/x", MountAccess.ReadOnly));
        var outcome = await cell.ShellAsync("cat /x/deep/file; echo more >> /x/deep/file; rm -f /x/deep/file; mkdir /x/new; chmod 777 /x/deep; mv /x/deep /x/other; ln /x/deep/file /x/hard");
        Assert.AreEqual("text", outcome.Output);
        Assert.AreEqual("text", await File.ReadAllTextAsync(scene.Folder["data", "deep", "file"]));
        CollectionAssert.AreEqual(new[] { "deep" }, Directory.EnumerateFileSystemEntries(scene.Folder["data"]).Select(Path.GetFileName).ToArray());
    }

    [TestMethod]
    public async Task WhatIsWrittenBelongsToTheFoldersOwner()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("data/old", "old\n");
        const int Somebody = 4242;
        if (Root)
        {
            await Succeeds("/bin/chown", "-R", "4242:4242", scene.Folder["data"]);
            await Succeeds("/bin/chmod", "0700", scene.Folder["data"]);
        }

        var cell = await scene.OpenAsync(scene.Given("data", "/x", MountAccess.ReadWrite));
        var outcome = await cell.ShellAsync("cat /x/old; stat -c %u /x /x/old; mkdir /x/made; echo new > /x/made/new; echo more >> /x/old; cp /bin/true /x/program; /x/program && echo ran");
        Assert.AreEqual("old\n1000\n1000\nran\n", outcome.All);
        Assert.AreEqual("old\nmore\n", await File.ReadAllTextAsync(scene.Folder["data", "old"]));
        foreach (var made in new[] { "made", "made/new", "program" })
        {
            Assert.AreEqual(Root ? Somebody : FileStatus.Of("/proc/self/status")!.Value.Uid, FileStatus.Of(scene.Folder["data", made])!.Value.Uid, made);
        }
    }

    [TestMethod]
    public async Task ALinkInTheFolderLeadsNowhereOutside()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("secret/key", "secret");
        Directory.CreateDirectory(scene.Folder["data"]);
        File.CreateSymbolicLink(scene.Folder["data", "absolute"], scene.Folder["secret", "key"]);
        File.CreateSymbolicLink(scene.Folder["data", "relative"], "../secret/key");
        Directory.CreateSymbolicLink(scene.Folder["data", "up"], "..");
        File.CreateSymbolicLink(scene.Folder["data", "system"], "/etc/passwd");
        var cell = await scene.OpenAsync(scene.Given("data", "/mnt/data", MountAccess.ReadWrite));
        var outcome = await cell.ShellAsync("cd /mnt/data; cat absolute relative up/secret/key; echo x > absolute; ls up; cat system | head -n 1");
        Assert.IsTrue(outcome.Output.StartsWith("data\n", StringComparison.Ordinal), outcome.Output);
        Assert.DoesNotContain("secret", outcome.Output);
        Assert.Contains("/nonexistent", outcome.Output, "the cell's own passwd");
        Assert.AreEqual("secret", await File.ReadAllTextAsync(scene.Folder["secret", "key"]));
    }

    [TestMethod]
    public async Task TheFolderThatWasLookedAtIsGivenWhateverBearsItsNameLater()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("data/which", "the one that was agreed to");
        scene.Folder.Write("secret/which", "secret");
        var given = scene.Given("data", "/x", MountAccess.ReadWrite);
        Directory.Move(scene.Folder["data"], scene.Folder["away"]);
        Directory.CreateSymbolicLink(scene.Folder["data"], scene.Folder["secret"]);

        var cell = await scene.OpenAsync(given);
        Assert.AreEqual("the one that was agreed to", (await cell.ShellAsync("cat /x/which")).All);

        Directory.Move(scene.Folder["away"], scene.Folder["farther"]);
        scene.Folder.Write("away/which", "another");
        Assert.AreEqual("the one that was agreed to", (await cell.ShellAsync("cat /x/which; echo changed > /x/which")).All, "while the cell is open");
        Assert.AreEqual("changed\n", await File.ReadAllTextAsync(scene.Folder["farther", "which"]));
        Assert.AreEqual("secret", await File.ReadAllTextAsync(scene.Folder["secret", "which"]));
    }

    [TestMethod]
    public async Task OnlyAFolderIsGivenAndNeverALink()
    {
        await using var scene = new SandboxScene();
        var file = scene.Folder.Write("data/file", "x");
        Directory.CreateSymbolicLink(scene.Folder["link"], scene.Folder["data"]);
        Assert.AreEqual("CAP5136", HostFolder.Open(scene.Folder["absent"]).Diagnostics.Single().Code);
        Assert.AreEqual("CAP5121", HostFolder.Open(scene.Folder["link"]).Diagnostics.Single().Code);
        Assert.AreEqual("CAP5134", HostFolder.Open(file).Diagnostics.Single().Code);
        Directory.CreateDirectory(scene.Folder["data", "below"]);
        using var above = HostFolder.Open(scene.Folder["link", "below"]).Value!;
        Assert.AreEqual(scene.Folder["data", "below"], above.Path, "a link above is followed, and the path says where to");
    }

    [TestMethod]
    [DataRow("/")]
    [DataRow("/tmp")]
    [DataRow("/run")]
    [DataRow("/home")]
    [DataRow("/usr")]
    [DataRow("/proc/sys")]
    public void WhatBelongsToManyIsNotGiven(string path)
    {
        Assert.AreEqual("CAP5122", HostFolder.Open(path).Diagnostics.Single().Code);
    }

    [TestMethod]
    public void SomebodysWholeHomeIsNotGiven()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var refusal = HostFolder.Open(home).Diagnostics.Single();
        Assert.AreEqual("CAP5122", refusal.Code);
        Assert.Contains("your whole home", refusal.Message);
        var ada = Path.Combine("/home", "ada");
        Assert.AreEqual("it is somebody's whole home", HostPaths.Danger(ada));
        Assert.IsNull(HostPaths.Danger(Path.Combine(ada, "models")));
        Assert.IsNotNull(HostPaths.Danger("/run/user/1000"));
    }

    [TestMethod]
    public async Task AFolderWithASocketIsNotGivenHoweverItWasMade()
    {
        await using var scene = new SandboxScene();
        Directory.CreateDirectory(scene.Folder["data", "deep"]);
        using (var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            listening.Bind(new UnixDomainSocketEndPoint(scene.Folder["data", "deep", "agent.sock"]));
            listening.Listen();
            var refusal = HostFolder.Open(scene.Folder["data"]).Diagnostics.Single();
            Assert.AreEqual("CAP5123", refusal.Code);
            Assert.Contains("deep/agent.sock", refusal.Message);
        }

        File.Delete(scene.Folder["data", "deep", "agent.sock"]);
        HostFolder.Open(scene.Folder["data"]).Value!.Dispose();

        // The kernel lists a socket that was bound by a relative path under that path alone.
        await Succeeds("/usr/bin/perl", "-MSocket", "-e", "chdir $ARGV[0]; socket(my $s, AF_UNIX, SOCK_STREAM, 0); bind($s, sockaddr_un('agent')) or die $!", scene.Folder["data", "deep"]);
        Assert.AreEqual("CAP5123", HostFolder.Open(scene.Folder["data"]).Diagnostics.Single().Code);
    }

    /// <summary>Other runners bind below their own <c>/proc/self/fd</c>; what their numbers mean here is none of theirs.</summary>
    [TestMethod]
    public async Task ASocketThatIsNamedByAnothersDescriptorIsNotLookedUpAmongOurs()
    {
        await using var scene = new SandboxScene();
        using var elsewhere = HeldFolder.Open(Directory.CreateDirectory(scene.Folder["elsewhere"]).FullName);
        using var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(elsewhere.StablePath + "/s"));
        listening.Listen();

        // From here on the number in the socket's name stands for the folder that is given.
        using var data = HeldFolder.Open(Directory.CreateDirectory(scene.Folder["data"]).FullName);
        Assert.AreEqual(elsewhere.Number, Duplicate(data.Number, elsewhere.Number));
        HostFolder.Open(scene.Folder["data"]).Value!.Dispose();
        Assert.AreEqual("CAP5123", HostFolder.Open(scene.Folder["elsewhere"]).Diagnostics.Single().Code, "where it really lies");
    }

    [TestMethod]
    public async Task TwoCellsShareAFolder()
    {
        await using var scene = new SandboxScene();
        var (first, second) = (await scene.OpenAsync(scene.Given("data", "/x", MountAccess.ReadWrite)), await scene.OpenAsync(scene.Given("data", "/y", MountAccess.ReadWrite)));
        Assert.AreEqual("", (await first.ShellAsync("echo one > /x/letter")).All);
        Assert.AreEqual("one\n", (await second.ShellAsync("cat /y/letter; echo two >> /y/letter")).All);
        Assert.AreEqual("one\ntwo\n", (await first.ShellAsync("cat /x/letter; rm /x/letter")).All);
    }

    [TestMethod]
    public async Task AFileSystemThatMapsNoIdsIsRefusedByNameToARootRunner()
    {
        await using var scene = new SandboxScene();
        foreach (var name in new[] { "memory", "lower", "upper", "work", "overlay" })
        {
            Directory.CreateDirectory(scene.Folder[name]);
        }

        if (!Root)
        {
            // The runner's own user needs no mapping, whatever the file system.
            var own = await scene.OpenAsync(scene.Given("memory", "/x", MountAccess.ReadWrite));
            Assert.AreEqual("1000\n", (await own.ShellAsync("stat -c %u /x")).All);
            return;
        }

        await using var memory = await MountedAsync(scene.Folder["memory"], "-t", "ramfs", "none");
        await using var overlay = await MountedAsync(
            scene.Folder["overlay"], "-t", "overlay", "-o", $"lowerdir={scene.Folder["lower"]},upperdir={scene.Folder["upper"]},workdir={scene.Folder["work"]}", "overlay");
        foreach (var name in new[] { "memory", "overlay" })
        {
            scene.Folder.Write($"{name}/file", "text");
            using var folder = HostFolder.Open(scene.Folder[name]).Value!;
            var mount = new CellMount(folder.Path, "/x", MountAccess.ReadWrite, Host: folder);
            var refusal = await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = [mount] });
            Assert.AreEqual("CAP5124", refusal.Code);
            Assert.Contains(scene.Folder[name], refusal.Message);

            await Succeeds("/bin/chmod", "0700", scene.Folder[name]);
            Assert.AreEqual("CAP5124", (await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = [mount with { Access = MountAccess.ReadOnly }] })).Code, "nor can it be read");
            await Succeeds("/bin/chmod", "0755", scene.Folder[name]);
            await using var cell = await scene.OpenAsync(mount with { Access = MountAccess.ReadOnly });
            Assert.AreEqual("text", (await cell.ShellAsync("cat /x/file")).All, "what everyone may read needs no mapping");
        }
    }

    private static async Task<Mounted> MountedAsync(string at, params string[] arguments)
    {
        await Succeeds("/bin/mount", [.. arguments, at]);
        return new Mounted(at);
    }

    private static async Task Succeeds(string program, params string[] arguments)
    {
        var outcome = await Command.RunAsync(program, arguments);
        Assert.AreEqual(0, outcome.ExitCode, outcome.All);
    }

    private sealed record Mounted(string At) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await Succeeds("/bin/umount", "--lazy", At);
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int descriptor, int target);
}
