using Capsule.EndToEnd.Tests.Sdk;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Tools;

/// <summary>The runner as a .NET tool: in a folder, for a user, in a repository, and for one call.</summary>
[TestClass]
public class Installing
{
    private const string Known = "CAP0231";

    [TestMethod]
    public async Task IntoAFolderItIsInstalledUpdatedAndUninstalled()
    {
        using var tool = await InstalledTool.NoneAsync();

        await tool.InstallAsync();
        var version = await tool.RunAsync(tool.Program, "--version");
        StringAssert.StartsWith(version.Output, PackedFeed.Version);
        (await tool.Dotnet("tool", "list", "--tool-path", "tools")).Succeeds().Says("capsule.runner").Says(PackedFeed.Version);
        (await tool.Dotnet("tool", "update", "Capsule.Runner", "--tool-path", "tools", "--add-source", tool.Feed, "--prerelease")).Succeeds();
        (await tool.Dotnet("tool", "uninstall", "Capsule.Runner", "--tool-path", "tools")).Succeeds();
        Assert.IsFalse(File.Exists(tool.Program));
    }

    [TestMethod]
    public async Task ForAUserItLiesInTheirHome()
    {
        using var tool = await InstalledTool.NoneAsync();

        (await tool.Dotnet("tool", "install", "--global", "Capsule.Runner", "--add-source", tool.Feed, "--prerelease")).Succeeds();

        var explain = await tool.RunAsync(tool["home", ".dotnet", "tools", "capsule"], "explain", Known);
        StringAssert.StartsWith(explain.Output, Known, explain.All);
    }

    [TestMethod]
    public async Task InARepositoryItsManifestPinsIt()
    {
        using var tool = await InstalledTool.NoneAsync();

        (await tool.Dotnet("new", "tool-manifest")).Succeeds();
        (await tool.Dotnet("tool", "install", "Capsule.Runner", "--add-source", tool.Feed, "--version", PackedFeed.Version)).Succeeds();

        (await tool.Dotnet("capsule", "--version")).Succeeds().Says(PackedFeed.Version);
        (await tool.Dotnet("tool", "run", "capsule", "explain", Known)).Succeeds().Says(Known);
    }

    [TestMethod]
    public async Task ForOneCallNothingIsInstalled()
    {
        using var tool = await InstalledTool.NoneAsync();
        string[] once = [$"Capsule.Runner@{PackedFeed.Version}", "--yes", "--source", tool.Feed];

        (await tool.Dotnet(["tool", "exec", .. once, "explain", Known])).Succeeds().Says(Known);
        (await tool.Dotnet(["dnx", .. once, "explain", Known])).Succeeds().Says(Known);

        Assert.IsFalse(Directory.Exists(tool["home", ".dotnet", "tools", ".store"]));
    }
}
