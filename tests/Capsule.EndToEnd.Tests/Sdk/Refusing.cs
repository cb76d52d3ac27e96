namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Errors name the place, the code and what to do.</summary>
[TestClass]
public class Refusing
{
    [TestMethod]
    public async Task NamesTheLineOfTheManifest()
    {
        using var kit = await Scenario.KitAsync();
        var lines = (await File.ReadAllTextAsync(kit["capability.yml"])).Split('\n');
        var line = Array.FindIndex(lines, l => l.StartsWith("name:", StringComparison.Ordinal));
        lines[line] = "name: Not A Name!";
        await File.WriteAllLinesAsync(kit["capability.yml"], lines);

        var build = (await kit.Build()).Fails();

        StringAssert.Matches(build.Output, new($@"{kit["capability.yml"]}\({line + 1},7(,{line + 1},\d+)?\): error CAP02\d\d: "));
        Assert.IsFalse(File.Exists(kit["bin", "Debug", "HelloKit.capakit"]));
    }

    [TestMethod]
    public async Task AsksWhichOfTwoManifests()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("capability.yml", "name: other\n");

        (await site.Build()).Fails().Says("error CAP9003").Says("capsule.toml, capability.yml").Says("CapsuleManifest");
        (await site.Build("-p:CapsuleManifest=capsule.toml")).Succeeds();
    }

    [TestMethod]
    public async Task SaysThatThereIsNoManifest()
    {
        using var site = await Scenario.SiteAsync();
        File.Move(site["capsule.toml"], site["other.toml"]);

        (await site.Build()).Fails().Says("error CAP9004");
        (await site.Rebuild("-p:CapsuleManifest=gone/capsule.toml")).Fails().Says("error CAP9006");
        (await site.Rebuild("-p:CapsuleManifest=other.toml")).Fails().Says("error CAP9007");
    }

    [TestMethod]
    public async Task RefusesAFrameworkFromTheCommandLine()
    {
        using var site = await Scenario.SiteAsync();

        (await site.Dotnet("build", "--nologo", "-f", "net9.0")).Fails().Says("error CAP9002").NeverSays("NETSDK1005");
    }

    [TestMethod]
    public async Task RefusesAKeyInAPropertyWithoutShowingIt()
    {
        using var site = await Scenario.SiteAsync();

        (await site.Build("-p:CapsuleKeyId=-----BEGIN PRIVATE KEY-----MIGmarker")).Fails().Says("error CAP9005").NeverSays("MIGmarker");
        (await site.Build("-p:CapsuleProvenanceKeyFile=-----BEGIN PRIVATE KEY-----MIGmarker")).Fails().Says("error CAP9005").NeverSays("MIGmarker");
    }

    [TestMethod]
    public async Task SaysItsWarningsAgain()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();
        site.Write("obj/Debug/capsule.diagnostics.json",
            """[{"Code":"CAP0099","Severity":"Warning","Text":"kept words","File":"/x/capsule.toml","Line":3,"Column":4,"EndLine":3,"EndColumn":9}]""");

        (await site.Rebuild()).Succeeds().Skips("_CapsuleValidate").Says("/x/capsule.toml(3,4,3,9): warning CAP0099: kept words");
        (await site.Rebuild("-p:CapsuleReplayDiagnostics=false")).Succeeds().NeverSays("kept words");
        (await site.Rebuild("-p:NoWarn=CAP0099")).Succeeds().NeverSays("warning CAP0099");
        (await site.Rebuild("-p:TreatWarningsAsErrors=true")).Fails().Says("error CAP0099");
    }
}
