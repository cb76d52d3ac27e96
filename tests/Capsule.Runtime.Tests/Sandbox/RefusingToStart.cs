using System.Runtime.InteropServices;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox;
using Capsule.Tests;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>Whatever wall cannot be built, nothing starts, and the diagnostic names it (design.md 8, fail closed).</summary>
[TestClass]
public class RefusingToStart
{
    private static readonly CellRequest Empty = new() { Name = "test/cell", Mounts = [] };

    private static string Probe { get; } = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/'))!)!, "SandboxProbe", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')));

    [TestMethod]
    public async Task WithoutBubblewrap()
    {
        await using var scene = new SandboxScene(options => options with { BwrapPath = "/nonexistent/bwrap" });
        var refusal = await scene.RefusalAsync(Empty);
        Assert.AreEqual("CAP5101", refusal.Code);
        Assert.Contains("apt install bubblewrap", refusal.Hint);
        Assert.AreEqual(ExitCode.SandboxRefused, refusal.Kind.Exit);
    }

    [TestMethod]
    public async Task WithABubblewrapThatAnyoneMayReplace()
    {
        await using var scene = new SandboxScene(options => options with { BwrapPath = Path.Combine(Path.GetTempPath(), $"capsule-test-bwrap-{Environment.ProcessId}") });
        var copy = Path.Combine(Path.GetTempPath(), $"capsule-test-bwrap-{Environment.ProcessId}");
        File.Copy("/usr/bin/bwrap", copy, overwrite: true);
        try
        {
            Assert.AreEqual("CAP5103", (await scene.RefusalAsync(Empty)).Code);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [TestMethod]
    public async Task WithAnOldBubblewrap()
    {
        var help = (await Command.RunAsync("/usr/bin/bwrap", ["--help"])).All;
        Assert.IsNull(HostTools.BubblewrapProblem("/usr/bin/bwrap", "0.8.0", help));
        Assert.AreEqual("CAP5102", HostTools.BubblewrapProblem("/usr/bin/bwrap", "0.7.0", help)!.Code);
        Assert.AreEqual("CAP5102", HostTools.BubblewrapProblem("/usr/bin/bwrap", "", help)!.Code);
        var without = HostTools.BubblewrapProblem("/usr/bin/bwrap", "0.11.0", help.Replace("--disable-userns", "", StringComparison.Ordinal))!;
        Assert.AreEqual("CAP5102", without.Code);
        Assert.Contains("--disable-userns", without.Message);
    }

    [TestMethod]
    public void OnAnotherMachine()
    {
        Assert.AreEqual("CAP5100", HostTools.MachineProblem(linux: false, Architecture.X64)!.Code);
        Assert.AreEqual("CAP5106", HostTools.MachineProblem(linux: true, Architecture.Arm64)!.Code);
        Assert.IsNull(HostTools.MachineProblem(linux: true, Architecture.X64));
    }

    [TestMethod]
    public async Task WithoutTheInit()
    {
        await using var scene = new SandboxScene(options => options with { InitPath = "/nonexistent/capsule-init" });
        Assert.AreEqual("CAP5107", (await scene.RefusalAsync(Empty)).Code);
    }

    [TestMethod]
    public async Task WithAnotherInit()
    {
        await using var scene = new SandboxScene(options => options with { InitPath = "/usr/bin/true" });
        Assert.AreEqual("CAP5108", (await scene.RefusalAsync(Empty)).Code);
        Assert.AreEqual("CAP5115", HostTools.InitProblem("init", HostTools.Facts($"protocol={Protocol.Version} landlock=7 seccomp=22\n"))!.Code);
    }

    [TestMethod]
    public async Task NotForALibraryLaidBesideTheInit()
    {
        // It would run with the init's rights, and the check of the init's hash would not see it.
        using var folder = new TemporaryFolder();
        File.Copy(SandboxScene.InitPath, folder["capsule-init"]);
        await File.WriteAllTextAsync(folder["libc.so.6"], "no library");
        var probe = await Command.RunAsync(folder["capsule-init"], [Protocol.ProbeMode]);
        Assert.AreEqual(0, probe.ExitCode, probe.All);
    }

    [TestMethod]
    public void WithAnInitThatCannotBeMadeExecutable()
    {
        Assert.IsFalse(InitBinary.LetAllExecute("/proc/self/status"));
        Assert.AreEqual("CAP5140", SandboxDiagnostics.InitNotExecutable.Code);
    }

    [TestMethod]
    public void ButNotForAnInitAsNuGetUnpacksIt()
    {
        var copy = Path.Combine(Directory.CreateTempSubdirectory("capsule-test-").FullName, "capsule-init");
        File.Copy("/usr/bin/true", copy);
        File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.IsTrue(InitBinary.LetAllExecute(copy));

        Assert.IsTrue(File.GetUnixFileMode(copy).HasFlag(UnixFileMode.OtherExecute));
        Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
    }

    [TestMethod]
    public async Task WhenTheSpawnerDoesNotCome()
    {
        var started = await OuterInit.StartAsync("/usr/bin/false", "/usr/bin/bwrap", CancellationToken.None);
        Assert.AreEqual("CAP5129", started.Diagnostics.Single().Code);
        var absent = await OuterInit.StartAsync("/nonexistent", "/usr/bin/bwrap", CancellationToken.None);
        Assert.AreEqual("CAP5129", absent.Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task AsRootWithoutARangeOfUsers()
    {
        Assert.AreEqual("CAP5109", UidLease.Take(null, "/nonexistent").Diagnostics.Single().Code);
        if (Environment.UserName == "root")
        {
            await using var scene = new SandboxScene(options => options with { UidRange = null });
            var refusal = await scene.RefusalAsync(Empty);
            Assert.AreEqual("CAP5109", refusal.Code);
            Assert.Contains("sandbox.uid_range", refusal.Hint);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("61000")]
    [DataRow("x-y")]
    [DataRow("61099-61000")]
    [DataRow("0-10")]
    [DataRow("65000-65534")]
    [DataRow("65535-65600")]
    public void WithARangeThatIsNotPrivate(string text) => Assert.AreEqual("CAP5110", UidRange.Parse(text).Diagnostics.Single().Code);

    [TestMethod]
    public void WhenAllUsersOfTheRangeAreTaken()
    {
        using var folder = new TemporaryFolder();
        var range = UidRange.Parse("61200-61201").Value;
        using var first = UidLease.Take(range, folder.Path).Value;
        using var second = UidLease.Take(range, folder.Path).Value;
        Assert.AreEqual((61200, 61201), (first!.Uid, second!.Uid));
        Assert.AreEqual("CAP5111", UidLease.Take(range, folder.Path).Diagnostics.Single().Code);
        first.Dispose();
        using var again = UidLease.Take(range, folder.Path).Value;
        Assert.AreEqual(61200, again!.Uid);
    }

    [TestMethod]
    public async Task WithAHandshakeThatLies()
    {
        // This process plays the exec copy; it is not sealed, whatever it says.
        var (ours, theirs) = Descriptors.PacketPair();
        using (theirs)
        using (var handshake = new SealHandshake(ours, CellProcesses.Shell("true"), hostNetwork: false, uid: 61000, initPid: Environment.ProcessId, timeout: TimeSpan.FromSeconds(10)))
        {
            PacketSocket.Send(theirs.Number(), new Packet(PacketKind.Sealed, 0, 7, 1));
            var problem = await handshake.RunAsync(CancellationToken.None);
            Assert.AreEqual("CAP5114", problem!.Code);
        }

        Assert.IsNotNull(ProcessStatus.Read(Environment.ProcessId)!.OpenWall(Environment.UserName == "root" ? 0 : -1, hostNetwork: false));
    }

    [TestMethod]
    public async Task WhenAStepOfTheSealFails()
    {
        const int InvalidArgument = 22;
        var (ours, theirs) = Descriptors.PacketPair();
        using (theirs)
        using (var handshake = new SealHandshake(ours, CellProcesses.Shell("true"), hostNetwork: false, 61000, Environment.ProcessId, timeout: TimeSpan.FromSeconds(10)))
        {
            PacketSocket.Send(theirs.Number(), new Packet(PacketKind.Failed, 0, (int)InitStep.Landlock, InvalidArgument));
            var problem = await handshake.RunAsync(CancellationToken.None);
            Assert.AreEqual("CAP5118", problem!.Code);
            Assert.Contains("Landlock", problem.Message);
        }
    }

    [TestMethod]
    public async Task AfterTheCellHasEnded()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        await cell.DisposeAsync();
        Assert.AreEqual("CAP5127", (await cell.StartAsync(CellProcesses.Shell("true"), CancellationToken.None)).Diagnostics.Single().Code);
        await Assert.ThrowsExactlyAsync<IOException>(() => cell.ListenAsync(0, CancellationToken.None));
    }

    [TestMethod]
    public async Task WithANulInAnArgument()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var started = await cell.StartAsync(CellProcesses.Shell("true\0false"), CancellationToken.None);
        Assert.AreEqual("CAP5131", started.Diagnostics.Single().Code);
    }

    [TestMethod]
    [DataRow(1, "CAP5104", DisplayName = "forbidden (EPERM)")]
    [DataRow(28, "CAP5105", DisplayName = "used up (ENOSPC)")]
    public async Task WhereUserNamespacesCannotBeMade(int errno, string code)
    {
        // A filter that answers clone and unshare with CLONE_NEWUSER as such machines do, then the runner below it.
        const string Filter =
            """
            my ($errno, @command) = @ARGV;
            my $filter = join '', map { pack 'SCCL', @$_ } (
                [0x20, 0, 0, 0], [0x15, 1, 0, 56], [0x15, 0, 3, 272], [0x20, 0, 0, 16], [0x45, 0, 1, 0x10000000], [6, 0, 0, 0x50000 | $errno], [6, 0, 0, 0x7fff0000]);
            syscall(157, 38, 1, 0, 0, 0) == 0 or die $!;
            my $program = pack 'Sx6Q', length($filter) / 8, unpack('Q', pack('P', $filter));
            syscall(317, 1, 0, $program) == 0 or die $!;
            exec @command;
            """;
        var outcome = await Command.RunAsync("/usr/bin/perl", ["-e", Filter, errno.ToString(System.Globalization.CultureInfo.InvariantCulture), .. await ProbeCommandAsync()]);
        Assert.StartsWith(code, outcome.Output, outcome.All);
        Assert.AreEqual(1, outcome.ExitCode);
    }

    [TestMethod]
    [DataRow("bwrap: No permissions to create new namespace, likely because the kernel does not allow non-privileged user namespaces.", "CAP5104")]
    [DataRow("bwrap: Creating new namespace failed: Operation not permitted", "CAP5104")]
    [DataRow("bwrap: setting up uid map: Permission denied", "CAP5104")]
    [DataRow("bwrap: loopback: Failed RTM_NEWADDR: Operation not permitted", "CAP5104")]
    [DataRow("bwrap: Creating new namespace failed: nesting depth or /proc/sys/user/max_*_namespaces exceeded (ENOSPC)", "CAP5105")]
    [DataRow("bwrap: Can't mkdir /x: No space left on device", "CAP5113")]
    [DataRow("", "CAP5113")]
    public void SayingWhatTheMachineLacks(string said, string code) => Assert.AreEqual(code, SetupFailure.Explain("test/cell", 256, said).Code);

    [TestMethod]
    public void AsARootWithoutTheRightsOfOne()
    {
        var refusal = SetupFailure.Explain("test/cell", -(int)InitStep.Groups, "capsule-init: Groups failed, errno 1");
        Assert.AreEqual("CAP5148", refusal.Code);
        Assert.Contains("ordinary user", refusal.Hint);
    }

    [TestMethod]
    public void WhereAUserNamespaceHidesWhoOwnsBubblewrap()
    {
        string[] whole = ["         0          0 4294967295"];
        string[] rootless = ["         0       1000          1", "         1     100000      65536"];
        string[] single = ["      1000       1000          1"];
        Assert.AreEqual((true, true, false), (UserNamespaceMap.Knows(whole, 65534), UserNamespaceMap.Knows(rootless, 65534), UserNamespaceMap.Knows(single, 65534)));
        Assert.IsFalse(UserNamespaceMap.HidesOwner("/nonexistent"));
    }

    [TestMethod]
    public void WithAWarningWhereTheKernelHasNoLandlock()
    {
        var required = Empty with { Requires = new LaunchRequirements { Landlock = true } };
        var warning = MachineRules.Check(Empty, landlockAbi: 0).Single();
        Assert.AreEqual("CAP5112", warning.Code);
        Assert.IsFalse(warning.IsError);
        Assert.IsTrue(MachineRules.Check(required, landlockAbi: 0).Single().IsError);
        Assert.IsTrue(MachineRules.Check(Empty, landlockAbi: 0, landlockRequired: true).Single().IsError);
        Assert.IsEmpty(MachineRules.Check(required, landlockAbi: 1));
    }

    [TestMethod]
    public async Task WhenThePlanNeedsWhatNoCellHas()
    {
        await using var scene = new SandboxScene();
        Assert.AreEqual("CAP5133", (await scene.RefusalAsync(Empty with { Requires = new LaunchRequirements { Gpu = "any" } })).Code);
    }

    [TestMethod]
    public async Task NotWhenTheMachineHasEverything()
    {
        var report = await SandboxPreflight.RunAsync(
            new SandboxOptions { InitPath = SandboxScene.InitPath, UidRange = SandboxScene.Range, LeaseFolder = SandboxScene.LeaseFolder }, CancellationToken.None);
        Assert.IsTrue(report.Succeeded, string.Join("; ", report.Diagnostics.Select(d => d.Message)));
        Assert.AreEqual("bubblewrap", report.Value.Enforcement.Backend);
        Assert.Contains("seccomp=Unix", report.Value.Enforcement.Sealed.Single());
    }

    [TestMethod]
    public async Task NotAsAnOrdinaryUser()
    {
        // Only root can become another user; for anyone else this is every other test.
        string[] become = Environment.UserName == "root" ? ["/usr/bin/setpriv", "--reuid=61300", "--regid=61300", "--clear-groups"] : ["/usr/bin/env"];
        var outcome = await Command.RunAsync(
            become[0], [.. become[1..], .. await ProbeCommandAsync()], "/", new Dictionary<string, string?> { ["HOME"] = "/nonexistent" });
        Assert.AreEqual("user 1000\ndescriptors 0 1 2 3\n", outcome.Output, outcome.All);
    }

    /// <summary>The probe and the init where every user may read them.</summary>
    internal static async Task<TemporaryFolder> ReadableProbeAsync()
    {
        var folder = new TemporaryFolder();
        var copied = await Command.RunAsync("/bin/cp", ["-r", Probe + "/.", SandboxScene.InitPath, folder.Path]);
        Assert.AreEqual(0, copied.ExitCode, copied.All);
        var opened = await Command.RunAsync("/bin/chmod", ["-R", "a+rX", folder.Path]);
        Assert.AreEqual(0, opened.ExitCode, opened.All);
        return folder;
    }

    internal static async Task<string[]> ProbeCommandAsync(params string[] more)
    {
        var folder = await ReadableProbeAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return ["/usr/bin/dotnet", folder["SandboxProbe.dll"], folder["capsule-init"], Path.Combine(Path.GetTempPath(), "capsule-test-leases-other"), .. more];
    }
}
