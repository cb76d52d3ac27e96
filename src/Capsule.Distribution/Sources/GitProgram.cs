using System.ComponentModel;
using System.Diagnostics;
using Capsule.Core.Diagnostics;

namespace Capsule.Distribution.Sources;

/// <summary>
/// Calls the machine's git. The user's own settings hold, for they know how to reach private repositories; but nothing asks a question,
/// no hook and no filter runs, and only addresses of the network are reached.
/// </summary>
internal static class GitProgram
{
    private static readonly string[] Safe =
    [
        "protocol.allow=never", "protocol.https.allow=always", "protocol.ssh.allow=always", "protocol.http.allow=always", "protocol.git.allow=always",
        "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.attributesFile=/dev/null", "gc.auto=0", "maintenance.auto=false",
        "transfer.fsckObjects=true", "fetch.recurseSubmodules=no", "submodule.recurse=false", "advice.detachedHead=false", "init.templateDir=",
    ];

    /// <summary>Runs git in a bare repository. Throws <see cref="Win32Exception"/> when there is no git.</summary>
    /// <returns>Exit code, and what it printed.</returns>
    public static async Task<GitAnswer> RunAsync(string program, string repository, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = repository,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in Safe)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(setting);
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // A repository around the current folder, or a hook that called us, is none of our business.
        foreach (var name in start.Environment.Keys.Where(IsOfAnotherRepository).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["GIT_DIR"] = repository;
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";
        start.Environment.TryAdd("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var error = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel);
            return new GitAnswer(process.ExitCode, (await output).Trim(), (await error).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            throw;
        }
    }

    private static bool IsOfAnotherRepository(string name) =>
        name.StartsWith("GIT_", StringComparison.Ordinal) && name is not ("GIT_SSH" or "GIT_SSH_COMMAND" or "GIT_SSL_CAINFO" or "GIT_SSL_CAPATH" or "GIT_SSL_NO_VERIFY" or "GIT_ASKPASS" or "GIT_PROXY_COMMAND" or "GIT_CONFIG_GLOBAL" or "GIT_CONFIG_SYSTEM" or "GIT_CONFIG_NOSYSTEM");
}

/// <summary>What a call of git came to.</summary>
internal sealed record GitAnswer(int Exit, string Output, string Error)
{
    public bool Succeeded => Exit == 0;

    /// <summary>The line that says why, for a message.</summary>
    public string Reason => TerminalText.Line(
        Error.Split('\n').Select(l => l.Trim()).LastOrDefault(l => l.StartsWith("fatal:", StringComparison.Ordinal) || l.StartsWith("error:", StringComparison.Ordinal))
        ?? Error.Split('\n')[^1]);
}
