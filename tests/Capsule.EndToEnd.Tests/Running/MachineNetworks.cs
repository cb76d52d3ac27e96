using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Capsule.EndToEnd.Tests.Cli;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A user gives a package the machine's own network, because it needs a server of this machine.</summary>
[TestClass]
public sealed class MachineNetworks : IDisposable
{
    private const string Program = """
        import { createServer } from "node:http";
        createServer(async (q, a) => {
          const seen = await fetch(`http://127.0.0.1:${process.env.NEEDS}/`).then((r) => r.text(), (e) => String(e.cause?.code ?? e));
          a.end(seen);
        }).listen(Number(process.env.PORT), "127.0.0.1");
        """;

    private readonly CapsuleProgram _capsule = new();
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);

    public MachineNetworks()
    {
        _server.Start();
        _ = ServeAsync();
        _capsule.Environment["NEEDS"] = $"{Needed}";
        _capsule.Write("app/server.mjs", Program);
    }

    private int Needed => ((IPEndPoint)_server.LocalEndpoint).Port;

    public void Dispose()
    {
        _server.Dispose();
        _capsule.Dispose();
    }

    [TestMethod]
    public async Task IsGivenByOneOptionAndStandsInTheRecord()
    {
        await _capsule.HoldingAsync("node@20.11.0");
        _capsule.Write("app/capsule.toml", Programs.Node().Replace("3000", $"{FreePort()}", StringComparison.Ordinal));

        var alone = await AnswerAsync();
        StringAssert.Contains(alone, "ECONNREFUSED");

        Assert.AreEqual("a server of this machine", await AnswerAsync("--host-network"));

        var plan = await _capsule.DoAsync("plan", "app", "--host-network");
        StringAssert.Contains(plan, "it uses the network of this machine, loopback included, as any program of yours does");
        var run = (JsonArray)JsonNode.Parse(await _capsule.DoAsync("ps", "--all", "--json"))!["data"]!;
        CollectionAssert.AreEquivalent(new[] { false, true }, run.Select(r => (bool)r!["grants"]!["hostNetwork"]!).ToArray());
    }

    /// <summary>What answers at the program's port would be taken for the program.</summary>
    [TestMethod]
    public async Task IsNotSharedWithAnotherProgramAtItsPort()
    {
        await _capsule.HoldingAsync("node@20.11.0");
        _capsule.Write("app/capsule.toml", Programs.Node().Replace("3000", $"{Needed}", StringComparison.Ordinal));

        var refused = await _capsule.RefusesAsync(9, "CAP5300", "run", "app", "--port", "0", "--host-network", "--env", "NEEDS");

        StringAssert.Contains(refused.Error, $"Port {Needed}");
    }

    private async Task<string> AnswerAsync(params string[] more)
    {
        using var runner = _capsule.Start(["run", "app", "--port", "0", "--env", "NEEDS", .. more]);
        using var run = await RunningRun.OfAsync(_capsule, runner);
        var answer = await run.GetAsync("/");
        runner.Signal(LiveProgram.Interrupt);
        await runner.EndAsync();
        return answer;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _server.AcceptSocketAsync();
                await client.ReceiveAsync(new byte[4096]);
                await client.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 24\r\nConnection: close\r\n\r\na server of this machine"u8.ToArray());
                client.Shutdown(SocketShutdown.Both);
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>Below the ports that the system gives to clients, so that nobody is given it by chance.</summary>
    private static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 30_000);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody's.
            }
        }
    }
}
