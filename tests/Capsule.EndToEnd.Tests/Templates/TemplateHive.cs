using Capsule.EndToEnd.Tests.Sdk;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Templates;

/// <summary><c>dotnet new</c> with the packed templates, and a folder to create in; the user's own templates stay as they are.</summary>
internal sealed class TemplateHive : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private TemplateHive(PackedFeed feed) => Feed = feed;

    public PackedFeed Feed { get; }

    public string this[params string[] parts] => _folder[parts];

    /// <summary>A hive without the templates.</summary>
    public static async Task<TemplateHive> EmptyAsync()
    {
        var hive = new TemplateHive(await PackedSdk.FeedAsync());
        hive._folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{hive.Feed.Packages}" /></packageSources>
            </configuration>
            """);
        return hive;
    }

    public static async Task<TemplateHive> WithTemplatesAsync()
    {
        var hive = await EmptyAsync();
        (await hive.New("install", Path.Combine(hive.Feed.Packages, $"Capsule.Templates.{PackedFeed.Version}.nupkg"))).Succeeds();
        return hive;
    }

    public void Dispose() => _folder.Dispose();

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary><c>dotnet new</c> in the hive's folder.</summary>
    public Task<BuildRun> New(params string[] arguments) => In(".", ["new", .. arguments]);

    /// <summary>The .NET CLI in a folder below the hive's.</summary>
    public async Task<BuildRun> In(string folder, params string[] arguments)
    {
        (string, string?)[] environment = [("DOTNET_CLI_HOME", this["cli"]), ("CAPSULE_HOME", Home.WithToolchains())];
        var run = await Command.RunAsync("dotnet", arguments, this[folder], DotnetEnvironment.With(Feed, environment), TimeSpan.FromMinutes(3));
        return new BuildRun(arguments, run);
    }
}
