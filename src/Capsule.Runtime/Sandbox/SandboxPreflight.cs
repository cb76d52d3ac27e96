using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>What a machine offers, found out by using it (specs: platform 10). Each thing that is missing is a diagnostic with a hint.</summary>
/// <param name="Enforcement">How the cell that was tried is enforced: backend, version, Landlock ABI, uid.</param>
public sealed record SandboxReport(Enforcement Enforcement);

/// <summary>The examination behind <c>capsule doctor</c>. A run makes the same checks on its way to its first cell.</summary>
public static class SandboxPreflight
{
    /// <summary>Opens an empty cell and runs a program in it. Warnings may come with a report; errors mean that nothing would start.</summary>
    public static async Task<Result<SandboxReport>> RunAsync(SandboxOptions options, CancellationToken cancel)
    {
        await using var sandbox = new BubblewrapSandbox(options);
        var opened = await sandbox.OpenAsync(new CellRequest { Name = "doctor", Mounts = [] }, cancel);
        if (!opened.Succeeded)
        {
            return Result.Failed<SandboxReport>(opened.Diagnostics);
        }

        await using var cell = opened.Value;
        var request = new CellProcessRequest
        {
            Name = "doctor",
            Argv = ["/usr/bin/true"],
            Cwd = "/",
            Env = new Dictionary<string, string>(),
            Network = NetworkMode.None,
        };
        var started = await cell.StartAsync(request, cancel);
        if (!started.Succeeded)
        {
            return Result.Failed<SandboxReport>(started.Diagnostics);
        }

        var code = await started.Value.Exited.WaitAsync(options.SetupTimeout, cancel);
        return code == 0
            ? Result.Of(new SandboxReport(cell.Enforcement), opened.Diagnostics)
            : SandboxDiagnostics.SetupFailed.Now("doctor", $"'true' returned {code}");
    }
}
