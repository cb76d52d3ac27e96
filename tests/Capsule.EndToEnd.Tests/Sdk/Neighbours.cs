namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Builds side by side: configurations, nested projects, two projects in one folder.</summary>
[TestClass]
public class Neighbours
{
    private static readonly string[] Steps = ["_CapsuleValidate", "_CapsuleAssemble"];

    [TestMethod]
    public async Task TwoConfigurationsKnowNothingOfEachOther()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("Directory.Build.props", """
            <Project><PropertyGroup Condition="'$(Configuration)' == 'Release'"><CapsulePublisher>acme</CapsulePublisher></PropertyGroup></Project>
            """);
        (await site.Build()).Succeeds();
        (await site.Rebuild("-c", "Release")).Runs(Steps);
        (await site.Rebuild()).Succeeds().Skips(Steps);

        var before = Snapshot(site);
        (await site.Dotnet("pack", "--no-build", "-c", "Release", "--nologo", "-v:q")).Succeeds();
        (await site.Dotnet("clean", "-c", "Release", "--nologo", "-v:q")).Succeeds();

        CollectionAssert.AreEqual(before, Snapshot(site), "Clean touched the other configuration.");
        Assert.IsEmpty(Directory.GetFiles(site["bin", "Release"]));
        Assert.IsEmpty(Directory.GetFiles(site["obj", "Release"]).Where(f => Path.GetFileName(f).Contains("apsule", StringComparison.Ordinal)));
        (await site.Rebuild("-c", "Release")).Runs(Steps);
    }

    [TestMethod]
    public async Task AnOuterProjectPacksNothingThatAnInnerOneBuilt()
    {
        using var outer = await Scenario.SiteAsync();
        outer.Edit("capsule.toml", "entrypoint = \"site\"", "entrypoint = \".\"");
        outer.Write("inner/capsule.toml", (await File.ReadAllTextAsync(outer["capsule.toml"])).Replace("static-site", "inner", StringComparison.Ordinal));
        outer.Write("inner/index.html", "<html></html>");
        outer.Write("index.html", "<html></html>");
        File.Copy(outer["StaticSite.capproj"], outer["inner", "Inner.capproj"]);
        (await outer.Dotnet("build", "inner/Inner.capproj", "--nologo", "-v:q")).Succeeds();
        (await outer.Build()).Succeeds();

        var packed = await outer.PackedAsync();
        CollectionAssert.Contains(packed, "inner/index.html");
        Assert.AreEqual("", string.Join('\n', packed.Where(p => p.Contains("/bin", StringComparison.Ordinal) || p.Contains("/obj", StringComparison.Ordinal) || p.EndsWith("proj", StringComparison.Ordinal))));

        // And what the inner one builds is no reason to build the outer one.
        (await outer.Dotnet("build", "inner/Inner.capproj", "--nologo", "-v:q", "-c", "Release")).Succeeds();
        (await outer.Rebuild()).Succeeds().Skips(Steps);
    }

    [TestMethod]
    public async Task TwoProjectsInOneFolderHaveFoldersOfTheirOwn()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("kit/capsule.toml", (await File.ReadAllTextAsync(site["capsule.toml"])).Replace("static-site", "second", StringComparison.Ordinal));
        site.Write("kit/site/only.html", "<html></html>");
        site.Write("Second.capproj", $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <PropertyGroup><CapsuleManifest>kit/capsule.toml</CapsuleManifest></PropertyGroup>
            </Project>
            """);
        site.Write("Both.slnx", """<Solution><Project Path="StaticSite.capproj" Type="C#" /><Project Path="Second.capproj" Type="C#" /></Solution>""");

        (await site.Dotnet("build", "Both.slnx", "--nologo", "-v:q", "-m")).Succeeds();
        CollectionAssert.DoesNotContain(await site.PackedAsync(), "site/only.html");
        CollectionAssert.Contains(await site.PackedAsync("bin", "Debug", "Second.capsule"), "site/only.html");
        Assert.IsTrue(Directory.Exists(site["obj", "StaticSite", "Debug"]) && Directory.Exists(site["obj", "Second", "Debug"]) && !Directory.Exists(site["obj", "Debug"]));

        Assert.IsTrue(await site.IsUpToDateAsync("StaticSite.capproj"));
        Assert.IsTrue(await site.IsUpToDateAsync("Second.capproj"));
        (await site.Dotnet("build", "Second.capproj", "--no-restore", "--nologo", "-v:q", "-p:CapsulePublisher=acme")).Succeeds();
        Assert.IsTrue(await site.IsUpToDateAsync("StaticSite.capproj"));
        (await site.Dotnet("clean", "Second.capproj", "--nologo", "-v:q")).Succeeds();
        Assert.IsTrue(await site.IsUpToDateAsync("StaticSite.capproj"));
    }

    /// <summary>Names and times of everything in Debug.</summary>
    private static string[] Snapshot(Scenario site) =>
        [.. new[] { site["bin", "Debug"], site["obj", "Debug"] }
            .SelectMany(d => Directory.EnumerateFiles(d, "*", SearchOption.AllDirectories))
            .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}").Order(StringComparer.Ordinal)];
}
