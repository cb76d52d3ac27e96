using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Runtime.Testing;
using Capsule.Runtime.Testing.Reports;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Configurations;
using Microsoft.Testing.Platform.Helpers;
using Microsoft.Testing.Platform.Services;

namespace Capsule.Cli.Launcher;

/// <summary>
/// What <c>dotnet run</c> and <c>dotnet test</c> of a project start. The .NET CLI starts both by the same command, so the
/// arguments that it appends decide (specs: msbuild-sdk 3.4).
/// </summary>
public static class Launcher
{
    // Of the platform: "no test ran", and "anything else".
    private const string ZeroTests = "8";
    private const int GenericFailure = 1;

    /// <summary>The process's work when <c>dotnet test</c> started it, in either of its modes; null when it did not.</summary>
    public static Task<int>? TestHost(IReadOnlyList<string> args)
    {
        if (SessionArguments.Parse(args) is { } session)
        {
            return RunSessionAsync(session);
        }

        return LaunchArguments.Parse(args) is { Manifest: { } manifest } launch && launch.Appended.Contains("--server") && launch.Appended.Contains("--dotnet-test-pipe")
            ? RunPlatformAsync(launch, manifest)
            : null;
    }

    private static async Task<int> RunPlatformAsync(LaunchArguments launch, string manifest)
    {
        using var parent = new ParentWatch();
        try
        {
            var package = await TestedPackage.LoadAsync(manifest, launch.Given, parent.Gone);
            return await RunPlatformAsync(launch, package.Tests, async (cases, finished, cancel) =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, parent.Gone);
                return await package.RunAsync(cases, finished, either.Token);
            });
        }
        catch (Exception problem) when (Environment.GetEnvironmentVariable("CAPSULE_DEBUG") is null)
        {
            // What it prints on its error stream is what `dotnet test` shows of a host that ended.
            await Console.Error.WriteLineAsync(ProblemText.Of([Reason(problem)]));
            return GenericFailure;
        }
    }

    internal static async Task<int> RunPlatformAsync(LaunchArguments launch, Result<TestPlan> tests, TestRunner run)
    {
        string[] ignored = launch.AllowNoTests ? ["--ignore-exit-code", ZeroTests] : [];
        var builder = await TestApplication.CreateBuilderAsync([.. launch.Appended, .. ignored]);
        builder.CommandLine.AddProvider(() => new PlatformOptions());
        builder.AddTreeNodeFilterService(new PlatformOptions());
        builder.RegisterTestFramework(
            _ => new TestFrameworkCapabilities(),
            (_, services) => new PackageTestFramework(
                tests, run, PlatformChoice.Of(services.GetCommandLineOptions(), services.GetConfiguration().GetTestResultDirectory())));
        using var application = await builder.BuildAsync();
        return await application.RunAsync();
    }

    private static Diagnostic Reason(Exception problem) => problem switch
    {
        RefusedException refused => refused.Diagnostic,
        IOException or UnauthorizedAccessException => CommandDiagnostics.SystemRefused.Now(problem.Message),
        _ => CommandDiagnostics.Unexpected.Now($"{problem.GetType().Name}: {problem.Message}"),
    };

    /// <summary>Ends at a signal, and when the build that started it is gone: then nobody holds the other end of its input.</summary>
    private static async Task<int> RunSessionAsync(SessionArguments arguments)
    {
        using var interruption = new Interruption();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(interruption.Token);
        _ = Task.Run(async () =>
        {
            while (await Console.In.ReadLineAsync() is not null)
            {
            }

            await ended.CancelAsync();
        });
        try
        {
            var package = await TestedPackage.LoadAsync(arguments.Manifest, arguments.Given, ended.Token);
            return await new TestSession(arguments, new SessionOutput(Console.Out), package.RunAsync).RunAsync(package.Tests, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return (int)Interruption.Exit;
        }
    }
}
