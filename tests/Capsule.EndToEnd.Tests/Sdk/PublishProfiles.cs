namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet publish -p:PublishProfile=…</c>: the one way in which the verb reaches a feed (specs: msbuild-sdk 3.6).</summary>
[TestClass]
public sealed class PublishProfiles
{
    private static readonly string[] Publish = ["publish", "--nologo", "-v:m", "-p:CapsulePublisher=acme", "-p:Version=1.0.0"];

    [TestMethod]
    public async Task PushToTheirFeedAndNothingElseDoes()
    {
        using var site = await Scenario.SiteAsync();
        Directory.CreateDirectory(site["shop"]);
        site.Write("Properties/PublishProfiles/Shop.pubxml", """
            <Project>
              <PropertyGroup>
                <PublishDir>$(MSBuildProjectDirectory)/published/</PublishDir>
                <CapsulePushOnPublish>true</CapsulePushOnPublish>
                <CapsuleFeed>$(MSBuildProjectDirectory)/shop</CapsuleFeed>
              </PropertyGroup>
            </Project>
            """);

        (await site.Dotnet([.. Publish, "-p:CapsulePushOnPublish=true", $"-p:CapsuleFeed={site["shop"]}"])).Succeeds();
        Assert.IsEmpty(Directory.GetFiles(site["shop"]));

        (await site.Dotnet([.. Publish, "--no-restore", "-p:PublishProfile=Shop"])).Succeeds().Says("acme.static-site.1.0.0.nupkg");
        Assert.HasCount(1, Directory.GetFiles(site["shop"], "acme.static-site.1.0.0.nupkg"));
        Assert.IsTrue(File.Exists(site["published", "StaticSite.capsule"]));

        Directory.CreateDirectory(site["other"]);
        (await site.Dotnet([.. Publish, "--no-build", "-p:PublishProfile=Registry", $"-p:CapsuleFeed={site["other"]}", "-o", "here"])).Succeeds();
        Assert.HasCount(1, Directory.GetFiles(site["other"], "*.nupkg"));
        Assert.IsTrue(File.Exists(site["here", "StaticSite.capsule"]));
    }

    [TestMethod]
    public async Task AreRefusedWithoutAFeedBeforeAnythingIsBuilt()
    {
        using var site = await Scenario.SiteAsync();

        (await site.Dotnet([.. Publish, "-p:PublishProfile=Registry"])).Fails().Says("StaticSite.capproj : error CAP9056").NeverSays("MSB4181");
        Assert.IsFalse(Directory.Exists(site["obj"]) || Directory.Exists(site["bin"]));

        // A feed that is not there is found at the push: everything before it is done and stays.
        (await site.Dotnet([.. Publish, "-p:PublishProfile=Registry", $"-p:CapsuleFeed={site["nowhere"]}"])).Fails().Says("error CAP4001").NeverSays("MSB4181");
        Assert.IsTrue(File.Exists(site["bin", "Release", "publish", "StaticSite.capsule"]));
        Assert.IsFalse(Directory.Exists(site["nowhere"]));
    }
}
