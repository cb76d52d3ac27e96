using System.Diagnostics;
using Capsule.Core.Diagnostics;
using Capsule.Runtime.Testing;

namespace Capsule.Runtime.Tests.Testing;

/// <summary>A package that runs commands on the host, where a sandbox would; it cannot be called.</summary>
internal sealed class ShellPackage : ITestedPackage
{
    public static readonly DiagnosticKind Refusal = new("CAP5999", Severity.Error, "Not in this test.", "Nothing to do.");

    public List<string> Ran { get; } = [];

    public int LastProcess { get; private set; }

    public Task<IReadOnlyList<Diagnostic>> PrepareAsync(IReadOnlyDictionary<string, string> fixtures, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Diagnostic>>(fixtures.Count == 0 ? [] : [Refusal.Now()]);

    public Task<Result<TestTarget>> ReachAsync(string? process, CancellationToken cancel)
    {
        Ran.Add(process ?? "public");
        return Task.FromResult<Result<TestTarget>>(Refusal.Now());
    }

    public async Task<Result<CommandOutcome>> ExecAsync(TestCommand command, CancellationToken cancel)
    {
        Ran.Add(command.Shell ?? string.Join(' ', command.Argv!));
        string[] argv = command.Shell is null ? [.. command.Argv!] : ["/bin/sh", "-c", command.Shell];
        using var process = Process.Start(new ProcessStartInfo(argv[0], argv[1..]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        LastProcess = process.Id;
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);
            return new CommandOutcome(process.ExitCode, await output, await error, "/app", "/app/tests");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }
}
