using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>
/// Machines on which one wall cannot be built, made with the means of this one: the program as it is refuses to start anything, names
/// the wall and the remedy, and <c>capsule doctor</c> says the same. Only the two shims for bubblewrap are doubles.
/// </summary>
[TestClass]
public sealed class FailingClosed : IDisposable
{
    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private readonly CapsuleProgram _capsule = new();

    public FailingClosed()
    {
        _capsule.Write("app/capsule.toml", Programs.Native("tool.sh"));
        _capsule.Write("app/tool.sh", "#!/bin/sh\necho it ran\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_capsule["app", "tool.sh"], (UnixFileMode)0b111_101_101);
        }
    }

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    [DataRow("chmod 757 $X", "CAP5103", "take away write access", DisplayName = "a bubblewrap that anyone may write")]
    [DataRow("chown 12345 $X", "CAP5103", "Give it and its folder to root", DisplayName = "a bubblewrap that is not root's")]
    [DataRow("printf '#!/bin/sh\\necho bubblewrap 0.4.1\\n' > $X", "CAP5102", "Install bubblewrap 0.8.0", DisplayName = "a bubblewrap that is too old (shim)")]
    [DataRow("printf '#!/bin/sh\\ncase $1 in --version|--help) exec %s $1;; esac\\n' $REAL > $X", "CAP5113", "capsule doctor", DisplayName = "a bubblewrap that does nothing (shim)")]
    public async Task WithABubblewrapThatBuildsNoWalls(string change, string code, string remedy) => await RefusesAsync(
        $"REAL=$(mktemp -p {_capsule.Temporary}); X=$(mktemp -p {_capsule.Temporary}); cp /usr/bin/bwrap $REAL; cp /usr/bin/bwrap $X; chmod 755 $X $REAL; {change}; mount --bind $X /usr/bin/bwrap",
        code, remedy);

    [TestMethod]
    public async Task WithAnInitThatWasChanged()
    {
        var init = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "capsule-init");
        await RefusesAsync($"X={_capsule.Temporary}/init; cp {init} $X; printf x >> $X; mount --bind $X {init}", "CAP5108", "Reinstall capsule");
    }

    [TestMethod]
    public async Task WithAProcOfWhichPartsAreCovered() => await RefusesAsync("mount -t tmpfs none /proc/irq", "CAP5142", "systempaths=unconfined");

    [TestMethod]
    public async Task AsRootWithoutARangeOfUsers()
    {
        NeedsRoot();
        File.Delete(Path.Combine(_capsule.Home, "config.toml"));
        await RefusesAsync("true", "CAP5109", "sandbox.uid_range");
    }

    [TestMethod]
    public async Task AsARootWithoutItsRights()
    {
        NeedsRoot();
        await RefusesAsync([.. Bubblewrap, "--unshare-user", "--disable-userns", "--cap-drop", "ALL"], "CAP5148", "ordinary user");
    }

    [TestMethod]
    public async Task WhereTheOwnersOfFilesAreHidden()
    {
        NeedsRoot();
        File.Delete(Path.Combine(_capsule.Home, "config.toml"));
        await RefusesAsync([.. Bubblewrap, "--unshare-user", "--uid", "1000", "--gid", "1000", "--tmpfs", "/usr/bin", "--ro-bind", await ForeignAsync(), "/usr/bin/bwrap"], "CAP5144", "outside of the sandbox");
    }

    /// <summary>For real: a user namespace of the test's own with room for no other. The runner is its root user.</summary>
    [TestMethod]
    public async Task WhereUserNamespacesAreUsedUp()
    {
        NeedsRoot();
        const string Exhaust =
            """
            pipe(my $go, my $ready); pipe(my $mapped, my $map);
            my $child = fork // die;
            if (!$child) {
                syscall(272, 0x10020000) == 0 or die "unshare: $!"; syswrite $ready, 'x'; close $map; sysread $mapped, my $x, 1;
                $) = '0 0'; $< = $> = 0;
                open my $most, '>', '/proc/sys/user/max_user_namespaces' or die "most: $!"; print $most 0; close $most or die "most: $!";
                exec @ARGV; die $!;
            }
            sysread $go, my $x, 1;
            for my $kind ('uid', 'gid') { open my $file, '>', "/proc/$child/${kind}_map" or die; print $file "0 0 300000\n"; close $file or die "$kind: $!" }
            syswrite $map, 'x'; waitpid $child, 0; exit $? >> 8;
            """;
        await RefusesAsync(["/usr/bin/perl", "-e", Exhaust], "CAP5105", "user.max_user_namespaces");
    }

    [TestMethod]
    public async Task WithoutLandlockWhereItIsRequired()
    {
        var warned = await RunAsync([.. WithoutLandlock, Dotnet, CapsuleProgram.Program, "run", "app"]);
        Assert.AreEqual(0, warned.ExitCode, warned.All);
        StringAssert.Contains(warned.All, "it ran");
        StringAssert.Contains(warned.Error, "CAP5112: This kernel has no Landlock", "the second wall is missing, and the run says so");
        var doctor = await RunAsync([.. WithoutLandlock, Dotnet, CapsuleProgram.Program, "doctor"]);
        Assert.AreEqual(0, doctor.ExitCode, doctor.All);
        StringAssert.Contains(doctor.Output, "warn  landlock: CAP5112");

        Directory.Delete(Path.Combine(_capsule.Home, "runs"), recursive: true);
        var config = Path.Combine(_capsule.Home, "config.toml");
        var sandbox = File.Exists(config) ? await File.ReadAllTextAsync(config) : "[sandbox]\n";
        await File.WriteAllTextAsync(config, sandbox + "landlock = \"required\"\n");
        await RefusesAsync(WithoutLandlock, "CAP5112", "5.13");
    }

    private static string[] Bubblewrap { get; } = ["/usr/bin/bwrap", "--dev-bind", "/", "/"];

    /// <summary>A filter that answers the three calls of Landlock as a kernel that does not have them.</summary>
    private static string[] WithoutLandlock { get; } =
    [
        "/usr/bin/perl", "-e",
        """
        my @lines = ([0x20, 0, 0, 0], [0x35, 0, 2, 444], [0x35, 1, 0, 447], [6, 0, 0, 0x50000 | 38], [6, 0, 0, 0x7fff0000]);
        my $filter = join '', map { pack 'SCCL', @$_ } @lines;
        syscall(157, 38, 1, 0, 0, 0) == 0 or die $!;
        my $program = pack 'Sx6Q', length($filter) / 8, unpack('Q', pack('P', $filter));
        syscall(317, 1, 0, $program) == 0 or die $!;
        exec @ARGV;
        """,
    ];

    private static void NeedsRoot()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("Users and their namespaces can be arranged by root only.");
        }
    }

    /// <summary>A bubblewrap whose owner no namespace of one user knows.</summary>
    private async Task<string> ForeignAsync()
    {
        var copy = Path.Combine(_capsule.Temporary, "bwrap");
        var made = await Command.RunAsync("sh", ["-c", "cp /usr/bin/bwrap $0 && chmod 755 $0 && chown 12345:12345 $0", copy]);
        Assert.AreEqual(0, made.ExitCode, made.All);
        return copy;
    }

    private Task RefusesAsync(string before, string code, string remedy)
    {
        NeedsRoot();
        return RefusesAsync(["unshare", "--mount", "sh", "-c", before + " && exec \"$0\" \"$@\""], code, remedy);
    }

    /// <param name="through">Makes the machine and runs a command on it.</param>
    /// <param name="code">What both the run and the doctor say.</param>
    /// <param name="remedy">In words of the hint.</param>
    private async Task RefusesAsync(string[] through, string code, string remedy)
    {
        var run = await RunAsync([.. through, Dotnet, CapsuleProgram.Program, "run", "app"]);
        Assert.AreEqual(7, run.ExitCode, run.All);
        CollectionAssert.AreEqual(new[] { code }, run.Errors().ToArray(), run.All);
        StringAssert.Contains(run.Error, remedy);
        Assert.IsFalse(run.All.Contains("it ran", StringComparison.Ordinal), "the package did not start");
        Assert.IsFalse(run.All.Contains("   at Capsule.", StringComparison.Ordinal), run.All);
        Assert.IsEmpty(HostProcesses.With($"CAPSULE_HOME={_capsule.Home}"), "no process is left");
        foreach (var folder in Directory.GetDirectories(Path.Combine(_capsule.Home, "runs")))
        {
            var record = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "record.json")))!;
            Assert.AreEqual("failed", (string?)record["state"]);
            Assert.IsEmpty(record["processes"]!.AsArray(), "nothing of the package was a process");
            Assert.IsNull(record["address"], "and nothing listened");
            Assert.IsEmpty(Leftovers.In(folder), folder);
        }

        var doctor = await RunAsync([.. through, Dotnet, CapsuleProgram.Program, "doctor"]);
        Assert.AreEqual(7, doctor.ExitCode, doctor.All);
        StringAssert.Contains(doctor.Output, ": " + code);
        StringAssert.Contains(doctor.Error, remedy);
    }

    private Task<Command> RunAsync(string[] command) => Command.RunAsync(command[0], command[1..], _capsule.Folder, _capsule.Variables());
}
