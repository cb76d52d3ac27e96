using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>
/// A folder outside the checkout with several projects: the samples as <c>site/StaticSite.capproj</c> and
/// <c>kit/HelloKit.capproj</c>, and whatever a test writes beside them. Built with the packed SDK.
/// </summary>
internal sealed class Workspace : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly TemporaryFolder _folder = new();
    private readonly PackedFeed _feed;

    private Workspace(PackedFeed feed) => _feed = feed;

    /// <summary>The folder of everything; the workspace's own settings lie in it.</summary>
    public string Folder => _folder.Path;

    public string this[params string[] parts] => _folder[parts];

    public static async Task<Workspace> WithAsync(params string[] samples)
    {
        var workspace = new Workspace(await PackedSdk.FeedAsync());
        foreach (var sample in samples)
        {
            workspace.Copy(Checkout.File("samples", sample switch { "site" => "static-site", "kit" => "hello-kit", _ => sample }), sample);
        }

        workspace.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{workspace._feed.Packages}" /></packageSources>
            </configuration>
            """);
        workspace.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        return workspace;
    }

    public void Dispose() => _folder.Dispose();

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>Writes a project on Capsule.Sdk.</summary>
    public void Project(string relative, string body = "") =>
        Write(relative, $"<Project Sdk=\"Capsule.Sdk/{PackedFeed.Version}\">\n{body}\n</Project>\n");

    /// <summary>Writes a C# project with one source file.</summary>
    public void CSharp(string relative, string code, string body = "", string output = "Exe")
    {
        Write(relative, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>{output}</OutputType></PropertyGroup>
              <ItemGroup>{body}</ItemGroup>
            </Project>
            """);
        Write(Path.Combine(Path.GetDirectoryName(relative)!, "Code.cs"), code);
    }

    public Task<BuildRun> Dotnet(params string[] arguments) => Dotnet([], arguments);

    public async Task<BuildRun> Dotnet((string Name, string? Value)[] environment, params string[] arguments) =>
        new(arguments, await Command.RunAsync("dotnet", arguments, Folder, DotnetEnvironment.With(_feed, environment), Limit));

    /// <summary>The environment for a process that a test starts itself.</summary>
    public IReadOnlyDictionary<string, string?> Environment(params (string Name, string? Value)[] more) => DotnetEnvironment.With(_feed, more);

    private void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split('/')[0] is not ("bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(_folder[to, relative])!);
                File.Copy(file, _folder[to, relative]);
            }
        }
    }
}
