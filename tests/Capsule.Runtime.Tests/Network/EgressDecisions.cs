using System.Net;
using Capsule.Core.Plans;
using Capsule.Runtime.Network;

namespace Capsule.Runtime.Tests.Network;

[TestClass]
public class EgressDecisions
{
    private static readonly NetworkPlan Full = new() { Mode = NetworkMode.Full };

    [TestMethod]
    [DataRow("127.0.0.1")]
    [DataRow("127.9.9.9")]
    [DataRow("0.0.0.0")]
    [DataRow("10.1.2.3")]
    [DataRow("172.16.0.1")]
    [DataRow("192.168.1.1")]
    [DataRow("100.64.0.1")]
    [DataRow("169.254.169.254")]
    [DataRow("168.63.129.16")]
    [DataRow("198.18.0.1")]
    [DataRow("224.0.0.1")]
    [DataRow("255.255.255.255")]
    [DataRow("::1")]
    [DataRow("::")]
    [DataRow("fe80::1")]
    [DataRow("fe80::1%1")]
    [DataRow("fd00:ec2::254")]
    [DataRow("ff02::1")]
    [DataRow("::ffff:8.8.8.8")]
    [DataRow("::ffff:0:8.8.8.8")]
    [DataRow("64:ff9b::7f00:1")]
    [DataRow("2002:7f00:1::")]
    public async Task RefuseAddressesThatAreNotPublic(string address)
    {
        var verdict = await Resolving(address).DecideAsync("name.test", 443, default);
        Assert.IsEmpty(verdict.Addresses);
        Assert.IsNotNull(verdict.Refusal);
        Assert.IsFalse(verdict.Grantable, "no line of a manifest opens a private address");
    }

    [TestMethod]
    [DataRow("8.8.8.8")]
    [DataRow("2606:4700::1111")]
    public async Task AllowPublicAddresses(string address) =>
        Assert.AreEqual(address, (await Resolving(address).DecideAsync("name.test", 443, default)).Addresses.Single().ToString());

    [TestMethod]
    public async Task RefuseANameWithOnePrivateAddressAmongPublicOnes() =>
        Assert.IsNotNull((await Resolving("8.8.8.8", "10.0.0.1").DecideAsync("name.test", 443, default)).Refusal);

    [TestMethod]
    public async Task RefuseTheAddressesOfThisMachine()
    {
        var own = System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address.ToString()).First();
        Assert.IsNotNull((await Resolving(own).DecideAsync("name.test", 443, default)).Refusal);
    }

    [TestMethod]
    public async Task RefuseANameThatBecomesPrivateAtTheSecondLookUp()
    {
        var answers = new Queue<string>(["8.8.8.8", "192.168.1.1", "8.8.8.8"]);
        var policy = new EgressPolicy(Full, null) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(answers.Dequeue()) }) };
        Assert.AreEqual("8.8.8.8", (await policy.DecideAsync("name.test", 443, default)).Addresses.Single().ToString());
        Assert.AreEqual("its address is private", (await policy.DecideAsync("name.test", 443, default)).Refusal);
        Assert.IsNull((await policy.DecideAsync("name.test", 443, default)).Refusal);
    }

    [TestMethod]
    [DataRow("2130706433")]
    [DataRow("0x7f.1")]
    [DataRow("[::ffff:127.0.0.1]")]
    public async Task RefuseDisguisedAddresses(string host) =>
        Assert.IsNotNull((await new EgressPolicy(Full, null).DecideAsync(host, 80, default)).Refusal);

    [TestMethod]
    public async Task ExceptTheConfiguredRegistryAtItsPort()
    {
        var policy = new EgressPolicy(Full, new Uri("http://registry.test:4873/npm/")) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }) };
        Assert.IsNull((await policy.DecideAsync("Registry.test", 4873, default)).Refusal);
        Assert.IsNotNull((await policy.DecideAsync("registry.test", 80, default)).Refusal);
        Assert.IsNotNull((await policy.DecideAsync("other.test", 4873, default)).Refusal);
    }

    [TestMethod]
    public async Task ExceptTheRegistryForAListThatNamesIt()
    {
        var plan = new NetworkPlan { Mode = NetworkMode.Egress, Registry = true };
        var policy = new EgressPolicy(plan, new Uri("http://registry.test:4873/npm/")) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Loopback }) };
        Assert.IsNull((await policy.DecideAsync("registry.test", 4873, default)).Refusal);
        Assert.IsNull(policy.DecideLookup("registry.test").Refusal);
        Assert.AreEqual("the manifest grants other hosts or ports", (await policy.DecideAsync("other.test", 443, default)).Refusal);
        Assert.IsFalse(policy.IsSame(new EgressPolicy(plan with { Registry = null }, null)), "another process of the cell does not share the way");

        var without = new EgressPolicy(plan with { Registry = null }, new Uri("http://registry.test:4873/"));
        Assert.AreEqual("the manifest grants other hosts or ports", (await without.DecideAsync("registry.test", 4873, default)).Refusal);
    }

    [TestMethod]
    public void SayNothingOfALookUpOfTheRegistry()
    {
        var policy = new EgressPolicy(Full, new Uri("http://registry.test:4873/"));
        Assert.IsNull(policy.DecideLookup("Registry.test").Refusal);
        Assert.IsNotNull(policy.DecideLookup("other.test").Refusal);
    }

    [TestMethod]
    [DataRow("api.test", 443, true)]
    [DataRow("API.test", 443, true)]
    [DataRow("api.test", 8443, false)]
    [DataRow("x.cdn.test", 9000, true)]
    [DataRow("cdn.test", 9000, false)]
    [DataRow("evilcdn.test", 9000, false)]
    [DataRow("other.test", 443, false)]
    public async Task KeepToTheListOfEgress(string host, int port, bool allowed)
    {
        var plan = new NetworkPlan { Mode = NetworkMode.Egress, Egress = [new("api.test", []), new("*.cdn.test", [9000])] };
        var policy = new EgressPolicy(plan, null) { Resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse("8.8.8.8") }) };
        Assert.AreEqual(allowed, (await policy.DecideAsync(host, port, default)).Refusal is null);
    }

    [TestMethod]
    [DataRow(NetworkMode.None)]
    [DataRow(NetworkMode.Loopback)]
    public async Task LetNothingOutWithoutANetwork(NetworkMode mode) =>
        Assert.IsNotNull((await new EgressPolicy(new NetworkPlan { Mode = mode }, new Uri("http://localhost:1/")).DecideAsync("localhost", 1, default)).Refusal);

    private static EgressPolicy Resolving(params string[] addresses) =>
        new(Full, null) { Resolve = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()) };
}
