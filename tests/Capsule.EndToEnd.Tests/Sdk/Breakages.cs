using Capsule.EndToEnd.Tests.Running;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What breaks before, between and under the steps of a build: one coded error, and the next build is right.</summary>
[TestClass]
public class Breakages
{
    [TestMethod]
    public async Task OfTheManifestBetweenTheSteps()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();
        var good = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);
        site.Write("Directory.Build.targets", """
            <Project>
              <Target Name="Lose" BeforeTargets="$(LoseBefore)"><Delete Files="capsule.toml" /></Target>
            </Project>
            """);
        var manifest = await File.ReadAllTextAsync(site["capsule.toml"]);

        // Evaluation has seen it, the task does not.
        (await site.Rebuild("-p:LoseBefore=_CapsuleValidate")).Fails().Says($"{site["capsule.toml"]}(1,1): error CAP0963").NeverSays("CAP9053");
        (await site.Rebuild()).Fails().Says("error CAP9004");
        site.Write("capsule.toml", manifest + "\n");
        (await site.Rebuild("-p:LoseBefore=_CapsuleAssemble")).Fails().Says($"{site["capsule.toml"]}(1,1): error CAP0963");
        CollectionAssert.AreEqual(good, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]), "what was built stays");

        site.Write("capsule.toml", manifest);
        (await site.Rebuild()).Succeeds();
        CollectionAssert.AreEqual(good, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));
    }

    [TestMethod]
    public async Task OfTheFilesThatABuildKeeps()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();
        var good = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);
        foreach (var kept in new[] { "capsule.inputs.cache", "capsule.inputs.list", "capsule.diagnostics.json", "capsule.validated", "capsule.lock.checked", "StaticSite.capsule" })
        {
            await File.WriteAllBytesAsync(site["obj", "Debug", kept], [0xFF, 0x00, 0x3B, 0x2A, 0x0A, 0x24, 0x28, 0x40, 0x28]);
        }

        (await site.Rebuild()).Succeeds().NeverSays("warning");
        (await site.Rebuild()).Succeeds().Skips("_CapsuleValidate", "_CapsuleAssemble");

        CollectionAssert.AreEqual(good, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));
        foreach (var step in new[] { "obj/Debug/capsule.validated", "obj/Debug/StaticSite.capsule" })
        {
            File.Delete(site[step]);
            Directory.CreateDirectory(site[step]);
            (await site.Rebuild()).Fails().Says(" error ").NeverSays("CAP9053").NeverSays("   at ");
            Directory.Delete(site[step]);
        }

        (await site.Rebuild()).Succeeds();
        CollectionAssert.AreEqual(good, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));
    }

    [TestMethod]
    public async Task OfTheDiskThatFillsUp()
    {
        using var site = await Scenario.SiteAsync();
        var bytes = new byte[4 << 20];
        new Random(1).NextBytes(bytes);
        await File.WriteAllBytesAsync(site["site", "film.bin"], bytes);
        (await site.Dotnet("restore", "-v:q")).Succeeds();
        Directory.CreateDirectory(site["obj", "Debug"]);
        const string Small = "mount -t tmpfs -o size={0} none obj/Debug && \"$@\"; code=$?; ls -A obj/Debug | sed s/^/left:/; exit $code";
        string[] build = ["build", "--no-restore", "--nologo", "-v:q", "-clp:NoSummary"];

        (await site.Within(Namespaces.Mount, string.Format(null, Small, "2m"), build)).Fails()
            .Says("error CAP2117").NeverSays("left:StaticSite.capsule").NeverSays(".tmp").NeverSays("CAP9053");
        Assert.IsFalse(File.Exists(site["bin", "Debug", "StaticSite.capsule"]));
        (await site.Within(Namespaces.Mount, string.Format(null, Small, "12k"), build)).Fails().Says(" error ").NeverSays(".tmp").NeverSays("CAP9053").NeverSays("   at ");

        (await site.Rebuild()).Succeeds();
    }

    [TestMethod]
    public async Task OfAnOutputThatSomebodyHolds()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build()).Succeeds();
        var good = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);
        site.Write("site/more.html", "more");
        const string Held = "mount --bind {0} {0} && mount -o remount,bind,ro {0} && exec \"$@\"";
        string[] build = ["build", "--no-restore", "--nologo", "-v:q", "-p:CopyRetryCount=1", "-p:CopyRetryDelayMilliseconds=1"];

        (await site.Within(Namespaces.Mount, string.Format(null, Held, "obj/Debug/StaticSite.capsule"), build)).Fails()
            .Says("obj/Debug/StaticSite.capsule").Says("error CAP2118").NeverSays("CAP9053").NeverSays("   at ");
        Assert.IsEmpty(Directory.GetFiles(site["obj", "Debug"], "*.tmp"));
        CollectionAssert.AreEqual(good, await File.ReadAllBytesAsync(site["obj", "Debug", "StaticSite.capsule"]));

        // The copy to bin is MSBuild's own, and so is what it says.
        (await site.Within(Namespaces.Mount, string.Format(null, Held, "bin/Debug/StaticSite.capsule"), build)).Fails().Says("bin/Debug/StaticSite.capsule").Says("error MSB30");
        CollectionAssert.AreEqual(good, await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]));
        (await site.Rebuild()).Succeeds().Skips("_CapsuleAssemble");
        CollectionAssert.Contains(await site.PackedAsync("bin", "Debug", "StaticSite.capsule"), "site/more.html");
    }

    [TestMethod]
    public async Task OfTheManifestsAndFilesThatAProjectNames()
    {
        using var site = await Scenario.SiteAsync();
        var absolute = site["capsule.toml"];
        (await site.Build($"-p:CapsuleManifest={absolute}")).Succeeds();
        (await site.Rebuild("-p:CapsuleManifest=../capsule.toml")).Fails().Says("error CAP9006");
        (await site.Rebuild("-p:CapsuleManifest=https://example.org/capsule.toml")).Fails().Says("error CAP9006");
        (await site.Rebuild("-p:CapsuleManifest=site")).Fails().Says("error CAP9007");

        site.Edit("StaticSite.capproj", " />", """><ItemGroup><CapsuleFile Include="gone.html" PackagePath="site/more.html" /></ItemGroup></Project>""");
        (await site.Rebuild()).Fails().Says($"{site["StaticSite.capproj"]} : error CAP2289").Says("gone.html");
        site.Edit("StaticSite.capproj", "gone.html", "site/index.html");
        site.Edit("StaticSite.capproj", "site/more.html", "../more.html");
        (await site.Rebuild()).Fails().Says($"{site["StaticSite.capproj"]} : error CAP2288");
    }

    [TestMethod]
    public async Task OfTheVersionsOfTheTools()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("other/capsule.toml", await File.ReadAllTextAsync(site["capsule.toml"]));
        site.Write("other/site/index.html", "<!doctype html>");
        site.Write("other/Other.capproj", $"""<Project Sdk="Capsule.Sdk/{PackedFeed.NextVersion}" />""");
        site.Write("all.proj", """
            <Project>
              <Target Name="Restore"><MSBuild Projects="StaticSite.capproj;other/Other.capproj" Targets="Restore" /></Target>
              <Target Name="Build"><MSBuild Projects="StaticSite.capproj;other/Other.capproj" /></Target>
            </Project>
            """);
        (await site.Dotnet("build", "all.proj", "--nologo", "-v:q")).Succeeds()
            .Says("other/Other.capproj : warning CAP9009").Says(PackedFeed.NextVersion).Says($"and {PackedFeed.Version} is used").Says("msbuild-sdks");

        // MSBuild's own version cannot be given to it, so the floor is raised instead, in a copy of the SDK's files.
        foreach (var file in Directory.GetFiles(Checkout.File("sdk"), "*.*", SearchOption.AllDirectories).Where(f => Path.GetExtension(f) is ".props" or ".targets"))
        {
            site.Write("sdk/" + Path.GetRelativePath(Checkout.File("sdk"), file), (await File.ReadAllTextAsync(file)).Replace("'18.9'", "'99.0'", StringComparison.Ordinal));
        }

        site.Write("old/Old.capproj", """<Project><Import Project="../sdk/Sdk/Sdk.props" /><Import Project="../sdk/Sdk/Sdk.targets" /></Project>""");
        (await site.Dotnet("msbuild", "old/Old.capproj", "-restore", "-nologo", "-v:q")).Fails().Says("error CAP9001: Capsule.Sdk needs MSBuild").NeverSays("CAP9004");
    }
}
