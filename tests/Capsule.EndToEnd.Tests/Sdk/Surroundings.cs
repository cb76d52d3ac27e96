namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>The project among others: a repository made for C#, solutions, references, other names.</summary>
[TestClass]
public class Surroundings
{
    [TestMethod]
    public async Task BuildsInASolutionAndInAGraphAndUnderTheNameOfCSharp()
    {
        using var site = await Scenario.SiteAsync();
        File.Move(site["StaticSite.capproj"], site["StaticSite.csproj"]);
        site.Write("stray.cs", "this is not C#");
        (await site.Dotnet("new", "sln", "-n", "All")).Succeeds();

        (await site.Dotnet("sln", "add", "StaticSite.csproj")).Succeeds();
        File.Move(site["StaticSite.csproj"], site["StaticSite.capproj"]);
        var solution = Directory.EnumerateFiles(site.Folder, "All.sln*").Single();
        await File.WriteAllTextAsync(solution, (await File.ReadAllTextAsync(solution)).Replace(".csproj", ".capproj", StringComparison.Ordinal));
        (await site.Dotnet("sln", "remove", "StaticSite.capproj")).Succeeds();
        (await site.Dotnet("sln", "add", "StaticSite.capproj")).Succeeds();

        (await site.Dotnet("build", solution, "--nologo", "-v:q")).Succeeds();
        (await site.Dotnet("build", "StaticSite.capproj", "--no-restore", "--nologo", "-v:q", "-graph", "-isolate")).Succeeds();
    }

    [TestMethod]
    public async Task HandsItsContainerToAProjectThatRefersToIt()
    {
        using var site = await Scenario.SiteAsync();
        site.Write("other/capsule.toml", await File.ReadAllTextAsync(site["capsule.toml"]));
        site.Write("other/site/index.html", "<!doctype html><html></html>");
        site.Write("other/Other.capproj", $"""
            <Project Sdk="Capsule.Sdk/{PackedFeed.Version}">
              <ItemGroup><ProjectReference Include="../StaticSite.capproj" /></ItemGroup>
              <Target Name="Show" AfterTargets="Build"><Message Importance="high" Text="refers to @(CapsuleReference)" /></Target>
            </Project>
            """);

        (await site.Dotnet("build", "other/Other.capproj", "--nologo", "-v:m")).Succeeds().Says($"refers to {site["bin", "Debug", "StaticSite.capsule"]}");
        CollectionAssert.AreEqual(new[] { "Other.capsule" }, Folder.Names(site["other", "bin", "Debug"]));
        (await site.Dotnet("build", "other/Other.capproj", "--no-restore", "--nologo", "-v:q", "-graph", "-isolate")).Succeeds();
    }
}
