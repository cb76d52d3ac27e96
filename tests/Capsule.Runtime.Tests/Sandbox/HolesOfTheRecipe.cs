using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>The seven holes of the plain recipe (specs: sandbox 1), each closed.</summary>
[TestClass]
public class HolesOfTheRecipe
{
    /// <summary>A pool thread retires after 20 to 45 seconds.</summary>
    private static readonly TimeSpan Idle = Environment.GetEnvironmentVariable("CAPSULE_LONG") == "1" ? TimeSpan.FromSeconds(75) : TimeSpan.FromSeconds(1);

    [TestMethod]
    public async Task Hole1_ACellOutlivesTheThreadThatOpenedIt()
    {
        await using var scene = new SandboxScene();
        ICell? cell = null;
        var opener = new Thread(() => cell = scene.OpenAsync().GetAwaiter().GetResult());
        opener.Start();
        opener.Join();

        var outer = scene.Sandbox.OuterPid;
        var byMainThread = (await File.ReadAllTextAsync($"/proc/{outer}/task/{outer}/children")).Trim();
        Assert.IsTrue(int.TryParse(byMainThread, NumberStyles.None, CultureInfo.InvariantCulture, out var bubblewrap), "the main thread started exactly one process");
        Assert.AreEqual("bwrap\n", await File.ReadAllTextAsync($"/proc/{bubblewrap}/comm"));

        await Task.Delay(Idle);
        Assert.AreEqual("alive\n", (await cell!.ShellAsync("echo alive")).Output);
    }

    [TestMethod]
    public async Task Hole2_AReadOnlyProjectCannotBeChangedFromInside()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("project/.git/config", "[core]\n");
        Directory.CreateDirectory(scene.Folder["project", "obj"]);
        var cell = await scene.OpenAsync(scene.Own("project", "/app", MountAccess.ReadOnly));
        var outcome = await cell.ShellAsync(
            "cd /app; echo evil >> .git/config; echo x > Directory.Build.targets; ln -s /etc/passwd obj/link; rm .git/config; mv obj other; chmod 777 .git/config; touch .git/config; ls -A");
        Assert.AreEqual(".git\nobj\n", outcome.Output);
        Assert.AreEqual("[core]\n", await File.ReadAllTextAsync(scene.Folder["project", ".git", "config"]));
        Assert.IsEmpty(Directory.GetFileSystemEntries(scene.Folder["project", "obj"]));
    }

    [TestMethod]
    public async Task Hole3_NothingIsMountedBelowAFolderThatAWorkloadMayFill()
    {
        await using var scene = new SandboxScene();
        Directory.CreateDirectory(scene.Folder["host"]);
        Directory.CreateDirectory(scene.Folder["app"]);
        Directory.CreateSymbolicLink(scene.Folder["app", "link"], scene.Folder["host"]);
        var refusal = await scene.RefusalAsync(new CellRequest
        {
            Name = "test/cell",
            Mounts = [scene.Own("app", "/app"), new CellMount(null, "/app/link/x", MountAccess.ReadWrite)],
        });
        Assert.AreEqual("CAP5126", refusal.Code);
        var file = await scene.RefusalAsync(new CellRequest
        {
            Name = "test/cell",
            Mounts = [scene.Own("app", "/app")],
            Files = new Dictionary<string, byte[]> { ["/app/link/settings"] = [] },
        });
        Assert.AreEqual("CAP5126", file.Code);
        Assert.IsEmpty(Directory.GetFileSystemEntries(scene.Folder["host"]));
    }

    [TestMethod]
    public async Task Hole4_ALinkInPlaceOfAWorkloadsSocketIsNotFollowed()
    {
        await using var scene = new SandboxScene();
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        agent.Bind(new UnixDomainSocketEndPoint(scene.Folder["agent.sock"]));
        agent.Listen();
        var cell = await scene.OpenAsync(scene.Own("run", "/run/app"));
        await cell.ShellAsync($"ln -s {scene.Folder["agent.sock"]} /run/app/ingress.sock");
        using var folder = HeldFolder.Open(scene.Folder["run"]);
        await Assert.ThrowsExactlyAsync<IOException>(() => folder.ConnectAsync("ingress.sock", CancellationToken.None));

        Assert.AreEqual("CAP5123", HostFolder.Open(scene.Folder.Path).Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task Hole5_RootAndDevicesAreReadOnlySmallAndNameless()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync(
            """
            touch /x /dev/x /etc/x /run/x /var/x /.capsule/x 2>&1 | grep -c 'Read-only\|denied'
            hostname
            df -m --output=size /tmp /dev/shm | tail -n 2
            head -c 300M /dev/zero > /dev/shm/fill || echo full
            ls -A /
            """);
        Assert.AreEqual("6\ncapsule\n     1024\n      256\nfull\n", outcome.Output[..outcome.Output.IndexOf(".capsule", StringComparison.Ordinal)]);
        foreach (var hidden in new[] { "\nroot\n", "\nhome\n", "\nsys\n", "\nopt\n", "\nboot\n" })
        {
            Assert.DoesNotContain(hidden, outcome.Output);
        }
    }

    [TestMethod]
    public async Task Hole6_AListenerOfOursLeavesEveryOtherPortToTheWorkload()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        using var ours = await cell.ListenAsync(3128, CancellationToken.None);
        const string Bind = "perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(LocalAddr=>shift,Listen=>1) ? \"bound\\n\" : \"taken\\n\"' ";
        var outcome = await cell.ShellAsync($"{Bind} 0.0.0.0:3000; {Bind} 127.0.0.1:3001; {Bind} 0.0.0.0:3128", NetworkMode.Loopback);
        Assert.AreEqual("bound\nbound\ntaken\n", outcome.All);
        await Assert.ThrowsExactlyAsync<SocketException>(() => cell.ListenAsync(3128, CancellationToken.None));
    }

    [TestMethod]
    public async Task Hole7_ProgramsStartedWhileCellsOpenInheritNothing()
    {
        const int Rounds = 15;
        await using var scene = new SandboxScene();
        await scene.OpenAsync();
        using var opening = new CancellationTokenSource();
        var cells = Task.Run(async () =>
        {
            while (!opening.IsCancellationRequested)
            {
                await using var cell = (await scene.Sandbox.OpenAsync(new CellRequest { Name = "test/other", Mounts = [scene.Own("data", "/data")] }, CancellationToken.None)).Value!;
                await cell.ShellAsync("true");
            }
        });
        for (var i = 0; i < Rounds; i++)
        {
            var listed = await Command.RunAsync("/bin/sh", ["-c", "ls -l /proc/self/fd"]);
            Assert.DoesNotContain("memfd:capsule", listed.Output);
            Assert.DoesNotContain(scene.Folder.Path, listed.Output);
            Assert.DoesNotContain("capsule-init", listed.Output);
        }

        await opening.CancelAsync();
        await cells;
    }
}
