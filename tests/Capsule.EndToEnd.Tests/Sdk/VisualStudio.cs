using System.Text.Json;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>What Visual Studio reads of a project, as far as it shows without Visual Studio (sdk/docs/ides.md).</summary>
[TestClass]
public class VisualStudio
{
    [TestMethod]
    public async Task SeesACapsuleAndNoCompiler()
    {
        using var kit = await Scenario.KitAsync();
        // Stands for the design-time targets that only Visual Studio has.
        kit.Write("Directory.Build.targets", """
            <Project><ItemGroup><ProjectCapability Include="CSharp;Managed;LanguageService;ReferencesFolder;SupportsHotReload;EditAndContinue" /></ItemGroup></Project>
            """);

        using var tests = await Evaluate(kit);
        CollectionAssert.AreEquivalent(
            new[]
            {
                "Capsule", "SupportsComputeRunCommand", "TestContainer", "TestingPlatformServer", "TestingPlatformServer.ExitOnProcessExitCapability",
                "TestingPlatformServer.UseListTestsOptionForDiscoveryCapability",
            },
            Items(tests, "ProjectCapability"));
        using var noTests = await Evaluate(kit, "-p:CapsuleHasTests=false");
        CollectionAssert.AreEquivalent(new[] { "Capsule", "SupportsComputeRunCommand" }, Items(noTests, "ProjectCapability"));

        CollectionAssert.AreEqual(new[] { kit["capability.yml"] }, Items(tests, "AdditionalDesignTimeBuildInput"));
        CollectionAssert.Contains(Items(tests, "AvailableItemName"), "CapsuleFile");
        CollectionAssert.Contains(Items(tests, "Watch"), "capability.yml");
        CollectionAssert.IsSubsetOf(new[] { "capability.yml", "capability-test.yml", "workloads/hello/src/index.ts", "README.md" }, Items(tests, "None"));
        Assert.AreEqual("", tests.RootElement.GetProperty("Properties").GetProperty("DisableFastUpToDateCheck").GetString());
    }

    [TestMethod]
    public async Task AsksForABuildExactlyWhenOneIsNeeded()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("site/.hidden/page.html", "<html></html>");
        site.Write("capproj.lock", $"version = 1\nsdk = \"{PackedFeed.Version}\"\n");
        site.Write("StaticSite.capproj", $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <ItemGroup><CapsuleFile Include="../licence.txt" PackagePath="legal/" /></ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(site["..", "licence.txt"], "licence");
        (await site.Build()).Succeeds();

        using var collected = await Evaluate(site, "-t:CapsuleCollectInputs;_CapsuleUnseenUpToDateInputs", "-p:BuildingProject=true");
        var inputs = Paths(site, collected, "UpToDateCheckInput");
        var read = Paths(site, collected, "_CapsuleInput")
            .Where(f => f.StartsWith(site.Folder + "/", StringComparison.Ordinal) || f.EndsWith("licence.txt", StringComparison.Ordinal))
            .Where(f => !f.StartsWith(site["obj"], StringComparison.Ordinal) && !f.EndsWith("proj", StringComparison.Ordinal)).ToArray();
        CollectionAssert.IsSubsetOf(new[] { site["capsule.toml"], site["capproj.lock"], site["site", "index.html"], Path.GetFullPath(site["..", "licence.txt"]) }, read);
        Assert.AreEqual("", string.Join('\n', read.Except(inputs)), "The build reads what the check does not know.");
        var built = Paths(site, collected, "UpToDateCheckBuilt");
        CollectionAssert.AreEqual(new[] { site["bin", "Debug", "StaticSite.capsule"] }, built);

        foreach (var input in inputs)
        {
            File.SetLastWriteTimeUtc(input, DateTime.UtcNow);
            (await site.Rebuild()).Runs("_CapsuleAssemble");
            Assert.IsGreaterThanOrEqualTo(File.GetLastWriteTimeUtc(input), File.GetLastWriteTimeUtc(built[0]), $"{input} makes every later check say 'build'.");
        }
    }

    private static async Task<JsonDocument> Evaluate(Scenario project, params string[] more)
    {
        string[] asked = ["ProjectCapability", "AdditionalDesignTimeBuildInput", "AvailableItemName", "Watch", "None", "UpToDateCheckInput", "UpToDateCheckBuilt", "_CapsuleInput"];
        var run = await project.Dotnet(["msbuild", "-nologo", "-p:BuildingInsideVisualStudio=true", $"-getItem:{string.Join(',', asked)}", "-getProperty:DisableFastUpToDateCheck,TargetPath", .. more]);
        return JsonDocument.Parse(run.Succeeds().Command.Output);
    }

    private static string[] Items(JsonDocument evaluated, string name) =>
        [.. evaluated.RootElement.GetProperty("Items").GetProperty(name).EnumerateArray().Select(i => i.GetProperty("Identity").GetString()!).Distinct()];

    private static string[] Paths(Scenario project, JsonDocument evaluated, string name) =>
        [.. Items(evaluated, name).Select(f => Path.GetFullPath(f, project.Folder)).Distinct()];
}
