using Capsule.Core.Plans;
using Capsule.Core.Plans.Permissions;

namespace Capsule.Families.Tests.Kits;

/// <summary><c>egress_allow</c> narrows network full to hosts, for a workload or one command of it.</summary>
[TestClass]
public class HostsOfKits
{
    private const string Kit = """
        version: '1'
        name: hello
        workloads:
          hello:
            endpoints: [mcp]
            egress_allow: [api.example.com, '*.example.org', 'db.example.com:5432']
            runtime:
              source:
                toolchain: bun
                prepare: {command: bun install, egress_allow: [registry, cdn.example.com]}
                hydrate: {command: bun fetch.ts, network: loopback}
                start: {command: bun run a.ts, network: full}

        """;

    [TestMethod]
    public void AreThoseOfTheCommandElseThoseOfTheWorkload()
    {
        using var scene = new KitScene(Kit);
        var plan = scene.Compiled().Launch!;
        var stages = plan.Cells.Single().Processes.ToDictionary(p => p.Stage);

        var prepare = stages[ProcessStage.Prepare].Network;
        Assert.AreEqual("Egress cdn.example.com:80,443 registry", Said(prepare));
        Assert.AreEqual("Loopback", Said(stages[ProcessStage.Hydrate].Network), "a list widens nothing");
        Assert.AreEqual("Egress api.example.com:80,443 *.example.org:80,443 db.example.com:5432", Said(stages[ProcessStage.Start].Network));
        Assert.AreEqual("egress_allow: [api.example.com, '*.example.org', db.example.com:5432, {destination}]", stages[ProcessStage.Start].EgressGrant!.Grant);
        Assert.AreEqual(6, stages[ProcessStage.Start].EgressGrant!.Origin.Range!.Line);
        Assert.AreEqual(10, prepare.Permission!.Origin.Range!.Line);

        var asked = PermissionSummary.Of(plan).Select(p => p.Text).ToArray();
        CollectionAssert.IsSubsetOf(
            new[] { "hello/prepare may connect to cdn.example.com, port 80, 443", "hello/prepare may connect to your package registry", "hello/start may connect to db.example.com, port 5432" },
            asked, string.Join('\n', asked));
        Assert.IsFalse(asked.Any(a => a.Contains("every public host", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("start: {command: bun run a.ts, network: full}", "start: {command: bun run a.ts, egress_allow: [a.example.com]}",
        "capability.yml(12,40): error CAP0297: 'workloads.hello.runtime.source.start' lists hosts in 'egress_allow', but its network is 'none'.")]
    [DataRow("start: {command: bun run a.ts, network: full}", "start: {command: bun run a.ts}",
        "capability.yml(6,5): error CAP0297: 'hello' lists hosts in 'egress_allow', but none of its commands has network full without a list of its own.")]
    [DataRow("[registry, cdn.example.com]", "[registry, 'https://']", "capability.yml(10,66): error CAP0295: 'https://' in 'egress_allow' does not name a host.")]
    [DataRow("[registry, cdn.example.com]", "[]", "capability.yml(10,41): error CAP0296: 'egress_allow' names no host.")]
    public void ThatReachNothingAreRefused(string was, string now, string expected) =>
        StringAssert.Contains(KitScene.Said(Kit.Replace(was, now, StringComparison.Ordinal)), expected);

    private static string Said(NetworkPlan network) => string.Join(' ',
    [
        network.Mode.ToString(),
        .. network.Egress.Select(r => $"{r.Host}:{string.Join(',', r.Ports)}"),
        .. network.Registry == true ? new[] { "registry" } : [],
    ]);
}
