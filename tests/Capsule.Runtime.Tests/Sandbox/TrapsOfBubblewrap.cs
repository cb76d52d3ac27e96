using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox;

/// <summary>The nine traps of bubblewrap (specs: platform 1), each closed.</summary>
[TestClass]
public partial class TrapsOfBubblewrap
{
    [TestMethod]
    public async Task Trap1_NoSystemSettingIsWritableWhoeverRunsTheRunner()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        Assert.AreNotEqual(0, cell.Enforcement.Uid);
        Assert.AreNotEqual(65534, cell.Enforcement.Uid);
        var outcome = await cell.ShellAsync("find /proc/sys -type f -writable | wc -l; cat /proc/sys/kernel/core_pattern > /tmp/old && cat /tmp/old > /proc/sys/kernel/core_pattern");
        Assert.AreEqual("0\n", outcome.Output);
        Assert.AreNotEqual(0, outcome.ExitCode);
    }

    [TestMethod]
    public async Task Trap2_TheRunnersEnvironmentShowsNowhere()
    {
        const string Marker = "capsule-trap-2-marker";
        Environment.SetEnvironmentVariable("CAPSULE_TEST_SECRET", Marker);
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("env; cat /proc/[0-9]*/environ");
        Assert.DoesNotContain(Marker, outcome.All);
        foreach (var pid in Descendants.Of(scene.Sandbox.OuterPid).Append(scene.Sandbox.OuterPid))
        {
            // bubblewrap itself sets PWD for what it starts.
            Assert.AreEqual("", EnvironmentOf(pid).Replace("PWD=/\0", "", StringComparison.Ordinal), $"environment of {File.ReadAllText($"/proc/{pid}/comm")}");
        }
    }

    [TestMethod]
    public async Task Trap3_NoCommandLineShowsAHostPath()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync(scene.Own("data", "/data"));
        var outcome = await cell.ShellAsync("cat /proc/1/cmdline | tr '\\0' ' '");
        Assert.AreEqual("/.capsule/init cell ", outcome.Output);
        var bubblewrap = Descendants.Of(scene.Sandbox.OuterPid)[0];
        Assert.DoesNotContain(scene.Folder.Path, File.ReadAllText($"/proc/{bubblewrap}/cmdline"));
    }

    [TestMethod]
    public async Task Trap4_DescriptorsOfTheRunnerAreClosed()
    {
        // Opened as an old program would: without close-on-exec.
        var leaked = OpenWithoutCloseOnExec("/etc/passwd", 0);
        Assert.IsGreaterThan(2, leaked);
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var outcome = await cell.ShellAsync("ls /proc/self/fd; ls /proc/$$/fd");
        Assert.AreEqual("0\n1\n2\n3\n0\n1\n2\n", outcome.Output, "the 3 is ls's own");
    }

    [TestMethod]
    public async Task Trap5_AWorkloadsExitCodeIsNotConfusedWithAFailureToStart()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        Assert.AreEqual(1, (await cell.ShellAsync("exit 1")).ExitCode);
        Assert.AreEqual(137, (await cell.ShellAsync("kill -9 $$")).ExitCode);
        Assert.AreEqual(128 + 6, (await cell.ShellAsync("kill -ABRT $$")).ExitCode);

        var absent = await cell.StartAsync(CellProcesses.Shell("") with { Argv = ["/no/such/program"] }, CancellationToken.None);
        Assert.AreEqual("CAP5116", absent.Diagnostics.Single().Code);
        Assert.Contains("No such file", absent.Diagnostics.Single().Message);
        var forbidden = await cell.StartAsync(CellProcesses.Shell("") with { Argv = ["/etc/passwd"] }, CancellationToken.None);
        Assert.AreEqual("CAP5116", forbidden.Diagnostics.Single().Code);
        Assert.Contains("Permission denied", forbidden.Diagnostics.Single().Message);
        var nowhere = await cell.StartAsync(CellProcesses.Shell("") with { Cwd = "/nowhere" }, CancellationToken.None);
        Assert.AreEqual("CAP5117", nowhere.Diagnostics.Single().Code);
        Assert.AreEqual(0, (await cell.ShellAsync("true")).ExitCode, "the cell lives on");
    }

    [TestMethod]
    public async Task Trap6_ATermSignalReachesTheWorkloadsHandler()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var process = await cell.StartAsync(CellProcesses.Shell("trap 'echo stopped; exit 7' TERM; echo ready; while :; do sleep 0.05; done"));
        await process.Output.UntilAsync("ready");
        await process.SignalAsync(15, CancellationToken.None);
        var outcome = await process.FinishAsync();
        Assert.AreEqual("stopped\n", outcome.Output);
        Assert.AreEqual(7, outcome.ExitCode);
    }

    [TestMethod]
    public async Task Trap6_TheSignalReachesTheWholeGroupAndOnlyThat()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var other = await cell.StartAsync(CellProcesses.Shell("echo ready; read x; echo other"));
        var process = await cell.StartAsync(CellProcesses.Shell("(trap 'echo child; exit' TERM; echo ready; while :; do sleep 0.05; done) & wait; wait"));
        await process.Output.UntilAsync("ready");
        await process.SignalAsync(15, CancellationToken.None);
        var outcome = await process.FinishAsync();
        Assert.AreEqual("child\n", outcome.Output);
        Assert.AreEqual(143, outcome.ExitCode);
        Assert.AreEqual("ready\nother\n", (await other.FinishAsync()).Output, "its input is empty, so it ended by itself");
    }

    [TestMethod]
    public async Task Trap7_LoopbackAndAbstractSocketsOfTheHostAreOutOfReach()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var agent = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        var name = $"capsule-test-{Environment.ProcessId}";
        agent.Bind(new UnixDomainSocketEndPoint("\0" + name));
        agent.Listen();
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var outcome = await cell.ShellAsync(
            $$"""
            perl -MSocket -e 'socket(S,AF_INET,SOCK_STREAM,0) or die; print connect(S,pack_sockaddr_in({{port}},INADDR_LOOPBACK)) ? "reached\n" : "refused\n"'
            perl -MSocket -e 'socket(S,AF_UNIX,SOCK_STREAM,0) or die; print connect(S,pack("Sa*",1,"\0{{name}}")) ? "reached\n" : "refused\n"'
            """,
            NetworkMode.Full);
        Assert.AreEqual("refused\nrefused\n", outcome.All);
    }

    [TestMethod]
    public async Task Trap8_SocketFamiliesThatIgnoreNamespacesAreDenied()
    {
        const int NoSuchFamily = 97;
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();
        var script = "for family in 40 17 38 44 31; do perl -e 'print socket(S,shift,1,0) ? \"made\" : $!+0, \"\\n\"' $family; done";
        var outcome = await cell.ShellAsync(script, NetworkMode.Full);
        Assert.AreEqual(string.Concat(Enumerable.Repeat($"{NoSuchFamily}\n", 5)), outcome.All);
    }

    [TestMethod]
    public async Task Trap9_SocketsAreMadeInsideAndPassedOutWithoutEnteringTheNamespace()
    {
        await using var scene = new SandboxScene();
        var cell = await scene.OpenAsync();

        using var listener = await cell.ListenAsync(0, CancellationToken.None);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var client = await cell.StartAsync(CellProcesses.Shell(
            $"perl -MIO::Socket::INET -e '$s=IO::Socket::INET->new(PeerAddr=>\"127.0.0.1:{port}\") or die $!; print $s \"hello\\n\"; print <$s>'", NetworkMode.Loopback));
        using (var accepted = await listener.AcceptAsync())
        {
            var buffer = new byte[16];
            var read = await accepted.ReceiveAsync(buffer);
            Assert.AreEqual("hello\n", Encoding.ASCII.GetString(buffer, 0, read));
            await accepted.SendAsync("served\n"u8.ToArray());
        }

        Assert.AreEqual("served\n", (await client.FinishAsync()).All);

        var server = await cell.StartAsync(CellProcesses.Shell(
            "perl -MIO::Socket::INET -e '$|=1; $l=IO::Socket::INET->new(LocalAddr=>\"0.0.0.0:8080\",Listen=>1,ReuseAddr=>1) or die $!; print \"ready\"; $c=$l->accept; print $c \"inside\"'",
            NetworkMode.Loopback));
        await server.Output.UntilAsync("ready");
        using var connected = await cell.ConnectAsync(8080, CancellationToken.None);
        using var stream = new NetworkStream(connected);
        Assert.AreEqual("inside", await new StreamReader(stream).ReadToEndAsync());
        await Assert.ThrowsExactlyAsync<SocketException>(() => cell.ConnectAsync(8081, CancellationToken.None));
    }

    private static string EnvironmentOf(int pid)
    {
        try
        {
            return File.ReadAllText($"/proc/{pid}/environ");
        }
        catch (UnauthorizedAccessException)
        {
            // The init hides it even from the user it runs as.
            return "";
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenWithoutCloseOnExec(string path, int flags);
}
