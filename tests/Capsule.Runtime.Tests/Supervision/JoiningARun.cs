using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Init.Wire;
using Capsule.Runtime.Joining;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Supervision;
using Capsule.Tests;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Commands that a user starts beside the processes of a run that lives.</summary>
[TestClass]
public class JoiningARun
{
    private const int Interrupt = 2;
    private const string Service = "while true; do sleep 0.1; done";

    private static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    [TestMethod]
    public async Task BytesPassThroughAndTheExitCodeComesBack()
    {
        await using var scene = new Scene();
        await using var run = await OneAsync(scene);
        var bytes = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 31)).ToArray();

        var copied = await JoinAsync(scene, run, bytes, "cat; echo done >&2; exit 5");

        Assert.AreEqual(5, copied.ExitCode, copied.Error);
        CollectionAssert.AreEqual(bytes, copied.Output);
        Assert.AreEqual("done\n", copied.Error);
        Assert.AreEqual(143, (await JoinAsync(scene, run, [], "kill -TERM $$")).ExitCode);
        Assert.IsFalse(run.Ended.IsCompleted);
    }

    [TestMethod]
    public async Task ACommandHasTheWallsOfTheProcessBesideIt()
    {
        await using var scene = new Scene();
        await using var run = await OneAsync(scene);

        var inside = await JoinAsync(scene, run, [], """
            grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status | tr -s '\t\n' ' '
            echo $ROOM; pwd; ls /home /root 2>&1 | grep -c 'No such'; ls -l /proc/self/fd | grep -c pipe:
            (echo > /dev/tcp/127.0.0.1/1) 2>&1 | grep -o 'Address family not supported' | head -n 1
            ls /proc | grep -cE '^[0-9]+$'
            """, "/bin/bash");

        var lines = Encoding.UTF8.GetString(inside.Output).Split('\n');
        Assert.AreEqual("CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 blue", lines[0], inside.Error);
        CollectionAssert.AreEqual(new[] { "/tmp", "2", "3", "Address family not supported" }, lines[1..5], string.Join('|', lines));
        Assert.IsLessThan(12, int.Parse(lines[5], System.Globalization.CultureInfo.InvariantCulture), "it sees its cell's processes only");
        Assert.Contains("hello/exec", string.Join(' ', run.Record.Enforcement.Keys));
    }

    [TestMethod]
    public async Task AnInterruptedCommandEndsAndTheRunGoesOn()
    {
        await using var scene = new Scene();
        await using var run = await OneAsync(scene);
        using var polite = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Assert.AreEqual(7, (await JoinAsync(scene, run, [], "trap 'exit 7' INT; while true; do sleep 0.05; done", cancel: polite.Token)).ExitCode);

        using var deaf = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        Assert.AreEqual(137, (await JoinAsync(scene, run, [], "trap '' INT TERM; sleep 321 & while true; do sleep 0.05; done", cancel: deaf.Token)).ExitCode);
        await Task.Delay(200);
        Assert.AreEqual("0\n", Encoding.UTF8.GetString((await JoinAsync(scene, run, [], "ps -A -o args= | grep -c '[s]leep 321'")).Output));
        Assert.IsFalse(run.Ended.IsCompleted);
    }

    [TestMethod]
    public async Task TheEndOfTheRunIsTheEndOfTheCommand()
    {
        await using var scene = new Scene();
        var run = await OneAsync(scene);
        var command = TryJoinAsync(scene, Listed(scene, run), null, "echo here; sleep 1000");
        await Task.Delay(500);
        await run.StopAsync();

        Assert.AreEqual("CAP5455", (await command.WaitAsync(Soon)).Diagnostics.Single().Code);
        Assert.AreEqual("CAP5450", (await TryJoinAsync(scene, Listed(scene, run), null, "true")).Diagnostics.Single().Code);
        Assert.IsEmpty(Directory.GetDirectories(Path.Combine(scene.Home.Runs, run.Id)));
    }

    [TestMethod]
    public async Task TheProcessMustBeClear()
    {
        await using var scene = new Scene();
        var cells = new[] { Cell("web", Shell("web/service", Service, ProcessStage.Service)), Cell("db", Shell("db/service", Service, ProcessStage.Service)) };
        await using var run = (await RunEngine.StartAsync(scene.Request(cells), default)).Value!;

        var several = (await TryJoinAsync(scene, Listed(scene, run), null, "true")).Diagnostics.Single();
        Assert.AreEqual("CAP5454", several.Code);
        Assert.AreEqual("The command could run beside any of these processes: web/service, db/service.", several.Message);
        var unknown = (await TryJoinAsync(scene, Listed(scene, run), "cache", "true")).Diagnostics.Single();
        Assert.AreEqual("CAP5453", unknown.Code);
        Assert.AreEqual(ExitCode.NotFound, unknown.Kind.Exit);
        StringAssert.Contains(unknown.Message, "web/service, db/service");
        Assert.AreEqual(3, (await TryJoinAsync(scene, Listed(scene, run), "db", "exit 3")).Value!.ExitCode);
        Assert.AreEqual(4, (await TryJoinAsync(scene, Listed(scene, run), "web/service", "exit 4")).Value!.ExitCode);
    }

    [TestMethod]
    public async Task AProgramThatDoesNotExistIsTold()
    {
        await using var scene = new Scene();
        await using var run = await OneAsync(scene);
        var absent = await RunJoiner.RunAsync(scene.Home, Listed(scene, run), new JoinRequest(null, ["/app/none"]), Stream.Null, Stream.Null, Stream.Null, () => Interrupt, Soon);
        Assert.AreEqual("CAP5116", absent.Diagnostics.Single().Code);
    }

    [TestMethod]
    public async Task OnlyPipesAndOnlyTheRunnersOwnSocketAreTaken()
    {
        await using var scene = new Scene();
        var run = await OneAsync(scene);
        var door = Path.Combine(scene.Home.Runs, run.Id, JoinSocket.FolderName, JoinSocket.FileName);

        // A file of the caller's must not come into the cell, not even when the caller asks for it.
        using (var socket = JoinSocket.Make())
        {
            await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(door), Soon);
            using var caller = JoinSocket.Take(socket);
            using var file = Descriptors.Open("/etc/hostname", 0)!;
            using var text = Descriptors.Memory(new JoinRequest(null, ["/bin/true"]).Write());
            caller.Send(new Packet(PacketKind.StartProcess, 0), file, file, file, text);
            using var answer = await caller.ReceiveAsync();
            Assert.AreEqual("CAP5456", JoinRefusal.Read(answer!.Text())!.Code);
        }

        // Another process behind the socket than the run's record names, then a link, then nothing.
        var listed = Listed(scene, run);
        var foreign = listed with { Record = listed.Record with { Runner = new ProcessIdentity(1, 1) } };
        Assert.AreEqual("CAP5452", (await TryJoinAsync(scene, foreign, null, "true")).Diagnostics.Single().Code);
        File.Move(door, door + "2");
        File.CreateSymbolicLink(door, door + "2");
        Assert.AreEqual("CAP5452", (await TryJoinAsync(scene, listed, null, "true")).Diagnostics.Single().Code);
        File.Delete(door);
        Assert.AreEqual("CAP5451", (await TryJoinAsync(scene, listed, null, "true")).Diagnostics.Single().Code);
        await run.StopAsync();
    }

    [TestMethod]
    public async Task NothingInACellIsAnswered()
    {
        await using var scene = new Scene();
        await using var run = await OneAsync(scene);
        var door = Path.Combine(scene.Home.Runs, run.Id, JoinSocket.FolderName, JoinSocket.FileName);

        // The same user asks twice: as the machine's process, and from a process id namespace, as every cell has one.
        const string Ask = "use Socket; socket(S, 1, 5, 0) or die; connect(S, sockaddr_un($ARGV[0])) or die; send(S, pack('i4', 3, 0, 0, 0), 0x4000); recv(S, $a, 16, 0); print length $a";
        string[] own = Environment.UserName == "root" ? ["--pid", "--fork"] : ["--user", "--map-current-user", "--pid", "--fork"];
        Assert.AreEqual("16", (await Command.RunAsync("perl", ["-e", Ask, door])).Output);
        var inside = await Command.RunAsync("unshare", [.. own, "perl", "-e", Ask, door]);
        Assert.AreEqual("0", inside.Output, inside.All);
    }

    private static async Task<RunningPackage> OneAsync(Scene scene)
    {
        var process = Shell("hello/service", Service, ProcessStage.Service) with { Env = new Dictionary<string, string> { ["ROOM"] = "blue" } };
        var started = await RunEngine.StartAsync(scene.Request(Cell("hello", process)), default);
        return started.Value ?? throw new AssertFailedException(started.Diagnostics[0].Text);
    }

    private static ListedRun Listed(Scene scene, RunningPackage run) => RunList.Find(scene.Home, run.Id).Value!;

    private static Task<Result<JoinEnd>> TryJoinAsync(Scene scene, ListedRun run, string? process, string script) =>
        RunJoiner.RunAsync(scene.Home, run, new JoinRequest(process, ["/bin/sh", "-c", script]), Stream.Null, Stream.Null, Stream.Null, () => Interrupt, Soon);

    private static async Task<(int ExitCode, byte[] Output, string Error)> JoinAsync(
        Scene scene, RunningPackage run, byte[] input, string script, string shell = "/bin/sh", CancellationToken? cancel = null)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var ended = await RunJoiner.RunAsync(
            scene.Home, Listed(scene, run), new JoinRequest(null, [shell, "-c", script]), new MemoryStream(input), output, error, () => Interrupt, cancel ?? Soon);
        Assert.IsTrue(ended.Succeeded, string.Join("; ", ended.Diagnostics.Select(d => d.Text)));
        return (ended.Value.ExitCode, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }
}
