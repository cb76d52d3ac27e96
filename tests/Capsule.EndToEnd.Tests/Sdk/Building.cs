namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What makes a build do something, and what does not (specs: msbuild-sdk 2).</summary>
[TestClass]
public class Building
{
    private static readonly string[] Steps = ["_CapsuleValidate", "_CapsuleAssemble"];

    [TestMethod]
    public async Task MakesTheContainerAndTheSecondTimeNothing()
    {
        using var site = await Scenario.SiteAsync();

        (await site.Build()).Runs(Steps).Says("StaticSite.capsule").NeverSays("warning");
        Assert.IsTrue(File.Exists(site["bin", "Debug", "StaticSite.capsule"]));

        (await site.Rebuild()).Succeeds().Skips(Steps);
        (await site.Dotnet("msbuild", "-question", "-nologo", "-v:q")).Succeeds();
    }

    [TestMethod]
    public async Task RunsNoTaskOfOursWhenNothingChanged()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Dotnet("build", "--nologo", "-v:d")).Succeeds().Says("Task \"ValidatePackage\"").Says("Task \"AssemblePackage\"");

        var second = (await site.Dotnet("build", "--nologo", "--no-restore", "-v:d")).Succeeds().Says("Task \"ReadLinesFromFile\"");

        foreach (var task in new[] { "ValidatePackage", "CheckLock", "AssemblePackage", "SignPackage", "ReplayDiagnostics" })
        {
            second.NeverSays($"Task \"{task}\"");
        }
    }

    [TestMethod]
    public async Task CleansAndRebuilds()
    {
        using var site = await Scenario.SiteAsync();
        (await site.Build("-p:CapsulePublisher=acme", "-p:Version=1.0.0")).Succeeds();
        (await site.Dotnet("pack", "--no-build", "-c", "Debug", "--nologo", "-v:q", "-p:CapsulePublisher=acme", "-p:Version=1.0.0")).Succeeds();
        Assert.HasCount(2, Directory.GetFiles(site["bin", "Debug"]));

        (await site.Dotnet("clean", "--nologo", "-v:q")).Succeeds();

        Assert.IsEmpty(Directory.GetFiles(site["bin", "Debug"]));
        Assert.IsEmpty(Directory.GetFiles(site["obj", "Debug"], "*apsule*").Where(f => !f.Contains("FileListAbsolute", StringComparison.Ordinal)));
        (await site.Rebuild("--no-incremental")).Runs(Steps);
    }

    [TestMethod]
    public async Task GivesTheSameBytesInAnotherFolderZoneAndOrder()
    {
        using var one = await Scenario.SiteAsync();
        using var two = await Scenario.SiteAsync();
        File.Delete(two["site", "index.html"]);
        File.Copy(one["site", "index.html"], two["site", "index.html"]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(two["site", "index.html"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        (await one.Build()).Succeeds();
        (await two.Dotnet([("TZ", "Pacific/Auckland"), ("LC_ALL", "tr_TR.UTF-8")], "build", "--nologo", "-v:q")).Succeeds();

        CollectionAssert.AreEqual(
            await File.ReadAllBytesAsync(one["bin", "Debug", "StaticSite.capsule"]), await File.ReadAllBytesAsync(two["bin", "Debug", "StaticSite.capsule"]));
    }
}
