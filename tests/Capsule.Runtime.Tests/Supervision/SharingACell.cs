using System.Globalization;
using System.Net;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;
using Capsule.Runtime.Supervision;
using static Capsule.Runtime.Tests.Supervision.Scene;

namespace Capsule.Runtime.Tests.Supervision;

/// <summary>Processes of one cell have one loopback and networks of their own (specs: sandbox 3).</summary>
[TestClass]
public sealed class SharingACell : IDisposable
{
    private readonly GreetingServer _server = new();

    private int Port => _server.Port;

    public void Dispose() => _server.Dispose();

    [TestMethod]
    public async Task AWayOutServesOnlyTheProcessThatItWasOpenedFor()
    {
        await using var scene = new Scene();
        var seen = await RunAsync(
            scene,
            Egress("job/wide", $"echo ${{HTTP_PROXY##*:}} > /tmp/proxy; until [ -e /tmp/done ]; do sleep 0.05; done; {Own}; (setsid -w bash -c '{Own}')"),
            Bash("job/narrow", NetworkMode.Loopback, $"until [ -s /tmp/proxy ]; do sleep 0.05; done; {Proxy("$(cat /tmp/proxy)")}; {Own}; getent hosts other.test; echo tried; touch /tmp/done"));

        Assert.AreEqual("job/narrow tried; job/wide hello from outside", string.Join("; ", seen));
        var denials = scene.Log.Select(l => l.Denial).OfType<Denial>().Where(d => d.Process == "job/narrow").ToArray();
        Assert.HasCount(3, denials);
        StringAssert.StartsWith(denials[0].Target, "127.0.0.1:");
        Assert.AreEqual("this way out is for job/wide alone", denials[0].Reason);
        Assert.AreEqual($"127.77.0.1:{Port}", denials[1].Target);
        Assert.AreEqual((DeniedOperation.Resolve, "other.test"), (denials[2].Operation, denials[2].Target), "asked by the second process, of the first one's name server");
        Assert.AreEqual($"127.77.0.1:{Port}", scene.Log.Last(l => l.Denial?.Process == "job/wide").Denial!.Target, "a session of its own cannot be told from a stranger's");
    }

    [TestMethod]
    public async Task ProcessesWithTheSameGrantsAndTheirChildrenAreServed()
    {
        await using var scene = new Scene();
        var seen = await RunAsync(
            scene,
            Egress("job/first", $"{Own} & wait; echo 1 > /tmp/first; until [ -e /tmp/second ]; do sleep 0.05; done"),
            Egress("job/second", $"until [ -s /tmp/first ]; do sleep 0.05; done; {Own}; {Proxy("${HTTP_PROXY##*:}")} | head -1; touch /tmp/second"),
            Bash("job/third", NetworkMode.None, "until [ -e /tmp/second ]; do sleep 0.05; done"));

        Assert.AreEqual("job/first hello from outside; job/second HTTP/1.1 200 Connection established; job/second hello from outside", string.Join("; ", seen));
    }

    private string Own => $"(exec 3<>/dev/tcp/api.test/{Port}; timeout 20 cat <&3)";

    private string Proxy(string port) => $"(exec 3<>/dev/tcp/127.0.0.1/{port}; printf \"CONNECT api.test:{Port} HTTP/1.1\\r\\n\\r\\n\" >&3; timeout 20 head -1 <&3)";

    private static ProcessPlan Bash(string id, NetworkMode mode, string script) =>
        Shell(id, "") with { Shell = null, Argv = ["/bin/bash", "-c", script], Network = new NetworkPlan { Mode = mode } };

    private ProcessPlan Egress(string id, string script) => Bash(id, NetworkMode.Egress, script) with
    {
        Network = new NetworkPlan { Mode = NetworkMode.Egress, Egress = [new EgressRule("api.test", [Port])] },
    };

    /// <summary>What the processes printed, each line after its process's id, in order of the ids.</summary>
    private static async Task<string[]> RunAsync(Scene scene, params ProcessPlan[] processes)
    {
        var request = scene.Request(Cell("job", processes)) with
        {
            Policy = (plan, registry) => new EgressPolicy(plan, registry) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }), Refusal = _ => null },
        };
        await using var run = (await RunEngine.StartAsync(request, default)).Value!;
        var end = await run.Ended.WaitAsync(TimeSpan.FromSeconds(90));
        Assert.AreEqual(0, end.ExitCode, string.Join("\n", scene.Log.Select(l => $"{l.Process} {l.Text}")));
        return [.. scene.Log.Where(l => l.Stream == "out").Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.Process} {l.Text}")).Order(StringComparer.Ordinal)];
    }
}
