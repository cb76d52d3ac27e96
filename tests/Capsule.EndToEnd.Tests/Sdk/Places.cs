using Capsule.EndToEnd.Tests.Running;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Where a project lies and what its files are called never matters, or one error says why it does.</summary>
[TestClass]
public class Places
{
    private static readonly string[] Steps = ["_CapsuleValidate", "_CapsuleAssemble"];

    /// <summary>Not among these: <c>@(</c> and <c>%41</c> in the folder itself, with which the .NET SDK's own targets fail for any project.</summary>
    private static readonly string[] Names = ["with space", "Ünï 漢字", "semi;colon", "quo'te", "dol$(lar)", "at@(x)", "per%20cent", "%3B", "ha#sh", "am&p", "per%"];

    [TestMethod]
    public async Task MayHaveAnyNameThatMSBuildTakes()
    {
        using var site = await Scenario.SiteAsync();
        site.MoveTo($"{new string('d', 200)}", $"{new string('e', 200)}", "a b;ü'$(x)#&!");
        foreach (var name in Names)
        {
            site.Write($"site/{name}.html", name);
        }

        (await site.Build()).Succeeds().NeverSays("warning");
        (await site.Rebuild()).Succeeds().Skips(Steps);
        site.Write("site/per%20cent.html", "edited");
        (await site.Rebuild()).Runs(Steps);
        File.Delete(site["site", "semi;colon.html"]);
        (await site.Rebuild()).Runs(Steps);

        var packed = await site.PackedAsync("bin", "Debug", site.Project + ".capsule");
        CollectionAssert.AreEquivalent(
            new[] { "README.md", "capsule.toml", "site/about.html", "site/index.html", "site/style.css" }.Concat(Names.Except(["semi;colon"]).Select(n => $"site/{n}.html")).ToArray(), packed);
    }

    [TestMethod]
    public async Task MayBeBehindALinkAndWithoutANetwork()
    {
        using var site = await Scenario.SiteAsync();
        File.CreateSymbolicLink(site["site", "also.html"], "about.html");
        (await site.Build()).Succeeds();
        var direct = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);
        Directory.Delete(site["bin"], recursive: true);
        Directory.Delete(site["obj"], recursive: true);
        var link = Directory.CreateSymbolicLink(Path.Combine(Path.GetDirectoryName(site.Folder)!, "linked"), site.Folder).FullName;

        (await site.Within(Namespaces.Offline, $"cd '{link}' && NUGET_PACKAGES='{link}-packages' exec \"$@\"", "build", "--nologo", "-v:q")).Succeeds().NeverSays("warning");

        var linked = await File.ReadAllBytesAsync(site["bin", "Debug", "StaticSite.capsule"]);
        CollectionAssert.AreEqual(direct, linked);
        CollectionAssert.Contains(await site.PackedAsync(), "site/also.html");
        File.CreateSymbolicLink(site["site", "out.html"], "/etc/hostname");
        (await site.Rebuild()).Fails().Says($"{site["StaticSite.capproj"]} : error CAP2283").Says("/etc/hostname");
    }

    [TestMethod]
    public async Task MayBeReadOnlyWhenTheOutputGoesElsewhere()
    {
        using var site = await Scenario.SiteAsync();
        const string ReadOnly = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && cd \"$0\" && exec \"$@\"";
        var elsewhere = Path.Combine(Path.GetDirectoryName(site.Folder)!, "else where");

        (await site.Within(Namespaces.Mount, ReadOnly, "build", "--nologo", "-v:q")).Fails().Says($"{site["StaticSite.capproj"]} : error CAP9010").Says("--artifacts-path");
        (await site.Within(Namespaces.Mount, ReadOnly, "build", "--nologo", "-v:q", "--artifacts-path", elsewhere)).Succeeds().NeverSays("warning");

        Assert.IsTrue(File.Exists(Path.Combine(elsewhere, "bin", "StaticSite", "debug", "StaticSite.capsule")));
        CollectionAssert.AreEqual(new[] { "README.md", "StaticSite.capproj", "capsule.toml", "site" }, Folder.Names(site.Folder));
    }

    [TestMethod]
    public async Task MayHaveItsPackageFolderAnywhere()
    {
        using var site = await Scenario.SiteAsync();
        var packages = Path.Combine(Path.GetDirectoryName(site.Folder)!, "my packages, ü");

        (await site.Dotnet([("NUGET_PACKAGES", packages)], "build", "--nologo", "-v:q")).Succeeds().NeverSays("warning");
        (await site.Dotnet([("NUGET_PACKAGES", packages)], "build", "--no-restore", "--nologo", "-v:n")).Skips(Steps);

        Assert.IsTrue(Directory.Exists(Path.Combine(packages, "capsule.sdk", PackedFeed.Version)));
        site.Edit("StaticSite.capproj", PackedFeed.Version, "9.9.9");
        (await site.Build()).Fails().Says("Could not resolve SDK \"Capsule.Sdk\"").Says("Unable to find package Capsule.Sdk").Says("error MSB4236");
    }

    [TestMethod]
    public async Task MayBeACSharpProject()
    {
        using var kit = await Scenario.KitAsync();
        File.Move(kit["HelloKit.capproj"], kit["HelloKit.csproj"]);
        kit.Write("stray.cs", "this is not C#");
        string[] named = ["-p:CapsulePublisher=acme", "-p:Version=1.0.0"];

        (await kit.Build(named)).Succeeds().NeverSays("warning");
        (await kit.Rebuild(named)).Skips(Steps);
        (await kit.Dotnet(["pack", "--no-build", "--nologo", "-v:q", "-c", "Debug", .. named])).Succeeds();
        (await kit.Dotnet(["publish", "--no-restore", "--nologo", "-v:q", "-o", kit["out"], .. named])).Succeeds().NeverSays("warning");
        (await kit.Dotnet("msbuild", "-nologo", "-getTargetResult:ComputeRunArguments", "-getProperty:RunArguments")).Succeeds().Says("HelloKit.capakit");
        (await kit.Dotnet("msbuild", "-nologo", "-getProperty:IsTestingPlatformApplication")).Succeeds().Says("true");

        CollectionAssert.AreEqual(new[] { "HelloKit.capakit" }, Folder.Names(kit["out"]));
        CollectionAssert.AreEqual(new[] { "HelloKit.capakit", "acme.hello-kit.1.0.0.nupkg" }, Folder.Names(kit["bin", "Debug"]));
        Assert.IsEmpty(Directory.GetFiles(kit["obj"], "*.dll", SearchOption.AllDirectories));
    }
}
