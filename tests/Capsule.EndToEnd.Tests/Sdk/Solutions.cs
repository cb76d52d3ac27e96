using System.IO.Compression;
using System.Security.Cryptography;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A capsule, a Kit and a C# program that refer to each other, in one solution.</summary>
[TestClass]
public class Solutions
{
    private static readonly string[] Quiet = ["--nologo", "-v:q", "-clp:NoSummary"];
    private static readonly string[] Named = ["-p:CapsulePublisher=acme", "-p:Version=1.0.0"];

    [TestMethod]
    [DataRow("Old.sln", "sln")]
    [DataRow("New.slnx", "slnx")]
    public async Task TakePackagesAndLetThemGo(string solution, string format)
    {
        using var workspace = await Workspace.WithAsync("site");
        (await workspace.Dotnet("new", "sln", "-n", Path.GetFileNameWithoutExtension(solution), "--format", format)).Succeeds();

        (await workspace.Dotnet("sln", solution, "add", "site/StaticSite.capproj")).Succeeds();
        (await workspace.Dotnet("sln", solution, "list")).Succeeds().Says("site/StaticSite.capproj");
        (await workspace.Dotnet(["build", solution, .. Quiet])).Succeeds();
        Assert.IsTrue(File.Exists(workspace["site", "bin", "Debug", "StaticSite.capsule"]));
        (await workspace.Dotnet(["clean", solution, .. Quiet])).Succeeds();
        Assert.IsFalse(File.Exists(workspace["site", "bin", "Debug", "StaticSite.capsule"]));

        (await workspace.Dotnet("sln", solution, "remove", "site/StaticSite.capproj")).Succeeds();
        (await workspace.Dotnet("sln", solution, "list")).Succeeds().NeverSays("StaticSite");
    }

    /// <summary>The acceptance of the whole: every verb, in every way in which MSBuild can walk a solution, with the same bytes.</summary>
    [TestMethod]
    public async Task BuildTestPackAndPublishTheSameInEveryMode()
    {
        using var workspace = await MixedAsync();
        var home = ("CAPSULE_HOME", (string?)Home.WithToolchains());
        (await workspace.Dotnet(["restore", "All.slnx", .. Named, "-v:q"])).Succeeds();

        (await workspace.Dotnet([home], ["test", "--solution", "All.slnx", "-c", "Release", "--no-restore", .. Named])).Succeeds().Says("succeeded: 3");
        var plain = await VerbsAsync(workspace);
        Forget(workspace);
        var isolated = await VerbsAsync(workspace, "-graph", "-isolate");
        (await workspace.Dotnet([home], ["test", "--solution", "All.slnx", "-c", "Release", "--no-build", .. Named])).Succeeds().Says("succeeded: 3");
        Forget(workspace);
        (await workspace.Dotnet([home, ("MSBUILDFORCEMULTITHREADED", "1")], ["test", "--solution", "All.slnx", "-c", "Release", "--no-restore", .. Named])).Succeeds().Says("succeeded: 3");
        var threads = await VerbsAsync(workspace, "-mt");

        Assert.HasCount(26, plain, string.Join('\n', plain));
        CollectionAssert.AreEqual(plain, isolated);
        CollectionAssert.AreEqual(plain, threads);
        using var kit = ZipFile.OpenRead(workspace["kit", "bin", "Release", "acme.hello-kit.1.0.0.nupkg"]);
        CollectionAssert.Contains(kit.Entries.Select(e => e.Name).ToArray(), "HelloKit.capakit");
        (await workspace.Dotnet("app/bin/Release/net10.0/publish/App.dll")).Succeeds().Says("StaticSite.capsule");
    }

    /// <summary>Kit on library and program, program on site: a chain through both languages.</summary>
    private static async Task<Workspace> MixedAsync()
    {
        var workspace = await Workspace.WithAsync("site", "kit");
        workspace.CSharp("words/Words.csproj", "namespace Words; public static class Greeting { public const string Text = \"hi\"; }", output: "Library");
        workspace.CSharp("app/App.csproj",
            "System.Console.WriteLine(System.IO.Directory.GetFiles(System.AppContext.BaseDirectory, \"*.capsule\")[0]);",
            """
            <ProjectReference Include="../site/StaticSite.capproj" ReferenceOutputAssembly="false" OutputItemType="Content" CopyToOutputDirectory="PreserveNewest"
                              GlobalPropertiesToRemove="BuildProjectReferences" />
            """);
        workspace.Project("kit/HelloKit.capproj", """
            <ItemGroup>
              <ProjectReference Include="../words/Words.csproj" PackagePath="lib/" />
              <ProjectReference Include="../app/App.csproj" />
            </ItemGroup>
            """);
        workspace.Write("Directory.Build.targets", """
            <Project>
              <ItemGroup Condition="'$(IsGraphBuild)' == 'true' and '$(UsingCapsuleSdk)' != 'true'">
                <ProjectReferenceTargets Include="Pack" Targets="GetTargetFrameworks;GetTargetPath;$(ProjectReferenceTargetsForBuild)" />
              </ItemGroup>
            </Project>
            """);
        (await workspace.Dotnet("new", "sln", "-n", "All", "--format", "slnx")).Succeeds();
        (await workspace.Dotnet("sln", "All.slnx", "add", "site/StaticSite.capproj", "kit/HelloKit.capproj", "app/App.csproj", "words/Words.csproj")).Succeeds();
        return workspace;
    }

    /// <summary>Builds, packs and publishes, and returns what came out of it with its digests.</summary>
    private static async Task<string[]> VerbsAsync(Workspace workspace, params string[] mode)
    {
        foreach (var verb in new[] { "build", "pack", "publish" })
        {
            (await workspace.Dotnet([verb, "All.slnx", "-c", "Release", "--no-restore", .. Named, .. Quiet, .. mode])).Succeeds().NeverSays("warning");
        }

        // NuGet's own packages differ from run to run: their names have to be there.
        return [.. Directory.EnumerateFiles(workspace.Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(workspace.Folder, f))
            .Where(f => f.Contains("/bin/Release/", StringComparison.Ordinal))
            .Select(f => f + " " + (Path.GetFileName(f) is "App.1.0.0.nupkg" or "Words.1.0.0.nupkg" ? "" : Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(workspace[f])))))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>Deletes what was built and keeps what was restored.</summary>
    private static void Forget(Workspace workspace)
    {
        foreach (var project in new[] { "site", "kit", "app", "words" })
        {
            Directory.Delete(workspace[project, "bin"], recursive: true);
            Directory.Delete(workspace[project, "obj", "Release"], recursive: true);
        }
    }
}
