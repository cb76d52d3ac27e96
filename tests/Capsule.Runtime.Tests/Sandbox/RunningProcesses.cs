using System.Diagnostics;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

[TestClass]
public class RunningProcesses
{
    [TestMethod]
    public async Task PrintAndReturn()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("echo out; echo err >&2; id -un; exit 5");
        Assert.AreEqual("out\ncapsule\n", outcome.Output);
        Assert.AreEqual("err\n", outcome.Error);
        Assert.AreEqual(5, outcome.ExitCode);
    }

    [TestMethod]
    public async Task GetExactlyTheirArgumentsVariablesAndFolder()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.RunAsync(new CellProcessRequest
        {
            Name = "test/process",
            Argv = ["perl", "-e", "print join('|', @ARGV), \"\\n\"; print \"$_=$ENV{$_}\\n\" for sort keys %ENV; use Cwd; print getcwd", "", "a b", "ü", new string('x', 100_000)],
            Cwd = "/tmp",
            Env = new Dictionary<string, string> { ["PATH"] = "/nowhere:/usr/bin", ["EMPTY"] = "", ["TEXT"] = "two\nlines" },
        });
        Assert.AreEqual($"|a b|ü|{new string('x', 100_000)}\nEMPTY=\nPATH=/nowhere:/usr/bin\nTEXT=two\nlines\n/tmp", outcome.All);
    }

    [TestMethod]
    public async Task ReadInputOnlyWhereItWasAskedFor()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var reading = await cell.StartAsync(CellProcesses.Shell("cat") with { Input = true });
        await reading.Input.WriteAsync("typed"u8.ToArray());
        await reading.Input.DisposeAsync();
        Assert.AreEqual("typed", (await reading.FinishAsync()).Output);
        Assert.AreEqual("", (await cell.ShellAsync("cat")).Output);
    }

    [TestMethod]
    public async Task HaveTheirOwnSessionAndDefaultSignals()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("grep -E 'Sig(Blk|Ign)' /proc/self/status; ps -o pid=,pgid=,sid= -p $$ | awk '{ print ($1 == $2 && $2 == $3) ? \"leader\" : $0 }'");
        Assert.AreEqual("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\nleader\n", outcome.All);
    }

    [TestMethod]
    public async Task AreSeenByTheHostUnderTheirNumber()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var process = await cell.StartAsync(CellProcesses.Shell("echo ready; exec sleep 1000"));
        await process.Output.UntilAsync("ready");
        await Task.Delay(50);
        Assert.AreEqual("sleep\0" + "1000\0", await File.ReadAllTextAsync($"/proc/{process.HostPid}/cmdline"));
        Assert.IsNull(ProcessStatus.Read(process.HostPid)!.OpenSeal(cell.Enforcement.Uid, hostNetwork: false));
        Assert.HasCount(1, cell.Enforcement.Sealed);
        await process.SignalAsync(9, CancellationToken.None);
        Assert.AreEqual(137, await process.Exited.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [TestMethod]
    public async Task RunBesideEachOtherInOneCell()
    {
        const int Count = 20;
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Count).Select(i => cell.ShellAsync($"echo {i}; exit {i}")));
        for (var i = 0; i < Count; i++)
        {
            Assert.AreEqual(new Outcome(i, $"{i}\n", ""), outcomes[i]);
        }
    }

    [TestMethod]
    public async Task MayLeaveOrphansWhichAreReaped()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        await cell.ShellAsync("for i in 1 2 3 4 5; do (sleep 0.1 &) ; done");
        var outcome = await cell.ShellAsync("sleep 1.5; grep -l 'State:.Z' /proc/[0-9]*/status | wc -l");
        Assert.AreEqual("0\n", outcome.Output);
    }

    [TestMethod]
    public async Task WriteMuchWithoutLoss()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        Assert.AreEqual(4 << 20, (await cell.ShellAsync("head -c 4M /dev/zero | tr '\\0' x")).Output.Length);
    }

    [TestMethod]
    public async Task StartSoon()
    {
        await using var scene = new SandboxScene();
        await scene.OpenAsync();
        var times = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var clock = Stopwatch.StartNew();
            var opened = await scene.Sandbox.OpenAsync(new CellRequest { Name = "test/cell", Mounts = [] }, CancellationToken.None);
            await opened.Value!.ShellAsync("true");
            times.Add(clock.Elapsed.TotalMilliseconds);
            await opened.Value!.DisposeAsync();
        }

        times.Sort();
        Console.WriteLine($"median {times[5]:F1} ms, best {times[0]:F1} ms");
        Assert.IsLessThan(500, times[0]);
    }
}
