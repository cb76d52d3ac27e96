using System.Security.Cryptography;
using Capsule.Trust.Keys;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Cli.Shell;

/// <summary>What a person types at a terminal without seeing it. The terminal is as it was afterwards, whatever ends the question.</summary>
internal static class HiddenInput
{
    private const int Longest = 64 * 1024;

    /// <summary>A line of a terminal is no longer than this; a longer value comes through a pipe.</summary>
    private const int LongestLine = 4096;

    /// <summary>
    /// Asks for one line; null for an empty one and the end of the input. Throws <see cref="OperationCanceledException"/> after Ctrl-C, and
    /// <see cref="IOException"/> where the terminal would show what is typed.
    /// </summary>
    public static Secret? Ask(Terminal terminal, string question, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var silence = TerminalEcho.Off() ?? throw new IOException("the terminal cannot be kept from showing what is typed");
        terminal.Error.Write($"{question}: ");
        try
        {
            // A read of a terminal cannot be cancelled; when Ctrl-C comes, its thread waits until the program ends.
            var reading = Task.Factory.StartNew(Line, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            reading.Wait(cancel);
            return reading.Result;
        }
        finally
        {
            terminal.Error.WriteLine();
        }
    }

    /// <summary>All of the standard input without its last line break, or what is typed at a terminal; null when there is nothing.</summary>
    public static Secret? ReadAll(Terminal terminal, string question, CancellationToken cancel)
    {
        if (terminal.InputIsTerminal)
        {
            return Ask(terminal, question, cancel);
        }

        using var input = Console.OpenStandardInput();
        var bytes = new byte[Longest + 3];
        var content = bytes.AsSpan(0, input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        content = content.EndsWith("\n"u8) ? content[..^1] : content;
        content = content.EndsWith("\r"u8) ? content[..^1] : content;
        var secret = content.IsEmpty ? null : Secret.FromUtf8(content);
        CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }

    private static Secret? Line()
    {
        var bytes = new byte[LongestLine];
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var text = bytes.AsSpan(0, input.Read(bytes));
        text = text.TrimEnd("\r\n"u8);
        var secret = text.IsEmpty ? null : Secret.FromUtf8(text);
        CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }
}
