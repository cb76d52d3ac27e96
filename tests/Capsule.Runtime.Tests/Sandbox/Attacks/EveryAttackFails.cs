using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Capsule.Core.Plans;
using Capsule.Runtime.Sandbox;

namespace Capsule.Runtime.Tests.Sandbox.Attacks;

/// <summary>
/// The attack corpus: small programs in the *.sh files beside this one, each tried in each network mode
/// (<see cref="AsAnOrdinaryUser"/> runs them again without root). Those that the system-call filter stops are told of.
/// </summary>
[TestClass]
public partial class EveryAttackFails
{
    private static readonly string[] Files = ["files", "proc", "devices", "mounts", "calls", "processes", "network"];

    /// <summary>What may succeed for whom was given the machine's network: to speak to whom any program may, and to see the network's state.</summary>
    private static readonly string[] MeantByHost =
    [
        "host-loopback", "host-loopback-other", "host-any-address", "host-loopback-6", "host-mapped-address", "multipath", "connect-with-data", "outside", "outside-6", "metadata", "metadata-6",
        "private-10", "private-172", "private-192", "carrier-nat", "send-datagram", "multicast", "broadcast", "resolve", "resolve-host", "ping", "foreign-interface", "bind-to-interface", "host-connections", "host-sockets",
    ];

    [TestMethod]
    public void ThereAreEnoughAndEachHasItsOwnName()
    {
        var names = Files.SelectMany(file => Attempt().Matches(Read(file)).Select(m => m.Groups[1].Value)).ToArray();
        Assert.IsGreaterThanOrEqualTo(150, names.Length);
        CollectionAssert.AllItemsAreUnique(names);
    }

    [TestMethod]
    [DynamicData(nameof(Rounds))]
    public async Task Confined(string file, NetworkMode network)
    {
        await using var scene = new SandboxScene();
        var secret = scene.Folder.Write("host/secret", "secret");
        scene.Folder.Write("tree/file", "tree");
        var socket = scene.Folder["host", "socket"];
        using var path = Listen(new UnixDomainSocketEndPoint(socket));
        using var name = Listen(new UnixDomainSocketEndPoint('\0' + socket));
        using var port = Listen(new IPEndPoint(IPAddress.IPv6Any, 0));
        var cell = await scene.OpenAsync(new CellRequest
        {
            Name = "test/cell",
            Mounts = [scene.Own("tree", "/app", MountAccess.ReadOnly), scene.Own("state", "/state")],
            HostNetwork = network is NetworkMode.Host,
        });
        await cell.ShellAsync("echo mine > /state/mine");

        var attacks = Read(file);
        var told = new ConcurrentQueue<string>();
        var outcome = await cell.RunAsync(CellProcesses.Shell(Read("prelude") + attacks, network) with
        {
            Env = new Dictionary<string, string>
            {
                ["PATH"] = "/usr/bin:/bin:/usr/sbin:/sbin",
                ["HOST_PID"] = $"{Environment.ProcessId}",
                ["HOST_FILE"] = secret,
                ["HOST_FOLDER"] = scene.Folder["host"],
                ["HOST_SOCKET"] = socket,
                ["HOST_PORT"] = $"{((IPEndPoint)port.LocalEndPoint!).Port}",
            },
            Refused = (call, _) => told.Enqueue(call.Target),
        });

        var answers = outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (network is NetworkMode.Host)
        {
            answers = [.. answers.Select(a => MeantByHost.Contains(a.Split(' ')[1]) ? $"denied {a.Split(' ')[1]}" : a)];
        }

        Assert.IsEmpty(answers.Where(a => !a.StartsWith("denied ", StringComparison.Ordinal)), $"{file} with network {network}\n{string.Join('\n', answers.Where(a => a.StartsWith("ESCAPED", StringComparison.Ordinal)))}\n{outcome.Error}");
        CollectionAssert.AreEqual(Attempt().Matches(attacks).Select(m => $"denied {m.Groups[1].Value}").ToArray(), answers);
        foreach (var expected in attacks.Split('\n').Where(l => Attempt().IsMatch(l)).SelectMany(l => ObservableRefusals.Of(l, network)).GroupBy(target => target))
        {
            Assert.IsGreaterThanOrEqualTo(expected.Count(), told.Count(t => t == expected.Key), $"{file} with network {network}: refusals of '{expected.Key}' were told");
        }

        Assert.AreEqual("tree", await File.ReadAllTextAsync(scene.Folder["tree", "file"]));
        Assert.HasCount(1, Directory.GetFileSystemEntries(scene.Folder["tree"]));
        Assert.AreEqual(0, (await cell.ShellAsync("true")).ExitCode, "the cell lives on");
    }

    private static IEnumerable<(string File, NetworkMode Network)> Rounds() =>
        from file in Files
        from network in new[] { NetworkMode.None, NetworkMode.Loopback, NetworkMode.Egress, NetworkMode.Full, NetworkMode.Host }
        select (file, network);

    private static string Read(string file)
    {
        using var reader = new StreamReader(typeof(EveryAttackFails).Assembly.GetManifestResourceStream($"{file}.sh")!);
        return reader.ReadToEnd();
    }

    private static Socket Listen(EndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        if (address is IPEndPoint)
        {
            socket.DualMode = true;
        }

        socket.Bind(address);
        socket.Listen();
        return socket;
    }

    [GeneratedRegex("^attempt ([a-z0-9-]+) ", RegexOptions.Multiline)]
    private static partial Regex Attempt();
}
