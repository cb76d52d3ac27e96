using System.IO.Compression;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>
/// A NuGet package as repositories for C# hand it to every project: an analyzer, a library, a content file, and targets
/// that fail as soon as a compiler runs.
/// </summary>
internal static class AnalyzerPackage
{
    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        await using var zip = await ZipFile.OpenAsync(Path.Combine(folder, "Strict.Analyzers.1.0.0.nupkg"), ZipArchiveMode.Create);
        await AddAsync(zip, "Strict.Analyzers.nuspec", """
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>Strict.Analyzers</id><version>1.0.0</version><authors>a</authors><description>d</description>
                <contentFiles><files include="**/*" buildAction="Content" copyToOutput="true" /></contentFiles>
              </metadata>
            </package>
            """);
        await AddAsync(zip, "analyzers/dotnet/cs/Strict.Analyzers.dll", "not an assembly");
        await AddAsync(zip, "lib/net10.0/Strict.Analyzers.dll", "not an assembly");
        await AddAsync(zip, "contentFiles/any/any/strict.txt", "content");
        await AddAsync(zip, "build/Strict.Analyzers.props", "<Project><PropertyGroup><IsTestProject>true</IsTestProject><OutputType>Exe</OutputType></PropertyGroup></Project>");
        await AddAsync(zip, "build/Strict.Analyzers.targets", """
            <Project>
              <Target Name="Strict" BeforeTargets="CoreCompile"><Error Text="strict analyzer" /></Target>
            </Project>
            """);
    }

    private static async Task AddAsync(ZipArchive zip, string name, string text)
    {
        await using var writer = new StreamWriter(await zip.CreateEntry(name).OpenAsync());
        await writer.WriteAsync(text);
    }
}
