using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Capsule.Tests;

namespace Capsule.EndToEnd.Tests.Running;

/// <summary>A program that runs beside the test: its output so far, signals, its end.</summary>
internal sealed partial class LiveProgram : IDisposable
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    public LiveProgram(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string?> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_error, line.Data);
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    public string Error => Text(_error);

    public string All => Text(_output) + Error;

    /// <summary>Waits until a text is printed; the program's end before that is a failure.</summary>
    public Task UntilPrintedAsync(string text) => UntilAsync(() => All.Contains(text, StringComparison.Ordinal), $"printed '{text}'");

    /// <summary>Waits until something is so; the program's end before that is a failure.</summary>
    public async Task UntilAsync(Func<bool> met, string what)
    {
        for (var waited = Stopwatch.StartNew(); !met(); await Task.Delay(20))
        {
            Assert.IsFalse(_process.HasExited, $"It ended before it {what}:\n{All}");
            Assert.IsLessThan(90, waited.Elapsed.TotalSeconds, $"It never {what}:\n{All}");
        }
    }

    public void Signal(int signal) => Assert.AreEqual(0, Send(_process.Id, signal));

    public async Task<Command> EndAsync(int seconds = 30)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"It did not end within {seconds} s:\n{All}");
        }

        return new Command(_process.ExitCode, Text(_output), Error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Send(int pid, int signal);

    private static void Keep(StringBuilder text, string? line)
    {
        lock (text)
        {
            text.Append(line).Append(line is null ? "" : "\n");
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
