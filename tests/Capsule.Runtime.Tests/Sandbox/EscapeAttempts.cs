using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>A hostile program tries twenty ways out (specs: platform 1, escape probe).</summary>
[TestClass]
public class EscapeAttempts
{
    private const string Script =
        """
        attempt() { name=$1; shift; if "$@" >/dev/null 2>&1; then echo "ESCAPED $name"; else echo "denied $name"; fi; }
        call() { perl -e 'exit(syscall(shift, map { $_ + 0 } @ARGV) == -1 ? 1 : 0)' "$@"; }
        attempt shadow cat /etc/shadow
        attempt write-usr touch /usr/x
        attempt remount-usr mount -o remount,rw /usr
        attempt mount mount -t tmpfs none /tmp
        attempt user-namespace unshare -Ur true
        attempt all-namespaces unshare -Urmpf true
        attempt write-tree touch /app/x
        attempt write-init sh -c 'echo x > /.capsule/init'
        attempt sysrq sh -c 'echo h > /proc/sysrq-trigger'
        attempt root-of-1 ls /proc/1/root
        attempt environ-of-1 cat /proc/1/environ
        attempt memory-of-1 head -c 1 /proc/1/mem
        attempt descriptors-of-1 ls /proc/1/fd
        attempt kill-1 sh -c 'kill -9 1 && sleep 1 && false'
        attempt host-process kill -0 HOSTPID
        attempt egress perl -MIO::Socket::INET -e 'IO::Socket::INET->new(PeerAddr=>"192.0.2.1:80",Timeout=>3) or exit 1'
        attempt ptrace call 101 16 1 0 0
        attempt memory-device head -c 1 /dev/mem
        attempt kernel-log call 103 3 0 0
        attempt become-root perl -e '$>=0; $<=0; exit($> == 0 ? 0 : 1)'
        attempt chroot call 161 0
        attempt device-node mknod /tmp/sda b 8 0
        attempt keyring call 250 0 -3 1
        attempt bpf call 321 0 0 0
        attempt io-uring call 425 1 0
        attempt join-namespace call 308 0 0
        attempt steal-descriptor call 438 0 0 0
        attempt file-handle call 303 -100 0 0 0 0
        attempt fanotify call 300 0 0
        attempt type-for-another perl -e 'exit(ioctl(STDIN, 0x5412, "x") ? 0 : 1)'
        attempt netlink-audit perl -e 'exit(socket(S,16,3,9) ? 0 : 1)'
        attempt run-by-setuid sh -c 'test "$(su -c id 2>&1 | grep -c uid=0)" = 1'
        """;

    [TestMethod]
    [DataRow(NetworkMode.None)]
    [DataRow(NetworkMode.Full)]
    public async Task AllFail(NetworkMode network)
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("tree", "/app", MountAccess.ReadOnly));
        var outcome = await cell.ShellAsync(Script.Replace("HOSTPID", Environment.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), network);
        Assert.DoesNotContain("ESCAPED", outcome.Output);
        Assert.HasCount(32, outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.AreEqual(0, (await cell.ShellAsync("true")).ExitCode, "the cell lives on");
    }

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
