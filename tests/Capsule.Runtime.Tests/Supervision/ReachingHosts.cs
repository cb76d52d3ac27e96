using System.Net;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Processes of a real cell and the hosts they are granted; the hosts are servers of the test's.</summary>
[TestClass]
public sealed class ReachingHosts : IDisposable
{
    private readonly GreetingServer _server = new();

    private int Port => _server.Port;

    public void Dispose() => _server.Dispose();

    [TestMethod]
    public async Task AProgramThatIgnoresProxiesReachesAGrantedHostByName()
    {
        await using var scene = new Scene();
        var seen = await RunAsync(scene, Egress($"exec 3<>/dev/tcp/api.test/{Port}; cat <&3; getent hosts api.test", $"api.test:{Port}"));
        CollectionAssert.AreEqual(new[] { "hello from outside", "127.77.0.1      api.test" }, seen);
        Assert.IsTrue(scene.Log.Any(l => l.Text == $"network: allowed api.test:{Port}"));
    }

    [TestMethod]
    public async Task TheSameHostAtAnotherPortIsNotThere()
    {
        await using var scene = new Scene();
        var seen = await RunAsync(scene, Egress($"(exec 3<>/dev/tcp/api.test/{Port}) 2>/dev/null || echo refused", "api.test:1"));
        CollectionAssert.AreEqual(new[] { "refused" }, seen);
    }

    [TestMethod]
    public async Task ARefusedDestinationNamesProcessOperationTargetPermissionAndLine()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Egress($"{Connect("other.test:8443")}; getent hosts third.test; {Connect("api.test:99")}", $"api.test:{Port}"));
        var denials = scene.Log.Select(l => l.Denial).OfType<Denial>().ToArray();
        var expected = new Denial(
            "job/task", DeniedOperation.Connect, "other.test:8443", "the manifest grants other hosts or ports", "network:job/task",
            $"egress_allow = [\"api.test:{Port}\", \"other.test:8443\"]", "capsule.toml", 14, 1);
        Assert.AreEqual(expected, denials[0]);
        Assert.AreEqual((DeniedOperation.Resolve, "third.test", $"egress_allow = [\"api.test:{Port}\", \"third.test\"]"), (denials[1].Operation, denials[1].Target, denials[1].Grant));
        Assert.AreEqual("api.test:99", denials[2].Target);
        Assert.HasCount(3, denials);
        Assert.AreEqual(
            $"CAP5306: job/task may not connect to other.test:8443: the manifest grants other hosts or ports. To allow it, write: egress_allow = [\"api.test:{Port}\", \"other.test:8443\"] (capsule.toml:14:1)",
            scene.Log.First(l => l.Denial is not null).Text);
        var kept = LogReader.Read(scene.Home, RunList.All(scene.Home).Single().Record.Id).First(l => l.Denial is not null);
        Assert.AreEqual(expected, kept.Denial, "the log on disk holds it");
    }

    [TestMethod]
    public async Task ADenialIsInTheLogWithinATenthOfASecond()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Egress("for i in 1 2 3 4 5; do echo $(date +%s%3N); getent hosts host$i.test; sleep 0.3; done", "api.test:1"));
        var asked = scene.Log.Where(l => l.Stream == "out").Select(l => long.Parse(l.Text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var told = scene.Log.Where(l => l.Denial is not null).Select(l => l.Time.ToUnixTimeMilliseconds()).ToArray();
        Assert.HasCount(5, told);
        Assert.IsLessThan(100, asked.Zip(told, (a, t) => t - a).Min(), string.Join(", ", asked.Zip(told, (a, t) => t - a)));
    }

    [TestMethod]
    public async Task AHostWhoseAddressIsPrivateIsRefusedAndNoLineWouldHelp()
    {
        await using var scene = new Scene();
        var process = Egress($"(exec 3<>/dev/tcp/api.test/{Port}; cat <&3)", $"api.test:{Port}");
        Assert.IsEmpty(await RunAsync(scene, process, (plan, registry) => new EgressPolicy(plan, registry) { Resolve = Loopback }));
        var denial = scene.Log.Select(l => l.Denial).OfType<Denial>().Single();
        Assert.AreEqual(($"api.test:{Port}", "its address is loopback", null), (denial.Target, denial.Reason, denial.Grant));
    }

    [TestMethod]
    public async Task WhereNothingIsGrantedALookupIsReportedWithTheFirstLine()
    {
        await using var scene = new Scene();
        var process = Shell("job/task", "getent hosts api.example.com") with
        {
            Network = new NetworkPlan { Mode = NetworkMode.Loopback },
            EgressGrant = new Permission("network:job/task", new Origin("capsule.toml", "/network/egress_allow", null), "[network]\negress_allow = [\"{destination}\"]"),
        };
        await RunAsync(scene, process);
        var line = scene.Log.Single(l => l.Denial is not null);
        Assert.AreEqual("[network]\negress_allow = [\"api.example.com\"]", line.Denial!.Grant);
        Assert.IsNull(line.Denial.Line);
        StringAssert.EndsWith(line.Text, "To allow it, write: [network] egress_allow = [\"api.example.com\"] (capsule.toml)");
    }

    [TestMethod]
    public async Task WithTheFullNetworkAProgramThatIgnoresProxiesIsToldSo()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Shell("job/task", "getent hosts api.example.com") with { Network = new NetworkPlan { Mode = NetworkMode.Full } });
        StringAssert.Contains(scene.Log.Single(l => l.Denial is not null).Text, "programs that ignore HTTP_PROXY have no network");
    }

    [TestMethod]
    public async Task AFloodOfNamesIsCutOff()
    {
        await using var scene = new Scene();
        await RunAsync(scene, Egress($"for i in $(seq {DenialReport.MostLines + 50}); do {Connect("host$i.test:1")}; done", "api.test:1"));
        Assert.HasCount(DenialReport.MostLines, scene.Log.Where(l => l.Denial is not null));
        Assert.HasCount(1, scene.Log.Where(l => l.Text.Contains("are not logged", StringComparison.Ordinal)));
    }

    /// <summary>A shell line that asks the proxy for a tunnel.</summary>
    private static string Connect(string destination) =>
        $"(exec 3<>/dev/tcp/127.0.0.1/${{HTTP_PROXY##*:}}; printf 'CONNECT {destination.Replace("$i", "%s", StringComparison.Ordinal)} HTTP/1.1\\r\\n\\r\\n' \"$i\" >&3; read -r l <&3)";

    private static Task<IPAddress[]> Loopback(string name, CancellationToken cancel) => Task.FromResult(new[] { IPAddress.Loopback });

    private static ProcessPlan Egress(string script, string entry) => Shell("job/task", "") with
    {
        Shell = null,
        Argv = ["/bin/bash", "-c", script],
        Network = new NetworkPlan
        {
            Mode = NetworkMode.Egress,
            Egress = [new(entry.Split(':')[0], [int.Parse(entry.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)])],
        },
        EgressGrant = new Permission(
            "network:job/task", new Origin("capsule.toml", "/network/egress_allow", new SourceRange(14, 1, 14, 13)), $"egress_allow = [\"{entry}\", \"{{destination}}\"]"),
    };

    private static async Task<string[]> RunAsync(Scene scene, ProcessPlan process, Func<NetworkPlan, Uri?, EgressPolicy>? policy = null)
    {
        var request = scene.Request(Cell("job", process)) with
        {
            Policy = policy ?? ((plan, registry) => new EgressPolicy(plan, registry) { Resolve = Loopback, Refusal = _ => null }),
        };
        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        await run.Ended.WaitAsync(TimeSpan.FromSeconds(60));
        return [.. scene.Log.Where(l => l.Stream == "out").Select(l => l.Text)];
    }
}
