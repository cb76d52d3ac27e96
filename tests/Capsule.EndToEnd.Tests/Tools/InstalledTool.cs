using Capsule.EndToEnd.Tests.Sdk;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Tools;

/// <summary>A folder outside the checkout in which the runner is installed as a .NET tool, by root or by an ordinary user.</summary>
internal sealed class InstalledTool : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _as;

    private InstalledTool(int? user)
    {
        _as = user is null ? [] : ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups"];
        Directory.CreateDirectory(this["home"]);
    }

    /// <summary>A folder feed with the runner's package only, readable by whoever installs it; no other source is asked.</summary>
    public string Feed => this["feed"];

    public string this[params string[] parts] => _folder[parts];

    /// <summary>Where <c>--tool-path tools</c> puts the command.</summary>
    public string Program => this["tools", "capsule"];

    /// <summary>An empty folder, where the runner takes workloads' user ids from a range when it is root.</summary>
    public static async Task<InstalledTool> NoneAsync(int? user = null)
    {
        var tool = new InstalledTool(user);
        var package = $"Capsule.Runner.{PackedFeed.Version}.nupkg";
        Directory.CreateDirectory(tool.Feed);
        File.Copy(Path.Combine((await PackedSdk.FeedAsync()).Packages, package), Path.Combine(tool.Feed, package));
        tool.Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        if (user is null && Environment.IsPrivilegedProcess)
        {
            tool.Write("home/.capsule/config.toml", "[sandbox]\nuid_range = \"220000-220999\"\n");
        }

        if (user is not null)
        {
            var owned = await Command.RunAsync("chown", ["-R", $"{user}:{user}", tool._folder.Path]);
            Assert.AreEqual(0, owned.ExitCode, owned.All);
        }

        return tool;
    }

    public string Write(string relative, string content) => _folder.Write(relative, content);

    public async Task InstallAsync()
    {
        var install = await Dotnet("tool", "install", "Capsule.Runner", "--tool-path", "tools", "--add-source", Feed, "--version", PackedFeed.Version);
        install.Succeeds().Says("command: capsule");
    }

    public async Task<BuildRun> Dotnet(params string[] arguments) => new(arguments, await RunAsync("dotnet", arguments));

    /// <summary>Runs with nothing in the environment but PATH, HOME and what keeps the .NET CLI quiet and private.</summary>
    public Task<Command> RunAsync(string program, params string[] arguments) => Command.RunAsync(
        "env",
        [
            "-i", $"PATH={Environment.GetEnvironmentVariable("PATH")}", $"HOME={this["home"]}", $"NUGET_PACKAGES={this["restored"]}",
            "DOTNET_CLI_TELEMETRY_OPTOUT=1", "DOTNET_NOLOGO=1", "NO_COLOR=1", "CAPSULE_ERRORS=text", .. _as, program, .. arguments,
        ],
        _folder.Path,
        timeout: TimeSpan.FromMinutes(2));

    public void Dispose() => _folder.Dispose();
}
