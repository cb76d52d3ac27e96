using System.CommandLine;
using System.Text.Json.Nodes;
using Capsule.Cli.Shell;
using Capsule.Core.Diagnostics;
using Capsule.Packaging.Compression;
using Capsule.Runtime.Examining;
using Capsule.Runtime.Sandbox;
using Capsule.Runtime.Toolchains;

namespace Capsule.Cli.Commands;

/// <summary><c>capsule doctor</c>: tries what a run needs on this machine and says what to do about what is missing.</summary>
internal static class DoctorCommand
{
    /// <summary>Bytes: a record and the beginning of its logs.</summary>
    private const int RoomForARun = 64 * 1024;

    public static Command Make() =>
        Verb.Define("doctor", "Checks that this machine can run packages; each line that fails has a code and a remedy.\n\nExample: capsule doctor", [], RunAsync);

    private static async Task<Answer> RunAsync(VerbContext context, CancellationToken cancel)
    {
        var checks = new List<MachineCheck> { Home(context), Compression(), await RegistryAsync(cancel) };
        checks.AddRange(await MachineAsync(context, cancel));
        var problems = checks.SelectMany(c => c.Problems).DistinctBy(p => (p.Code, p.Message)).ToArray();
        return new Answer
        {
            Exit = problems.FirstOrDefault(p => p.IsError)?.Kind.Exit ?? ExitCode.Ok,
            Diagnostics = problems,
            Text = string.Join('\n', checks.Select(Line)),
            Data = new JsonArray([.. checks.Select(Describe)]),
        };
    }

    private static MachineCheck Home(VerbContext context)
    {
        try
        {
            using (var probe = new FileStream(Path.Combine(context.Home.Runs, $".doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose))
            {
                probe.Write(new byte[RoomForARun]);
            }

            _ = Machine.Settings(context);
            return new MachineCheck("home", context.Home.Root, []);
        }
        catch (RefusedException refused)
        {
            return new MachineCheck("home", refused.Diagnostic.Message, [refused.Diagnostic]);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new MachineCheck("home", problem.Message, [CommandDiagnostics.SystemRefused.Now(problem.Message)]);
        }
    }

    private static MachineCheck Compression()
    {
        try
        {
            return new MachineCheck("compression", $"libzstd {ZstdVersion.Text}", []);
        }
        catch (RefusedException refused)
        {
            return new MachineCheck("compression", refused.Diagnostic.Message, [refused.Diagnostic]);
        }
    }

    private static async Task<MachineCheck> RegistryAsync(CancellationToken cancel) =>
        (await NpmSettings.ReadAsync(cancel)).Registry is { } registry
            ? new MachineCheck("toolchains", $"from {registry.Host}, as npm is set up", [])
            : new MachineCheck("toolchains", "npm names no registry; only toolchains already held can be used", [CommandDiagnostics.NoRegistry.Now()]);

    private static async Task<IReadOnlyList<MachineCheck>> MachineAsync(VerbContext context, CancellationToken cancel)
    {
        try
        {
            return await MachineExamination.RunAsync(Machine.SandboxOptions(context), cancel);
        }
        catch (RefusedException)
        {
            // The settings cannot be read; the home's line says why.
            return await MachineExamination.RunAsync(new SandboxOptions(), cancel);
        }
    }

    private static string Line(MachineCheck check) =>
        $"{(check.Problems.Count == 0 ? "ok  " : check.Good ? "warn" : "FAIL")}  {check.Name}: {string.Join(' ', check.Problems.Select(p => $"{p.Code} {p.Message}").DefaultIfEmpty(check.Detail))}";

    private static JsonObject Describe(MachineCheck check) => new()
    {
        ["name"] = check.Name,
        ["ok"] = check.Good,
        ["detail"] = check.Problems.Count == 0 ? check.Detail : check.Problems[0].Message,
        ["code"] = check.Problems.Count == 0 ? null : check.Problems[0].Code,
        ["remedy"] = check.Problems.Count == 0 ? null : check.Problems[0].Hint,
    };
}
