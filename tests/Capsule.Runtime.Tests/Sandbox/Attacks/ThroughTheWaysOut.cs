using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Tests.Sandbox.Attacks;

/// <summary>
/// The attacks of egress.sh on the proxy, the listeners and the name server of a real cell: none succeeds, and what can be seen of
/// them is reported. The rules are the product's; one address of the host's loopback stands for a public one.
/// </summary>
[TestClass]
public sealed partial class ThroughTheWaysOut : IDisposable
{
    private static readonly IPAddress Public = IPAddress.Parse("127.0.0.9");

    private readonly Socket _granted = Listen(Public);
    private readonly Socket _victim = Listen(IPAddress.Loopback);
    private readonly ConcurrentQueue<EgressDecision> _log = [];
    private readonly ConcurrentQueue<string> _asked = [];
    private int _turns;

    [TestMethod]
    [DataRow(NetworkMode.Egress)]
    [DataRow(NetworkMode.Full)]
    public async Task NothingEscapesAndRefusalsAreReported(NetworkMode mode)
    {
        var serving = ServeAsync();
        await using var scene = new SandboxScene();
        string[] names = ["api", "loopback", "private", "metadata", "carrier", "mapped", "nat64", "own", "mixed", "turning"];
        var process = new ProcessPlan
        {
            Id = "test/process",
            Stage = ProcessStage.Task,
            Cwd = "/",
            Network = new NetworkPlan
            {
                Mode = mode,
                Egress = mode is NetworkMode.Egress ? [.. names.Select(n => new EgressRule($"{n}.test", n == "api" ? [Port(_granted)] : [80, 443, Port(_victim)]))] : [],
            },
        };
        var hosts = LoopbackHosts.Of(new CellPlan { Id = "test", Processes = [process] });
        var cell = await scene.OpenAsync(new Capsule.Runtime.Sandbox.CellRequest { Name = "test/cell", Mounts = [scene.Own("state", "/state")], Files = CellNames.Files(hosts) });
        await using var way = await WayOut.OpenAsync(cell, new CellNeighbours().Enter(process, new EgressPolicy(process.Network, null) { Resolve = ResolveAsync, Refusal = Rule }, _log.Enqueue), hosts, trouble => Assert.Fail(trouble.Text), [], default);
        await ResolveAsync("turning.test", default);

        var attacks = Read("egress");
        var proxy = $"http://127.0.0.1:{way.ProxyPort}";
        var outcome = await cell.RunAsync(CellProcesses.Shell(Read("prelude") + attacks, mode) with
        {
            Env = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin",
                ["http_proxy"] = proxy,
                ["PROXY"] = $"{way.ProxyPort}",
                ["GRANTED"] = $"{Port(_granted)}",
                ["HOST_PORT"] = $"{Port(_victim)}",
            },
        });

        CollectionAssert.AreEqual(Attempt().Matches(attacks).Select(m => $"denied {m.Groups[1].Value}").ToArray(), outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), outcome.Error);
        Assert.IsFalse(_victim.Poll(0, SelectMode.SelectRead), "the host's own server was never called");
        Assert.IsEmpty(_asked.Intersect(["/b", "/hidden", "/tunnel"]), "a second request or an unchecked one reached the server");
        var refused = _log.Where(d => d.Refusal is not null).Select(d => d.ToString()).ToHashSet();
        foreach (var expected in Reported(mode))
        {
            Assert.IsTrue(refused.Any(r => r.StartsWith($"denied {expected}", StringComparison.Ordinal)), $"{expected} is not reported:\n{string.Join('\n', refused)}");
        }

        var fine = await cell.RunAsync(CellProcesses.Shell($"curl -s http://api.test:{Port(_granted)}/well", mode) with { Env = new Dictionary<string, string> { ["PATH"] = "/usr/bin", ["http_proxy"] = proxy } });
        Assert.AreEqual($"granted /well api.test:{Port(_granted)}", fine.All, "what is granted is still reached");
        _granted.Dispose();
        await serving;
    }

    public void Dispose()
    {
        _granted.Dispose();
        _victim.Dispose();
    }

    private IEnumerable<string> Reported(NetworkMode mode)
    {
        var (victim, granted) = (Port(_victim), Port(_granted));
        string[] always =
        [
            $"127.0.0.1:{victim}", $"[::1]:{victim}", "169.254.169.254:80", "[fd00:ec2::254]:80", "224.0.0.1:80", $"loopback.test:{victim}: its address is loopback",
            "private.test:443: its address is private", "metadata.test:80: its address is link-local", "carrier.test:443: its address is carrier-grade NAT",
            $"mapped.test:{victim}: its address is an IPv4 address in IPv6 clothes", $"nat64.test:{victim}: its address is an IPv4 address in IPv6 clothes",
            $"own.test:{victim}: its address is", "mixed.test:443: its address is private", "turning.test:443: its address is private",
            $"api.test:{granted}: its TLS is for 'evil.test'", $"api.test:{granted}: its TLS names no server", $"api.test:{granted}: the tunnel does not carry TLS", "secret.evil.test: ",
        ];
        return mode is NetworkMode.Egress ? [.. always, $"api.test:{victim}: the manifest grants other hosts or ports"] : always;
    }

    /// <summary>What the names are called outside; one turns private after the first look-up.</summary>
    private Task<IPAddress[]> ResolveAsync(string name, CancellationToken cancel)
    {
        string[] addresses = name switch
        {
            "api.test" or "evil.test" => [$"{Public}"],
            "loopback.test" or "localhost" => ["127.0.0.1"],
            "private.test" => ["10.0.0.1"],
            "metadata.test" => ["169.254.169.254"],
            "carrier.test" => ["100.64.0.1"],
            "mapped.test" => ["::ffff:127.0.0.1"],
            "nat64.test" => ["64:ff9b::7f00:1"],
            "own.test" => [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => $"{a.Address}").Take(1)],
            "mixed.test" => [$"{Public}", "10.0.0.1"],
            "turning.test" => [_turns++ == 0 ? $"{Public}" : "192.168.0.1"],
            _ => throw new SocketException((int)SocketError.HostNotFound),
        };
        return Task.FromResult(addresses.Select(IPAddress.Parse).ToArray());
    }

    private static string? Rule(IPAddress address) => address.Equals(Public) ? null : AddressPolicy.Refusal(address);

    private static int Port(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private static Socket Listen(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        socket.Listen();
        return socket;
    }

    /// <summary>The granted server speaks TLS to who begins with it, else HTTP, and would answer any number of requests.</summary>
    private async Task ServeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=api.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(AnswerAsync(await _granted.AcceptAsync(), certificate));
            }
        }
        catch (Exception problem) when (problem is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(open).WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    private async Task AnswerAsync(Socket client, X509Certificate2 certificate)
    {
        try
        {
            await using var plain = new NetworkStream(client, ownsSocket: true);
            var first = new byte[1];
            var speaksTls = await client.ReceiveAsync(first, SocketFlags.Peek) == 1 && first[0] == 22;
            await using Stream stream = speaksTls ? new SslStream(plain) : plain;
            if (stream is SslStream tls)
            {
                await tls.AuthenticateAsServerAsync(certificate);
            }

            using var reader = new StreamReader(stream, Encoding.Latin1);
            while (await reader.ReadLineAsync() is { } line)
            {
                var host = "";
                while (await reader.ReadLineAsync() is { Length: > 0 } header)
                {
                    host = header.StartsWith("Host: ", StringComparison.Ordinal) ? header[6..] : host;
                }

                var path = line.Split(' ').ElementAtOrDefault(1);
                _asked.Enqueue(path ?? "");
                var text = $"granted {path} {host}";
                var more = path == "/redirect" ? $"302 Found\r\nLocation: http://127.0.0.1:{Port(_victim)}/" : "200 OK";
                await stream.WriteAsync(Encoding.Latin1.GetBytes($"HTTP/1.1 {more}\r\nContent-Length: {text.Length}\r\n\r\n{text}"));
                client.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception problem) when (problem is IOException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The other side has gone.
        }
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(ThroughTheWaysOut).Assembly.GetManifestResourceStream($"{file}.sh")!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex("^(?:attempt|open|fetch) ([a-z0-9-]+) ", RegexOptions.Multiline)]
    private static partial Regex Attempt();
}
