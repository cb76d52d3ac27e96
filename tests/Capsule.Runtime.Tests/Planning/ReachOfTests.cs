using Capsule.Core.Plans;
using Capsule.Runtime.Planning;

namespace Capsule.Runtime.Tests.Planning;

/// <summary>The network of a command of a test is that of exec, and no way around the hosts that a cell lists.</summary>
[TestClass]
public class ReachOfTests
{
    private static readonly NetworkPlan Full = new() { Mode = NetworkMode.Full };
    private static readonly NetworkPlan One = new() { Mode = NetworkMode.Egress, Egress = [new("a.test", [443])], Registry = true };
    private static readonly NetworkPlan Two = new() { Mode = NetworkMode.Egress, Egress = [new("a.test", [443]), new("b.test", [80, 443])] };

    [TestMethod]
    public void IsEveryPublicHostWhereNothingIsListed()
    {
        Assert.AreEqual(NetworkMode.Full, Of(new NetworkPlan()).Mode);
        Assert.AreEqual(NetworkMode.Full, Of(Full, One).Mode);
        Assert.AreEqual(NetworkMode.Host, Of(new NetworkPlan { Mode = NetworkMode.Host }, Full).Mode);
    }

    [TestMethod]
    public void IsWhatAllListTogether()
    {
        var reach = Of(One, Two, new NetworkPlan { Mode = NetworkMode.Loopback });
        Assert.AreEqual(NetworkMode.Egress, reach.Mode);
        Assert.AreEqual("a.test b.test", string.Join(' ', reach.Egress.Select(r => r.Host)));
        Assert.IsTrue(reach.ReachesRegistry);
        Assert.IsFalse(Of(Two).ReachesRegistry);
    }

    private static NetworkPlan Of(params NetworkPlan[] networks) => TestReach.Of(new CellPlan
    {
        Id = "app",
        Processes = [.. networks.Select((n, i) => new ProcessPlan { Id = $"app/{i}", Stage = ProcessStage.Start, Cwd = "/app", Argv = ["true"], Network = n })],
    });
}
