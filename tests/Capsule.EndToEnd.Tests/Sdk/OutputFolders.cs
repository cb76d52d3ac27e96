namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>Where the verbs put what they make, and what is said where nothing is there yet (specs: msbuild-sdk 8.3).</summary>
[TestClass]
public sealed class OutputFolders
{
    private static readonly string[] Quiet = ["--nologo", "-v:m", "-clp:NoSummary"];
    private static readonly string[] Named = ["-p:CapsulePublisher=acme", "-p:Version=1.0.0"];

    [TestMethod]
    public async Task AreChosenByOptionAndByRuntime()
    {
        using var site = await Scenario.SiteAsync();
        await Dotnet(site, "build", "-o", "out/built");
        var container = await File.ReadAllBytesAsync(site["out", "built", "StaticSite.capsule"]);

        await Dotnet(site, "build", "-r", "linux-x64");
        await Dotnet(site, "publish", "-r", "win-x64", "--self-contained", "-o", "out/published");
        await Dotnet(site, "pack", "-r", "linux-x64", "-o", "out/packed");

        CollectionAssert.AreEqual(
            new[]
            {
                "bin/Debug/linux-x64/StaticSite.capsule", "bin/Release/linux-x64/StaticSite.capsule", "bin/Release/win-x64/StaticSite.capsule",
                "out/built/StaticSite.capsule", "out/packed/acme.static-site.1.0.0.nupkg", "out/published/StaticSite.capsule",
            },
            Made(site, "bin", "out"));
        CollectionAssert.AreEqual(container, await File.ReadAllBytesAsync(site["out", "published", "StaticSite.capsule"]), "A package is the same for every machine.");
    }

    /// <summary>An artifacts folder inside of a project that packs whatever lies beside its manifest.</summary>
    [TestMethod]
    public async Task OfTheArtifactsLayoutAreNoPartOfThePackage()
    {
        using var kit = await Scenario.KitAsync();
        await Dotnet(kit, "build", "-c", "Release");
        var plain = await File.ReadAllBytesAsync(kit["bin", "Release", "HelloKit.capakit"]);
        Directory.Delete(kit["bin"], recursive: true);
        Directory.Delete(kit["obj"], recursive: true);
        kit.Write("../Directory.Build.props", "<Project><PropertyGroup><UseArtifactsOutput>true</UseArtifactsOutput></PropertyGroup></Project>");
        string[] elsewhere = ["--artifacts-path", "made"];

        await Dotnet(kit, ["publish", .. elsewhere]);
        await Dotnet(kit, ["pack", "--no-restore", .. elsewhere]);
        (await kit.Dotnet(["publish", "--no-restore", "--nologo", "-v:n", .. Named, .. elsewhere])).Skips("_CapsuleValidate", "_CapsuleAssemble");
        await Dotnet(kit, "build");

        CollectionAssert.AreEqual(
            new[]
            {
                "../artifacts/bin/HelloKit/debug/HelloKit.capakit", "made/bin/HelloKit/release/HelloKit.capakit",
                "made/package/release/acme.hello-kit.1.0.0.nupkg", "made/publish/HelloKit/release/HelloKit.capakit",
            },
            Made(kit, "../artifacts", "made", "bin", "obj"));
        CollectionAssert.AreEqual(plain, await File.ReadAllBytesAsync(kit["made", "publish", "HelloKit", "release", "HelloKit.capakit"]));
        (await kit.Dotnet(["clean", "-c", "Release", .. Quiet, .. elsewhere])).Succeeds();
        CollectionAssert.AreEqual(new[] { "made/publish/HelloKit/release/HelloKit.capakit" }, Made(kit, "made"));
    }

    [TestMethod]
    public async Task AreMissedByNameWithoutABuildOrARestore()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Dotnet(["build", "--no-restore", .. Quiet])).Fails().Says("NETSDK1004");
        (await site.Dotnet(["restore", .. Quiet])).Succeeds();

        foreach (var verb in new[] { "publish", "pack" })
        {
            (await site.Dotnet([verb, "--no-build", .. Quiet, .. Named])).Fails()
                .Says($"StaticSite.capproj : error CAP9008: There is no '{site["bin", "Release", "StaticSite.capsule"]}'").NeverSays("MSB4181");
        }

        await Dotnet(site, "build", "--no-restore", "-c", "Release");
        foreach (var verb in new[] { "publish", "pack" })
        {
            (await site.Dotnet([verb, "--no-build", "--nologo", "-v:n", .. Named])).Succeeds().NeverSays("_CapsuleAssemble");
        }
    }

    private static async Task Dotnet(Scenario project, params string[] arguments) =>
        (await project.Dotnet([.. arguments, .. Quiet, .. Named])).Succeeds().NeverSays("warning");

    /// <summary>The packages below these folders, without the ones on their way.</summary>
    private static string[] Made(Scenario project, params string[] folders) =>
        [.. folders.Where(f => Directory.Exists(project[f])).SelectMany(f => Directory.EnumerateFiles(project[f], "*", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(project.Folder, f))
            .Where(f => Path.GetExtension(f) is ".capsule" or ".capakit" or ".nupkg" && !f.Split('/').Contains("obj"))
            .Order(StringComparer.Ordinal)];
}
