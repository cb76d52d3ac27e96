using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Compression;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Toolchains;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule doctor</c>: tries what a run needs on this machine and says what to do about what is missing.</summary>
internal static class DoctorCommand
{
    public static Command Make() =>
        Verb.Define("doctor", "Checks that this machine can run packages: sandbox, compression, package registry, own folder.\n\nExample: capsule doctor", [], RunAsync);

    private static async Task<Answer> RunAsync(VerbContext context, CancellationToken cancel)
    {
        var checks = new List<Check> { Home(context), Compression(), await RegistryAsync(cancel), await SandboxAsync(context, cancel) };
        var problems = checks.SelectMany(c => c.Problems).ToArray();
        return new Answer
        {
            Exit = problems.FirstOrDefault(p => p.IsError)?.Kind.Exit ?? ExitCode.Ok,
            Diagnostics = problems,
            Text = string.Join('\n', checks.Select(c => $"{(c.Good ? "ok  " : "FAIL")}  {c.Name}: {c.Detail}")),
            Data = new JsonArray([.. checks.Select(c => new JsonObject { ["name"] = c.Name, ["ok"] = c.Good, ["detail"] = c.Detail })]),
        };
    }

    private static Check Home(VerbContext context)
    {
        try
        {
            var probe = Path.Combine(context.Home.Runs, $".doctor-{Guid.NewGuid():N}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            _ = Machine.Settings(context);
            return new Check("home", context.Home.Root, []);
        }
        catch (RefusedException refused)
        {
            return new Check("home", refused.Diagnostic.Message, [refused.Diagnostic]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new Check("home", problem.Message, [CommandDiagnostics.SystemRefused.Now(problem.Message)]);
        }
    }

    private static Check Compression()
    {
        try
        {
            return new Check("compression", $"libzstd {ZstdVersion.Text}", []);
        }
        catch (RefusedException refused)
        {
            return new Check("compression", refused.Diagnostic.Message, [refused.Diagnostic]);
        }
    }

    private static async Task<Check> RegistryAsync(CancellationToken cancel) =>
        (await NpmSettings.ReadAsync(cancel)).Registry is { } registry
            ? new Check("toolchains", $"from {registry.Host}, as npm is set up", [])
            : new Check("toolchains", "npm names no registry; only toolchains already held can be used", [CommandDiagnostics.NoRegistry.Now()]);

    private static async Task<Check> SandboxAsync(VerbContext context, CancellationToken cancel)
    {
        try
        {
            var report = await SandboxPreflight.RunAsync(Machine.SandboxOptions(context), cancel);
            return report.Succeeded
                ? new Check("sandbox", $"{report.Value.Enforcement.Backend} {report.Value.Enforcement.BackendVersion}, Landlock ABI {report.Value.Enforcement.LandlockAbi}, workloads run as user {report.Value.Enforcement.Uid}", report.Diagnostics)
                : new Check("sandbox", "nothing can start", report.Diagnostics);
        }
        catch (RefusedException refused)
        {
            return new Check("sandbox", "nothing can start", [refused.Diagnostic]);
        }
    }

    private sealed record Check(string Name, string Detail, IReadOnlyList<Diagnostic> Problems)
    {
        public bool Good => !Problems.Any(p => p.IsError);
    }
}
