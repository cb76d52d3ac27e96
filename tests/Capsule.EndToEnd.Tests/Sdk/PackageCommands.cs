using System.IO.Compression;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary><c>dotnet package</c>: NuGet packages of a project that compiles nothing.</summary>
[TestClass]
public sealed class PackageCommands
{
    [TestMethod]
    public async Task AddListAndRemove()
    {
        using var site = await Scenario.SiteAsync();
        Feed(site, "words", "Acme.Words", "1.2.0");
        Feed(site, "words", "Acme.Words", "1.3.0");
        var before = await File.ReadAllTextAsync(site["StaticSite.capproj"]);
        (await site.Dotnet("package", "add", "Acme.Words", "--version", "1.2.0")).Succeeds();
        StringAssert.Contains(await File.ReadAllTextAsync(site["StaticSite.capproj"]), """<PackageReference Include="Acme.Words" Version="1.2.0" />""");

        (await site.Dotnet("package", "list", "--format", "json")).Succeeds().Says("\"id\": \"Acme.Words\"").Says("\"resolvedVersion\": \"1.2.0\"").Says("\"framework\": \"net10.0\"");
        (await site.Dotnet("package", "list", "--outdated")).Succeeds().Says("1.3.0");
        (await site.Dotnet("build", "--no-restore", "--nologo", "-v:q")).Succeeds().NeverSays("warning");
        CollectionAssert.AreEqual(new[] { "StaticSite.capsule" }, Directory.GetFiles(site["bin", "Debug"]).Select(Path.GetFileName).ToArray());

        (await site.Dotnet("package", "remove", "Acme.Words")).Succeeds();
        Assert.AreEqual(before.TrimEnd(), (await File.ReadAllTextAsync(site["StaticSite.capproj"])).TrimEnd());
        (await site.Dotnet("package", "add", "Acme.Nothing")).Fails().Says("Acme.Nothing");
    }

    /// <summary>A feed of the project's own with one package that holds a file, and no assembly.</summary>
    private static void Feed(Scenario project, string folder, string id, string version)
    {
        project.Write("nuget.config", $"""<configuration><packageSources><add key="{folder}" value="{folder}.feed" /></packageSources></configuration>""");
        Directory.CreateDirectory(project[$"{folder}.feed"]);
        using var zip = ZipFile.Open(project[$"{folder}.feed", $"{id}.{version}.nupkg"], ZipArchiveMode.Create);
        Add($"{id}.nuspec", $"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>{id}</id><version>{version}</version><authors>acme</authors><description>words</description></metadata>
            </package>
            """);
        Add("content/words.txt", "the quick brown fox");

        void Add(string name, string text)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(text);
        }
    }
}
