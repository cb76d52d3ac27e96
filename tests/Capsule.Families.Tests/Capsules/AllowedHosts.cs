using Capsule.Core.Plans;

namespace Capsule.Families.Tests.Capsules;

/// <summary><c>network.egress_allow</c> becomes the network of the program, each entry with the place that asks for it.</summary>
[TestClass]
public class AllowedHosts
{
    private const string Line = "\n[network]\negress_allow = [\"api.example.com\", \"https://Files.example.com\", \"db.example.com:5432\", \"*.example.org\", \"http://x.test:8080/y\"]\n";

    [TestMethod]
    public void EachEntryIsARuleWithItsPlaceAndItsGrant()
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server + Line, "server.mjs");
        var package = project.Plans();
        Assert.IsEmpty(package.LaunchNotYet);
        var network = package.Launch!.Cells[0].Processes[0].Network;
        Assert.AreEqual(NetworkMode.Egress, network.Mode);
        Assert.AreEqual(
            "api.example.com:80,443  files.example.com:443 https db.example.com:5432  *.example.org:80,443  x.test:8080 http",
            string.Join(' ', network.Egress.Select(e => $"{e.Host}:{string.Join(',', e.Ports)} {e.Protocol}")));
        var third = network.Egress[2].Permission!;
        Assert.AreEqual("network:server/service:db.example.com:5432", third.Id);
        Assert.AreEqual(("capsule.toml", "/network/egress_allow/2", 14, 65), (third.Origin.File, third.Origin.Pointer, third.Origin.Range!.Line, third.Origin.Range.Column));
        Assert.AreEqual("egress_allow = [\"db.example.com:5432\"]", third.Grant);
        Assert.AreEqual(("/network/egress_allow", 14, 1), (network.Permission!.Origin.Pointer, network.Permission.Origin.Range!.Line, network.Permission.Origin.Range.Column));
    }

    [TestMethod]
    public void TheNextGrantIsTheLineWithOneMoreEntry()
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[network]\negress_allow = [\"api.example.com\"]\n", "server.mjs");
        var next = project.Plans().Launch!.Cells[0].Processes[0].EgressGrant!;
        Assert.AreEqual("egress_allow = [\"api.example.com\", \"{destination}\"]", next.Grant);
        Assert.AreEqual(("capsule.toml", "/network/egress_allow", 14), (next.Origin.File, next.Origin.Pointer, next.Origin.Range!.Line));
    }

    [TestMethod]
    [DataRow("", "[network]\negress_allow = [\"{destination}\"]", 0)]
    [DataRow("\n[network]\n", "egress_allow = [\"{destination}\"]", 13)]
    public void WhereNothingIsGrantedTheFirstLineIsNamed(string more, string grant, int line)
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server + more, "server.mjs");
        var process = project.Plans().Launch!.Cells[0].Processes[0];
        Assert.AreEqual(NetworkMode.Loopback, process.Network.Mode);
        Assert.AreEqual(grant, process.EgressGrant!.Grant);
        Assert.AreEqual(line, process.EgressGrant.Origin.Range?.Line ?? 0);
    }

    [TestMethod]
    [DataRow("api.example.com:3000", "capsule.toml(14,17): error CAP0026")]
    [DataRow("http://api.example.com:3000", "capsule.toml(14,17): error CAP0026")]
    public void TheServersOwnPortIsNotGrantedElsewhere(string entry, string expected)
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[network]\negress_allow = [\"{entry}\"]\n", "server.mjs");
        project.Says(expected);
    }

    [TestMethod]
    [DataRow("*.example.com:3000")]
    [DataRow("api.example.com:3001")]
    public void OtherPortsAndSuffixesTakeNoPort(string entry)
    {
        using var project = new CapsuleScenario($"{CapsuleScenario.Server}\n[network]\negress_allow = [\"{entry}\"]\n", "server.mjs");
        project.Says();
    }

    [TestMethod]
    public void MovingTheEntryChangesNoHashAndAnotherEntryDoes()
    {
        Assert.AreEqual(Hash("\n[network]\negress_allow = [\"a.test\"]\n"), Hash("\n\n\n[network]\negress_allow = [  \"a.test\"]\n"));
        Assert.AreNotEqual(Hash("\n[network]\negress_allow = [\"a.test\"]\n"), Hash("\n[network]\negress_allow = [\"a.test:81\"]\n"));
    }

    private static string Hash(string more)
    {
        using var project = new CapsuleScenario(CapsuleScenario.Server + more, "server.mjs");
        return PlanHash.OfPermissions(project.Plans().Launch!);
    }
}
