using System.Xml.Linq;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A repository whose build files were written for C#: every verb gives what it gives elsewhere.</summary>
[TestClass]
public class HostileRepositories
{
    /// <summary>Those of the SDK's own switches whose opposite is not simply true.</summary>
    private static readonly Dictionary<string, string> Opposites = new()
    {
        ["TargetFramework"] = "net8.0",
        ["TargetFrameworks"] = "net8.0;net9.0",
        ["RuntimeIdentifier"] = "linux-x64",
        ["RuntimeIdentifiers"] = "win-x64;linux-x64",
        ["OutputType"] = "Exe",
        ["ImplicitUsings"] = "enable",
        ["EnableDefaultItems"] = "false",
        ["IsPackable"] = "false",
        ["IsPublishable"] = "false",
        ["DebugType"] = "full",
        ["DocumentationFile"] = "bin/doc.xml",
        ["SuppressImplicitGitSourceLink"] = "false",
    };

    private const string More = """
        <PropertyGroup>
          <AssemblyOriginatorKeyFile>missing.snk</AssemblyOriginatorKeyFile>
          <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
          <GeneratePackageOnBuild>true</GeneratePackageOnBuild>
          <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
          <LangVersion>latest</LangVersion>
          <Nullable>enable</Nullable>
          <EnableNETAnalyzers>true</EnableNETAnalyzers>
          <AnalysisLevel>latest-all</AnalysisLevel>
          <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
          <Deterministic>false</Deterministic>
          <StartupObject>No.Program</StartupObject>
          <Platforms>x64</Platforms>
          <PlatformTarget>x64</PlatformTarget>
          <EnableMSTestRunner>true</EnableMSTestRunner>
          <WarningsAsErrors>NU1603;CS8600</WarningsAsErrors>
        </PropertyGroup>
        <ItemGroup>
          <PackageReference Include="Strict.Analyzers" Version="1.0.0" />
          <Compile Include="**/*.cs" />
          <EmbeddedResource Include="README.md" />
          <Analyzer Include="nowhere.dll" />
          <FrameworkReference Include="Microsoft.AspNetCore.App" />
          <Reference Include="System.Windows" />
        </ItemGroup>
        """;

    private const string Hooks = """
        <Target Name="BeforeIt" BeforeTargets="Build"><Message Importance="high" Text="hook before build" /></Target>
        <Target Name="AfterIt" AfterTargets="Build"><Message Importance="high" Text="hook after build" /></Target>
        <Target Name="BeforeCompiler" BeforeTargets="CoreCompile"><Error Text="there is no compiler" /></Target>
        <Target Name="AfterCompiler" AfterTargets="CoreCompile"><Error Text="there is no compiler" /></Target>
        <Target Name="CoreCompile"><Error Text="there is no compiler" /></Target>
        """;

    [TestMethod]
    [DataRow("Directory.Build.props", "")]
    [DataRow("Directory.Build.targets", Hooks)]
    public async Task ChangeNoVerb(string file, string hooks)
    {
        using var kit = await Scenario.KitAsync();
        await AnalyzerPackage.WriteAsync(kit["feed"]);
        kit.Write("nuget.config", $"""<configuration><packageSources><add key="analyzers" value="{kit["feed"]}" /></packageSources></configuration>""");
        kit.Write("stray.cs", "this is not C#");
        kit.Write(file, $"<Project>{Hostile()}{More}{hooks}</Project>");

        string[] named = ["-p:CapsulePublisher=acme", "-p:Version=1.0.0"];

        var build = (await kit.Dotnet(["build", "--nologo", "-v:n", .. named])).Succeeds().Says("0 Warning(s)").NeverSays("strict analyzer");
        (await kit.Dotnet(["publish", "--no-restore", "--nologo", "-v:m", "-c", "Debug", "-o", kit["out"], .. named])).Succeeds().NeverSays("warning");
        (await kit.Dotnet(["pack", "--no-restore", "--nologo", "-v:m", "-c", "Debug", .. named])).Succeeds().NeverSays("warning");
        (await kit.Dotnet(["msbuild", "-nologo", "-v:q", "-question", .. named])).Succeeds();

        if (hooks.Length > 0)
        {
            build.Says("hook before build").Says("hook after build");
        }

        CollectionAssert.AreEqual(new[] { "HelloKit.capakit" }, Folder.Names(kit["out"]));
        CollectionAssert.AreEqual(new[] { "HelloKit.capakit", "acme.hello-kit.1.0.0.nupkg" }, Folder.Names(kit["bin", "Debug"]));
        Assert.HasCount(1, Directory.GetDirectories(kit["bin"]));
        Assert.IsFalse(Folder.Names(kit["obj", "Debug"]).Any(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".dll", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task MayBringTheirOwnVersionsFoldersAndCommandLines()
    {
        using var kit = await Scenario.KitAsync();
        await AnalyzerPackage.WriteAsync(kit["feed"]);
        kit.Write("nuget.config", $"""<configuration><packageSources><add key="analyzers" value="{kit["feed"]}" /></packageSources></configuration>""");
        kit.Write("Directory.Packages.props", """
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <GlobalPackageReference Include="Strict.Analyzers" Version="1.0.0" />
                <PackageVersion Include="Newtonsoft.Json" Version="13.0.1" />
              </ItemGroup>
            </Project>
            """);
        kit.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <BaseIntermediateOutputPath>$(MSBuildThisFileDirectory)made/temp/</BaseIntermediateOutputPath>
                <BaseOutputPath>$(MSBuildThisFileDirectory)made/out/</BaseOutputPath>
              </PropertyGroup>
            </Project>
            """);

        (await kit.Build()).Succeeds().NeverSays("warning");
        (await kit.Rebuild()).Skips("_CapsuleValidate", "_CapsuleAssemble");
        Assert.IsEmpty((await kit.PackedAsync("made", "out", "Debug", "HelloKit.capakit")).Where(f => f.StartsWith("made/", StringComparison.Ordinal)));
        (await kit.Dotnet("restore", "--nologo", "-v:q", "-r", "linux-x64", "-p:PublishAot=true")).Succeeds();
        (await kit.Dotnet("publish", "--no-restore", "--nologo", "-v:m", "-r", "linux-x64", "--self-contained", "-o", kit["out"],
            "-p:PublishAot=true", "-p:PublishSingleFile=true", "-p:PublishTrimmed=true", "-p:PublishReadyToRun=true", "-p:UseAppHost=true")).Succeeds().NeverSays("warning");

        CollectionAssert.AreEqual(new[] { "HelloKit.capakit" }, Folder.Names(kit["out"]));
    }

    /// <summary>The opposite of everything that the SDK resets, so that no line of it can be left out unseen.</summary>
    private static string Hostile()
    {
        var names = new[] { "Capsule.Isolation.props", "Capsule.Isolation.targets" }
            .SelectMany(f => XDocument.Load(Checkout.File("sdk", "build", f)).Descendants("PropertyGroup").Elements())
            .Select(e => e.Name.LocalName).Where(n => n is not ("TargetDir" or "TargetPath")).Distinct();
        return $"<PropertyGroup>{string.Concat(names.Select(n => $"<{n}>{Opposites.GetValueOrDefault(n, "true")}</{n}>"))}</PropertyGroup>";
    }
}
