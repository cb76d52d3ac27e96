namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>The places where a project puts work of its own (sdk/docs/properties.md).</summary>
[TestClass]
public class Hooks
{
    private static readonly string[] Steps = ["_CapsuleValidate", "_CapsuleAssemble"];

    [TestMethod]
    public async Task AFileMadeBeforeValidateIsPackedAndIsNoReasonToBuildAgain()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("StaticSite.capproj", $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <Target Name="Generate" BeforeTargets="CapsuleValidate" Inputs="words.txt" Outputs="site/made.html">
                <WriteLinesToFile File="site/made.html" Lines="$([System.IO.File]::ReadAllText('words.txt'))" Overwrite="true" />
                <ItemGroup><CapsuleFile Include="site/made.html" /></ItemGroup>
              </Target>
            </Project>
            """);
        site.Write("words.txt", "first");

        (await site.Build()).Runs([.. Steps, "Generate"]);
        CollectionAssert.Contains(await site.PackedAsync(), "site/made.html");
        (await site.Rebuild()).Succeeds().Skips([.. Steps, "Generate"]);

        site.Write("words.txt", "second");
        (await site.Rebuild()).Runs([.. Steps, "Generate"]);
        (await site.Rebuild()).Succeeds().Skips([.. Steps, "Generate"]);
    }

    [TestMethod]
    public async Task EachStepCanBePrecededFollowedLeftOutAndReplaced()
    {
        using var site = await Scenario.SiteAsync();
        string[] hooked = ["CapsuleValidate", "CapsuleCheckLock", "CapsuleAssemble", "Pack"];
        site.Write("StaticSite.capproj", $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <PropertyGroup>
                <CapsulePublisher>acme</CapsulePublisher>
                <CapsuleBuildDependsOn>First</CapsuleBuildDependsOn>
                <CustomAfterCapsuleTargets>$(MSBuildProjectDirectory)/after.targets</CustomAfterCapsuleTargets>
                <CustomBeforeCapsuleTargets>$(MSBuildProjectDirectory)/before.targets</CustomBeforeCapsuleTargets>
              </PropertyGroup>
              <Target Name="First"><Message Importance="high" Text="HOOK first" /></Target>
              {string.Concat(hooked.Select(h => $"""
                <Target Name="Before{h}" BeforeTargets="{h}"><Message Importance="high" Text="HOOK before {h}" /></Target>
                <Target Name="After{h}" AfterTargets="{h}"><Message Importance="high" Text="HOOK after {h}" /></Target>
              """))}
            </Project>
            """);
        site.Write("before.targets", "<Project><PropertyGroup><CapsuleVersion>9.9.9</CapsuleVersion></PropertyGroup></Project>");
        site.Write("after.targets", """<Project><Target Name="CapsuleClean"><Message Importance="high" Text="HOOK clean, version $(CapsuleVersion)" /></Target></Project>""");

        var pack = (await site.Dotnet("pack", "--nologo", "-v:n")).Succeeds();
        var order = pack.Output.Split('\n').Select(l => l.Trim()).Where(l => l.StartsWith("HOOK ", StringComparison.Ordinal) || l.Contains(".capsule ->", StringComparison.Ordinal) || l.Contains(".nupkg ->", StringComparison.Ordinal))
            .Select(l => l.StartsWith("HOOK ", StringComparison.Ordinal) ? l[5..] : l.Split(' ')[0]).ToArray();
        CollectionAssert.AreEqual(
            new[]
            {
                "first", "before CapsuleValidate", "after CapsuleValidate", "before CapsuleCheckLock", "after CapsuleCheckLock",
                "before CapsuleAssemble", "after CapsuleAssemble", "before Pack", "acme.static-site.1.0.0.nupkg", "after Pack",
            },
            order.Where(l => !l.EndsWith(".capsule", StringComparison.Ordinal)).ToArray(),
            pack.Output);

        (await site.Dotnet("clean", "--nologo", "-v:n", "-c", "Release")).Succeeds().Says("HOOK clean, version 9.9.9");
        (await site.Rebuild("-p:CapsuleBuildSteps=CapsuleAssemble")).Succeeds().Says("HOOK before CapsuleAssemble").NeverSays("HOOK before CapsuleValidate");
    }

    [TestMethod]
    public async Task AnUnknownValueIsNamedWithItsProperty()
    {
        using var site = await Scenario.SiteAsync();

        var build = (await site.Build("-p:CapsuleSign=maybe", "-p:CapsuleLocked=TRUE", "-p:CapsuleReplayDiagnostics=yes")).Fails();

        build.Says($"{site["StaticSite.capproj"]} : error CAP9020: A switch has a value that it does not know: CapsuleSign=maybe;CapsuleReplayDiagnostics=yes. Write true or false.")
            .NeverSays("CapsuleLocked=TRUE");
    }
}
