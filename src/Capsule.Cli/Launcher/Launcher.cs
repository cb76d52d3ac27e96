using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.Helpers;

namespace Capsule.Cli.Launcher;

/// <summary>
/// What <c>dotnet run</c> and <c>dotnet test</c> of a project start. The .NET CLI starts both by the same command, so the
/// arguments that it appends decide (specs: msbuild-sdk 3.4).
/// </summary>
public static class Launcher
{
    private const string ZeroTests = "8";

    /// <summary>True when <c>dotnet test</c> started this process and waits at the other end of a pipe.</summary>
    public static bool IsTestHost(IReadOnlyList<string> args) =>
        LaunchArguments.Parse(args) is { Manifest: not null } launch
        && launch.Appended.Contains("--server") && launch.Appended.Contains("--dotnet-test-pipe");

    /// <summary>Answers the pipe until the session ends; returns the testing platform's exit code.</summary>
    public static Task<int> RunTestHostAsync(IReadOnlyList<string> args)
    {
        var launch = LaunchArguments.Parse(args)!;
        var package = TestedPackage.Load(launch.Manifest!);
        return RunAsync(launch, package.Tests, package.RunAsync);
    }

    internal static async Task<int> RunAsync(LaunchArguments launch, Result<TestPlan> tests, TestRunner run)
    {
        var framework = new PackageTestFramework(tests, run);
        string[] ignored = launch.AllowNoTests ? ["--ignore-exit-code", ZeroTests] : [];
        var builder = await TestApplication.CreateBuilderAsync([.. launch.Appended, .. ignored]);
        builder.AddTreeNodeFilterService(framework);
        builder.RegisterTestFramework(_ => new TestFrameworkCapabilities(), (_, _) => framework);
        using var application = await builder.BuildAsync();
        return await application.RunAsync();
    }
}
