using System.Reflection;
using System.Security.Cryptography;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Toolchains;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>Vulnerabilities of sandboxes and local servers that have had a number, each tried here by its way (specs: anchors 7.1).</summary>
[TestClass]
public class KnownVulnerabilities
{
    private static readonly string[] OfRunning =
    [
        "CVE-2017-5226", "CVE-2019-5736", "CVE-2019-10063", "CVE-2021-21261", "CVE-2021-41133", "CVE-2024-21626", "CVE-2024-32462", "CVE-2024-42472",
        "CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881", "CVE-2025-49596", "CVE-2025-66414", "CVE-2025-66416", "CVE-2026-34078", "CVE-2026-34079", "CVE-2026-87766",
    ];

    private const string Calls =
        """
        my ($program, @calls) = @ARGV;
        for (@calls) { my ($number, $second) = split /:/; my $c = "x"; my $r = syscall($number, 0, defined $second ? $second + 0 : 0, $c, 0, 0, 0); print $r == -1 ? $! + 0 : "done", " " }
        """;

    [TestMethod]
    public void EachHasATestOfItsName()
    {
        var names = typeof(KnownVulnerabilities).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .Where(m => m.GetCustomAttribute<TestMethodAttribute>() is not null).Select(m => m.Name).ToArray();
        Assert.IsEmpty(OfRunning.Where(id => !names.Any(n => n.StartsWith(id.Replace('-', '_') + "_", StringComparison.Ordinal))));
    }

    /// <summary>TIOCSTI types into the terminal that the sandbox was started from; TIOCLINUX pastes there.</summary>
    [TestMethod]
    public async Task CVE_2017_5226_NothingIsTypedIntoATerminal() => Assert.AreEqual("1 1 ", await CallAsync("16:21522", "16:21532"));

    /// <summary>The same request with bits above the 32 that the kernel looks at.</summary>
    [TestMethod]
    public async Task CVE_2019_10063_UpperBitsOfARequestHideNothing() =>
        Assert.AreEqual("1 1 1 ", await CallAsync($"16:{0x1_0000_5412}", $"16:{0x7fff_ffff_0000_5412}", $"16:{0x1_0000_541c}"));

    /// <summary>The newer calls for mounts, which old filters did not know.</summary>
    [TestMethod]
    public async Task CVE_2021_41133_NoCallForMountsIsForgotten()
    {
        var answers = (await CallAsync("161", "155", "165", "166", "428", "429", "430", "431", "432", "433", "442", "467")).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.HasCount(12, answers);
        Assert.IsTrue(answers.All(a => a is "1" or "38"), string.Join(' ', answers));
    }

    /// <summary>Variables that a package chooses took effect outside of its sandbox, on the helper that started it.</summary>
    [TestMethod]
    public async Task CVE_2021_21261_VariablesOfAProcessReachNothingButIt()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("app", "/app"));
        var outcome = await cell.RunAsync(CellProcesses.Shell("for p in /proc/[0-9]*; do [ $p = /proc/$$ ] || tr '\\0' '\\n' < $p/environ | grep MARK; done 2>/dev/null; cat /proc/1/maps | grep evil; echo $MARK") with
        {
            Env = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["MARK"] = "mine", ["GCONV_PATH"] = "/app", ["BASH_ENV"] = "/app/evil", ["LD_LIBRARY_PATH"] = "/app/evil" },
        });
        Assert.AreEqual("mine", outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], outcome.All);
        foreach (var pid in Children(scene.Sandbox.OuterPid).Append(scene.Sandbox.OuterPid))
        {
            // bubblewrap says to itself where it is.
            Assert.AreEqual("", Read($"/proc/{pid}/environ").Replace("PWD=/\0", "", StringComparison.Ordinal), "what starts sandboxes has no variables");
        }
    }

    /// <summary>A command that looks like an option of bubblewrap was taken for one.</summary>
    [TestMethod]
    public async Task CVE_2024_32462_ACommandIsNeverAnOption()
    {
        await using var scene = new SandboxScene();
        var secret = scene.Folder.Write("host/secret", "secret");
        Directory.CreateDirectory(scene.Folder["--bind"]);
        var cell = await scene.OpenAsync(new CellRequest { Name = "--ro-bind", Mounts = [scene.Own("--bind", "/--bind")] });
        foreach (var argv in new string[][] { ["--bind", "/", "/"], ["--ro-bind", scene.Folder["host"], "/host", "/bin/cat", secret], ["--"] })
        {
            var started = await cell.StartAsync(CellProcesses.Shell("") with { Argv = argv }, CancellationToken.None);
            Assert.AreEqual("CAP5116", started.Diagnostics.Single().Code);
        }

        Assert.AreEqual("--args 3 --bind / /\n", (await cell.RunAsync(CellProcesses.Shell("") with { Argv = ["/bin/echo", "--args", "3", "--bind", "/", "/"] })).Output);
        Assert.AreNotEqual(0, (await cell.ShellAsync($"cat {secret} /host/secret")).ExitCode);
    }

    /// <summary>runc: the workload overwrites the program that set its sandbox up, through /proc.</summary>
    [TestMethod]
    public async Task CVE_2019_5736_TheInitCannotBeOverwrittenFromInside()
    {
        var before = SHA256.HashData(await File.ReadAllBytesAsync(SandboxScene.InitPath));
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("app", "/app"));
        var outcome = await cell.ShellAsync(
            """
            printf '#!/proc/self/exe\n' > /app/again; chmod +x /app/again
            for i in 1 2 3 4 5 6 7 8; do
              outer=/proc/1/root; for f in /proc/1/exe /proc/self/exe /.capsule/init $outer/.capsule/init; do (echo evil > $f) 2>/dev/null && echo wrote $f; done
              /app/again 2>/dev/null
              perl -e 'sysopen(F, "/proc/1/exe", 010000000) or exit; open(G, ">", "/proc/self/fd/" . fileno F) and print "wrote by descriptor\n"'
            done
            echo end
            """);
        Assert.AreEqual("end\n", outcome.Output);
        CollectionAssert.AreEqual(before, SHA256.HashData(await File.ReadAllBytesAsync(SandboxScene.InitPath)));
    }

    /// <summary>runc: a working directory that is a descriptor of the host's, leaked while the sandbox is set up.</summary>
    [TestMethod]
    public async Task CVE_2024_21626_NoDescriptorIsAWorkingDirectory()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        for (var descriptor = 0; descriptor < 24; descriptor++)
        {
            var started = await cell.StartAsync(CellProcesses.Shell("pwd -P; ls ..") with { Cwd = $"/proc/self/fd/{descriptor}" }, CancellationToken.None);
            Assert.AreEqual("CAP5117", started.Diagnostics.Single().Code, started.Value is null ? "" : (await started.Value.FinishAsync()).All);
        }
    }

    /// <summary>runc: /dev/null, over which secrets are masked, replaced by a link of the workload's while the sandbox is set up.</summary>
    [TestMethod]
    public async Task CVE_2025_31133_NothingIsMaskedByWhatAWorkloadCanReplace()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("state", "/state"));
        Assert.AreEqual("", (await cell.ShellAsync("(rm /dev/null || mv /dev/null /dev/x || ln -sf /proc/sys/kernel/core_pattern /dev/null) 2>/state/err && echo replaced; mkdir -p /state/dev; ln -s /proc/sys/kernel/core_pattern /state/dev/null; ln -s / /state/link")).Output);
        await cell.DisposeAsync();
        foreach (var target in new[] { "/state/dev/null", "/state/link/etc" })
        {
            Assert.AreEqual("CAP5126", (await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = [scene.Own("state", "/state"), new CellMount(null, target, MountAccess.ReadWrite)] })).Code);
        }
    }

    /// <summary>runc: the console, mounted over what a link at /dev/pts/N leads to.</summary>
    [TestMethod]
    public async Task CVE_2025_52565_ThereIsNoConsole()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        Assert.AreEqual("", (await cell.ShellAsync("ls /dev/console /dev/tty1 /dev/pts/[0-9]* 2>/dev/null; (: > /dev/tty) 2>/dev/null && echo a terminal; ln -s / /dev/pts/0 2>/dev/null && echo a link")).Output);
    }

    /// <summary>runc: writes of the runtime to /proc led elsewhere by what the workload shares with the setting up.</summary>
    [TestMethod]
    public async Task CVE_2025_52881_NoFileOfProcWritesToTheMachine()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("state", "/state"));
        var outcome = await cell.ShellAsync(
            """
            for f in /proc/sysrq-trigger /proc/sys/kernel/core_pattern /proc/sys/vm/drop_caches /proc/1/attr/exec /proc/1/oom_score_adj /proc/1/uid_map; do
              (cat $f > /dev/null; echo x > $f) 2>/dev/null && echo wrote $f
            done
            mount -t tmpfs none /proc 2>/dev/null && echo covered; echo end
            """);
        Assert.AreEqual("end\n", outcome.Output);
    }

    /// <summary>flatpak: a kept folder that became a link to a folder of the host, and links planted in one.</summary>
    [TestMethod]
    public async Task CVE_2024_42472_AKeptFolderThatBecameALinkIsNotFollowed()
    {
        await using var scene = new SandboxScene();
        var victim = Path.GetDirectoryName(scene.Folder.Write("victim/secret", "secret"))!;
        var owner = FileStatus.Of(Path.Combine(victim, "secret"));
        var kept = scene.Own("state", "/state");
        var cell = await scene.OpenAsync(kept);
        await cell.ShellAsync($"ln -s {victim} /state/folder; ln -s {victim}/secret /state/file");
        await cell.DisposeAsync();
        var next = await scene.OpenAsync(kept);
        Assert.AreNotEqual(0, (await next.ShellAsync("cat /state/folder/secret /state/file; echo evil > /state/file")).ExitCode);
        await next.DisposeAsync();
        Assert.AreEqual(owner, FileStatus.Of(Path.Combine(victim, "secret")), "handing the folder over did not follow the link");

        Directory.Move(scene.Folder["state"], scene.Folder["old"]);
        Directory.CreateSymbolicLink(scene.Folder["state"], victim);
        Assert.AreEqual("CAP5121", (await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = [kept] })).Code);
        Assert.AreEqual("secret", await File.ReadAllTextAsync(Path.Combine(victim, "secret")));
    }

    /// <summary>bubblewrap: a folder turned into a link while the sandbox is set up.</summary>
    [TestMethod]
    public async Task CVE_2026_87766_AFolderThatBecomesALinkDuringTheSetUpIsNotFollowed()
    {
        await using var scene = new SandboxScene();
        var victim = Path.GetDirectoryName(scene.Folder.Write("victim/secret", "secret"))!;
        var owner = FileStatus.Of(victim);
        var request = new CellRequest { Name = "test/cell", Mounts = [scene.Own("state", "/state")] };
        using var stop = new CancellationTokenSource();
        var turning = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                Directory.Move(scene.Folder["state"], scene.Folder["aside"]);
                Directory.CreateSymbolicLink(scene.Folder["state"], victim);
                File.Delete(scene.Folder["state"]);
                Directory.Move(scene.Folder["aside"], scene.Folder["state"]);
            }
        });
        for (var round = 0; round < 30; round++)
        {
            var opened = await scene.Sandbox.OpenAsync(request, CancellationToken.None);
            if (opened.Value is { } cell)
            {
                Assert.AreEqual("", (await cell.ShellAsync("ls -A /state; echo evil > /state/secret; rm -f /state/secret")).Output);
                await cell.DisposeAsync();
            }
        }

        await stop.CancelAsync();
        await turning;
        Assert.AreEqual(("secret", owner), (await File.ReadAllTextAsync(Path.Combine(victim, "secret")), FileStatus.Of(victim)));
        Assert.HasCount(1, Directory.GetFileSystemEntries(victim));
    }

    /// <summary>flatpak: a path that the package chose, and that is a link, was bound into the sandbox.</summary>
    [TestMethod]
    public async Task CVE_2026_34078_ALinkIsNeverBound()
    {
        await using var scene = new SandboxScene();
        scene.Folder.Write("victim/secret", "secret");
        Directory.CreateSymbolicLink(scene.Folder["exposed"], scene.Folder["victim"]);
        File.CreateSymbolicLink(scene.Folder["file"], scene.Folder["victim", "secret"]);
        foreach (var source in new[] { "exposed", "file" })
        {
            Assert.AreEqual("CAP5121", HostFolder.Open(scene.Folder[source]).Diagnostics.Single().Code, source);
            var mount = new CellMount(scene.Folder[source], "/mnt/data", MountAccess.ReadOnly);
            Assert.AreEqual("CAP5121", (await scene.RefusalAsync(new CellRequest { Name = "test/cell", Mounts = [mount] })).Code, source);
        }
    }

    /// <summary>flatpak: clearing away what a package left deleted files of the host through its links.</summary>
    [TestMethod]
    public async Task CVE_2026_34079_ClearingAwayDeletesNothingOfTheHost()
    {
        await using var scene = new SandboxScene();
        var victim = Path.GetDirectoryName(scene.Folder.Write("victim/secret", "secret"))!;
        var cell = await scene.OpenAsync(scene.Own("work", "/mine"));
        await cell.ShellAsync($"mkdir -p /mine/a/b; ln -s {victim} /mine/a/b/folder; ln -s {victim} /mine/a/c; ln -s {victim}/secret /mine/file; ln -s / /mine/all; chmod 0 /mine/a/b");
        await cell.DisposeAsync();
        ReadOnlyTree.Remove(scene.Folder["work"]);
        Assert.IsFalse(Directory.Exists(scene.Folder["work"]));
        Assert.AreEqual("secret", await File.ReadAllTextAsync(Path.Combine(victim, "secret")));
    }

    /// <summary>System calls as <c>number:second argument</c>, on descriptor 0; the error numbers, or "done".</summary>
    private static async Task<string> CallAsync(params string[] calls)
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.RunAsync(CellProcesses.Shell("") with { Argv = ["/usr/bin/perl", "-e", Calls, "calls", .. calls] });
        Assert.AreEqual(0, outcome.ExitCode, outcome.All);
        return outcome.Output;
    }

    private static IEnumerable<int> Children(int pid) =>
        from task in Directory.GetDirectories($"/proc/{pid}/task")
        from child in Read(task + "/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
        let number = int.Parse(child, System.Globalization.CultureInfo.InvariantCulture)
        from below in Children(number).Append(number)
        select below;

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
