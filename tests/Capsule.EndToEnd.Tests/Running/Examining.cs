using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>capsule doctor on machines that lack something: made to, where that can be done here.</summary>
[TestClass]
public sealed class Examining : IDisposable
{
    /// <summary>Answers clone and unshare of a user namespace, or a whole call, with an error, then runs a command.</summary>
    private const string Filter =
        """
        my ($call, $errno, @command) = @ARGV;
        my @lines = $call eq 'userns'
            ? ([0x20, 0, 0, 0], [0x15, 1, 0, 56], [0x15, 0, 3, 272], [0x20, 0, 0, 16], [0x45, 0, 1, 0x10000000], [6, 0, 0, 0x50000 | $errno], [6, 0, 0, 0x7fff0000])
            : ([0x20, 0, 0, 0], [0x15, 0, 1, $call], [6, 0, 0, 0x50000 | $errno], [6, 0, 0, 0x7fff0000]);
        my $filter = join '', map { pack 'SCCL', @$_ } @lines;
        syscall(157, 38, 1, 0, 0, 0) == 0 or die $!;
        my $program = pack 'Sx6Q', length($filter) / 8, unpack('Q', pack('P', $filter));
        syscall(317, 1, 0, $program) == 0 or die $!;
        exec @command;
        """;

    private static readonly string Dotnet = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../dotnet"));

    private readonly CapsuleProgram _capsule = new();

    public void Dispose() => _capsule.Dispose();

    [TestMethod]
    public async Task AMachineThatHasEverythingHasALineForEachThing()
    {
        var doctor = await _capsule.RunAsync("doctor", "--json");
        Assert.AreEqual(0, doctor.ExitCode, doctor.All);
        var checks = JsonNode.Parse(doctor.Output)!["data"]!.AsArray();
        CollectionAssert.AreEqual(
            new[] { "home", "compression", "toolchains", "machine", "bubblewrap", "init", "seccomp", "landlock", "user namespaces", "proc", "control groups", "user ids", "sandbox" },
            checks.Select(c => (string)c!["name"]!).ToArray());
        Assert.IsTrue(checks.All(c => (bool)c!["ok"]!), doctor.Output);
    }

    [TestMethod]
    [DataRow("317", 22, 7, "FAIL  seccomp: CAP5115", DisplayName = "the kernel refuses filters")]
    [DataRow("444", 38, 0, "warn  landlock: CAP5112", DisplayName = "the kernel has no Landlock")]
    [DataRow("userns", 1, 7, "FAIL  user namespaces: CAP5104", DisplayName = "user namespaces are forbidden")]
    [DataRow("userns", 28, 7, "FAIL  user namespaces: CAP5105", DisplayName = "user namespaces are used up")]
    public async Task WhatTheKernelRefusesIsOneLine(string call, int errno, int exit, string line)
    {
        var number = errno.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var doctor = await Command.RunAsync("/usr/bin/perl", ["-e", Filter, call, number, Dotnet, CapsuleProgram.Program, "doctor"], _capsule.Folder, _capsule.Variables());
        Assert.AreEqual(exit, doctor.ExitCode, doctor.All);
        StringAssert.Contains(doctor.Output, line);
        StringAssert.Contains(doctor.Output, "ok    bubblewrap: ");
        StringAssert.Contains(doctor.Error, line.Split(' ')[^1]);
    }

    [TestMethod]
    public async Task WhatIsNotInstalledIsALineEach()
    {
        var hidden = await InNamespaceAsync("for l in /usr/lib/*/libzstd.so.1; do mount --bind /dev/null $l; done; mount -t tmpfs none /usr/bin");
        Assert.AreNotEqual(0, hidden.ExitCode, hidden.All);
        StringAssert.Contains(hidden.Output, "FAIL  bubblewrap: CAP5101");
        StringAssert.Contains(hidden.Error, "apt install bubblewrap");
        StringAssert.Contains(hidden.Output, "FAIL  compression: CAP2114");
        StringAssert.Contains(hidden.Output, "warn  toolchains: CAP9111");
        StringAssert.Contains(hidden.Output, "ok    seccomp: ");
    }

    [TestMethod]
    public async Task ACoveredProcIsNamed()
    {
        var covered = await InNamespaceAsync("mount --bind /dev/null /proc/version");
        Assert.AreEqual(7, covered.ExitCode, covered.All);
        StringAssert.Contains(covered.Output, "FAIL  proc: CAP5142");
        StringAssert.Contains(covered.Output, "/proc/version");
    }

    [TestMethod]
    public async Task RootWithoutARangeOfIdsIsTold()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            StringAssert.Contains(await _capsule.DoAsync("doctor"), "workloads run as you");
            return;
        }

        File.Delete(Path.Combine(_capsule.Home, "config.toml"));
        var doctor = await _capsule.RunAsync("doctor");
        Assert.AreEqual(7, doctor.ExitCode, doctor.All);
        CollectionAssert.AreEqual(new[] { "CAP5109" }, doctor.Errors().ToArray(), "said once");
        StringAssert.Contains(doctor.Output, "FAIL  user ids: CAP5109");
        StringAssert.Contains(doctor.Output, "ok    landlock: ABI ");

        File.WriteAllText(Path.Combine(_capsule.Home, "config.toml"), "[sandbox]\nuid_range = \"all\"\n");
        var wrong = await _capsule.RunAsync("doctor");
        StringAssert.Contains(wrong.Output, "FAIL  home: CAP");
    }

    private Task<Command> InNamespaceAsync(string before) => Command.RunAsync(
        "unshare", [.. Namespaces.Mount, "sh", "-c", before + " && exec \"$0\" \"$@\"", Dotnet, CapsuleProgram.Program, "doctor"], _capsule.Folder, _capsule.Variables());
}
