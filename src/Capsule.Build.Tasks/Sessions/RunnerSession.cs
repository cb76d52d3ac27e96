using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans.Sessions;

namespace Capsule.Build.Tasks.Sessions;

/// <summary>A test session of the runner as a child process (<see cref="SessionLine"/>).</summary>
internal static class RunnerSession
{
    private const int KeptLines = 10;

    /// <summary>Stopping a package takes a workload's own time to end, then force.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Runs it to its end; nothing of it is left then.</summary>
    /// <param name="start">Program, arguments, folder and environment.</param>
    /// <param name="received">Gets every line but the last.</param>
    /// <param name="patience">How long it may take to stop, before its whole tree is killed.</param>
    /// <param name="cancel">Ends the session: its input closes, which it takes as the end of the build.</param>
    public static async Task<Result<SessionSum>> RunAsync(ProcessStartInfo start, Action<SessionLine> received, TimeSpan patience, CancellationToken cancel)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;
        start.UseShellExecute = false;
        using var process = new Process { StartInfo = start };
        SessionSum? sum = null;
        var strange = new Queue<string>();
        process.OutputDataReceived += (_, line) =>
        {
            switch (SessionLine.Parse(line.Data ?? ""))
            {
                case { Ended: { } ended }:
                    sum = ended;
                    break;
                case { } one:
                    received(one);
                    break;
                default:
                    Keep(strange, line.Data);
                    break;
            }
        };
        process.ErrorDataReceived += (_, line) => Keep(strange, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception problem)
        {
            return SdkDiagnostics.RunnerNotStarted.Now(start.FileName, problem.Message);
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await EndAsync(process, patience, cancel);
        cancel.ThrowIfCancellationRequested();
        lock (strange)
        {
            return sum ?? (Result<SessionSum>)SdkDiagnostics.SessionBroke.Now(process.ExitCode, string.Concat(strange.Select(line => TerminalText.Quote + line)));
        }
    }

    private static async Task EndAsync(Process process, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            await process.WaitForExitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(patience);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }
        }
    }

    private static void Keep(Queue<string> lines, string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
        {
            return;
        }

        lock (lines)
        {
            lines.Enqueue(TerminalText.Line(line));
            if (lines.Count > KeptLines)
            {
                lines.Dequeue();
            }
        }
    }
}
