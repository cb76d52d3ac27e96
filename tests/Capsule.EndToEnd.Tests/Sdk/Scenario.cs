using System.Diagnostics;
using Capsule.EndToEnd.Tests.Running;
using Capsule.Packaging.Containers;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Sdk;

/// <summary>A project outside the checkout: a sample, changed by the test, built with the packed SDK.</summary>
internal sealed class Scenario : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackedFeed _feed;

    private Scenario(PackedFeed feed, string project)
    {
        _feed = feed;
        Project = project;
        Folder = _folder["project"];
    }

    /// <summary>The project file's name without its extension, and so the container's.</summary>
    public string Project { get; private set; }

    public string Folder { get; private set; }

    public string this[params string[] parts] => Path.Combine([Folder, .. parts]);

    public static Task<Scenario> SiteAsync() => OfAsync("static-site", "StaticSite");

    public static Task<Scenario> KitAsync() => OfAsync("hello-kit", "HelloKit");

    public static Task<Scenario> StudioAsync() => OfAsync("studio-kit", "StudioKit");

    public static Task<Scenario> CatalogAsync() => OfAsync("atom-catalog", "AtomCatalog");

    public void Dispose() => _folder.Dispose();

    public void Write(string relative, string content) => _folder.Write(Path.GetRelativePath(_folder.Path, this[relative]), content);

    public void Edit(string relative, string from, string to)
    {
        var text = File.ReadAllText(this[relative]);
        StringAssert.Contains(text, from);
        File.WriteAllText(this[relative], text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>Gives a file a time long before any build: what git or an archive brings may be old.</summary>
    public void Age(params string[] parts) => File.SetLastWriteTimeUtc(this[parts], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

    /// <summary>The paths that the built container holds.</summary>
    public async Task<string[]> PackedAsync(params string[] container)
    {
        var opened = await PackageReader.OpenAsync(container is [] ? this["bin", "Debug", Directory.GetFiles(this["bin", "Debug"], $"{Project}.ca*").Single()] : this[container], CancellationToken.None);
        Assert.IsTrue(opened.Succeeded, string.Join('\n', opened.Diagnostics));
        return [.. opened.Value.Tree.Entries.Select(e => e.Path)];
    }

    /// <summary>Whether everything that a build makes is up to date (specs: msbuild-sdk 2.5).</summary>
    public async Task<bool> IsUpToDateAsync(params string[] arguments) =>
        (await Dotnet(["msbuild", "-question", "-nologo", "-v:q", .. arguments])).Command.ExitCode == 0;

    /// <summary>Gives the project folder another name or place, and the project file its last part.</summary>
    public void MoveTo(params string[] folder)
    {
        var target = _folder[folder];
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.Move(Folder, target);
        Folder = target;
        var file = Directory.GetFiles(Folder, "*.*proj").Single();
        Project = folder[^1];
        File.Move(file, this[Project + Path.GetExtension(file)]);
    }

    /// <summary>Runs the .NET CLI in the project's folder.</summary>
    public Task<BuildRun> Dotnet(params string[] arguments) => Dotnet([], arguments);

    public async Task<BuildRun> Dotnet((string Name, string? Value)[] environment, params string[] arguments) =>
        new(arguments, await Command.RunAsync("dotnet", arguments, Folder, DotnetEnvironment.With(_feed, environment), TimeSpan.FromMinutes(3)));

    /// <summary>What the .NET CLI finds in its environment; null removes a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment(params (string Name, string? Value)[] more) => DotnetEnvironment.With(_feed, more);

    /// <summary>Runs a shell script in namespaces of its own; <c>"$@"</c> in it is the .NET CLI with these arguments.</summary>
    public async Task<BuildRun> Within(string[] namespaces, string script, params string[] arguments) =>
        new(arguments, await Command.RunAsync(
            "unshare", [.. namespaces, "sh", "-c", script, Folder, "dotnet", .. arguments], Folder, DotnetEnvironment.With(_feed), TimeSpan.FromMinutes(3)));

    /// <summary>Starts the .NET CLI to send it signals.</summary>
    public LiveProgram Live(params string[] arguments) =>
        new("env", ["--default-signal=INT", "dotnet", .. arguments], Folder, DotnetEnvironment.With(_feed).Where(v => v.Value is not null).ToDictionary());

    /// <summary>Starts the .NET CLI and leaves it running; its output goes nowhere.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in DotnetEnvironment.With(_feed, ("CAPSULE_HOME", Home.WithToolchains())))
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public Task<BuildRun> Build(params string[] arguments) => Dotnet(["build", "--nologo", "-v:n", "-clp:NoSummary", .. arguments]);

    /// <summary>Builds again without restoring.</summary>
    public Task<BuildRun> Rebuild(params string[] arguments) => Build(["--no-restore", .. arguments]);

    private static async Task<Scenario> OfAsync(string sample, string project)
    {
        var scenario = new Scenario(await PackedSdk.FeedAsync(), project);
        foreach (var file in Directory.EnumerateFiles(Checkout.File("samples", sample), "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(Checkout.File("samples", sample), file);
            if (relative.Split('/')[0] is not ("bin" or "obj"))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(scenario[relative])!);
                File.Copy(file, scenario[relative]);
            }
        }

        scenario._folder.Write("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="packed" value="{scenario._feed.Packages}" /></packageSources>
            </configuration>
            """);
        scenario._folder.Write("global.json", """{ "test": { "runner": "Microsoft.Testing.Platform" } }""");
        return scenario;
    }
}
