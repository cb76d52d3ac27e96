using Capsule.EndToEnd.Tests.Sdk;

namespace Capsule.EndToEnd.Tests.Templates;

/// <summary>A new project builds, tests and packs as it was created.</summary>
[TestClass]
public class NewProjects
{
    [TestMethod]
    [Timeout(240_000, CooperativeCancellation = true)]
    public async Task AKitBuildsPassesItsTestsInTheSandboxAndPacks()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        (await hive.New("kit", "-n", "My Kit 2", "--publisher", "Acme Corp")).Succeeds();

        (await hive.In("My Kit 2", "build", "--nologo")).Succeeds().Says("my-kit-2.capakit").Says("0 Warning(s)");
        (await hive.In("My Kit 2", "test", "--no-build")).Succeeds().Says("total: 2").Says("succeeded: 2");
        (await hive.In("My Kit 2", "pack", "--no-restore", "-o", hive["packed"])).Succeeds().NeverSays("warning");
        Assert.IsTrue(File.Exists(hive["packed", "acme-corp.my-kit-2.0.1.0.nupkg"]));
    }

    [TestMethod]
    [DataRow("web")]
    [DataRow("node")]
    public async Task ACapsuleBuildsAndPacks(string target)
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        (await hive.New("capsule", "-n", "Corner.Shop", "--target", target)).Succeeds();

        (await hive.In("Corner.Shop", "build", "--nologo")).Succeeds().Says("Corner.Shop.capsule").Says("0 Warning(s)");
        (await hive.In("Corner.Shop", "pack", "--no-restore", "-o", hive["packed"])).Fails().Says("error CAP2300");
        (await hive.In("Corner.Shop", "pack", "--no-restore", "-p:CapsulePublisher=acme", "-o", hive["packed"])).Succeeds();
        Assert.IsTrue(File.Exists(hive["packed", "acme.corner-shop.0.1.0.nupkg"]));
        StringAssert.Contains(File.ReadAllText(hive["Corner.Shop", "README.md"]), "# Corner.Shop");
    }

    [TestMethod]
    public async Task AnUnknownTargetIsRefusedWithTheKnownOnes()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();

        (await hive.New("capsule", "-n", "Shop", "--target", "deno")).Fails().Says("'deno' is not a valid value").Says("node").Says("web");

        Assert.IsFalse(Directory.Exists(hive["Shop"]));
    }

    [TestMethod]
    public async Task AProjectFileJoinsTheManifestThatIsThere()
    {
        using var hive = await TemplateHive.WithTemplatesAsync();
        hive.Write("old-site/capsule.toml", """
            schema_version = "0.2"
            name = "old-site"
            version = "2.0.0"
            type = "app"
            default_target = "site"
            [targets.site]
            runtime = "web"
            driver = "static"
            entrypoint = "site"
            port = 8080
            """);
        hive.Write("old-site/site/index.html", "<!doctype html><title>Old</title>");
        hive.Write("old-site/README.md", "mine");

        (await hive.In("old-site", "new", "capproj", "--publisher", "acme")).Succeeds();

        (await hive.In("old-site", "pack", "--nologo", "-o", hive["packed"])).Succeeds().NeverSays("warning");
        Assert.IsTrue(File.Exists(hive["packed", "acme.old-site.2.0.0.nupkg"]));
        Assert.AreEqual("mine", File.ReadAllText(hive["old-site", "README.md"]));
    }
}
