using System.ComponentModel;
using System.Diagnostics;

namespace Capsule.Runtime.Toolchains;

/// <summary>Asks the npm program about its settings, for the defaults that only it knows.</summary>
internal static class NpmProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The value of a setting, or null when npm is not installed or does not answer.</summary>
    public static async Task<string?> AskAsync(string setting, CancellationToken cancel)
    {
        var start = new ProcessStartInfo("npm", ["config", "get", setting])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // npm reads a project's .npmrc from the working folder; a package must not name our registry.
            WorkingDirectory = "/",
        };
        try
        {
            using var process = Process.Start(start);
            if (process is null)
            {
                return null;
            }

            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(Patience);
            try
            {
                process.StandardInput.Close();
                var noise = process.StandardError.ReadToEndAsync(limit.Token);
                var answer = (await process.StandardOutput.ReadToEndAsync(limit.Token)).Trim();
                await process.WaitForExitAsync(limit.Token);
                await noise;
                return process.ExitCode == 0 && answer is not ("" or "undefined" or "null") ? answer : null;
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
                cancel.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
