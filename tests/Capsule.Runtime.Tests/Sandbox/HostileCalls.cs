using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>What a hostile program may ask the kernel for, and how it is answered.</summary>
[TestClass]
public class HostileCalls
{
    [TestMethod]
    public async Task NoProgramCanBeMadeToRunAsItsOwner()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("state", "/state"));
        var outcome = await cell.ShellAsync(
            """
            cd /state; umask 0; touch plain; chmod 755 plain; stat -c %a plain
            for mode in 4755 2755 6755; do chmod $mode plain 2>/dev/null && echo changed; done
            perl -e 'use Fcntl; sysopen(F, "made", O_CREAT|O_WRONLY, 04755) and print "made\n"; sysopen(F, "modest", O_CREAT|O_WRONLY, 0640) and print "modest\n"'
            perl -e 'syscall(85, my $n = "creat", 04755) == -1 or print "created\n"; syscall(452, -100, my $p = "plain", 04755, 0) == -1 or print "changed\n"'
            perl -e 'syscall(437, -100, my $n = "how", my $h = pack("QQQ", 65, 04755, 0), 24) == -1 and print $!+0, "\n"'
            stat -c %a plain modest; ls
            """);
        Assert.AreEqual("755\nmodest\n38\n755\n640\nmodest\nplain\n", outcome.All);
    }

    [TestMethod]
    public async Task UnknownSystemCallsAreAnsweredAsOnAnOlderKernel()
    {
        const int NoSystemCall = 38;
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("for n in 435 463 470 5000; do perl -e 'syscall(shift, 0, 0) == -1 and print $!+0, \"\n\"' $n; done");
        Assert.AreEqual(string.Concat(Enumerable.Repeat($"{NoSystemCall}\n", 4)), outcome.All);
    }

    [TestMethod]
    public async Task AForeignAbiKills()
    {
        const int BadSystemCall = 31;
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("perl -e 'syscall(0x40000000 + 39); print \"alive\"'");
        Assert.AreEqual("", outcome.Output);
        Assert.AreEqual(128 + BadSystemCall, outcome.ExitCode);
    }
}
