using System.Security.Cryptography;
using Capsule.Trust.Keys;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Cli.Shell;

/// <summary>Asks a person for a passphrase; the terminal shows nothing of it, and is as it was afterwards, whatever ends the question.</summary>
internal static class PassphrasePrompt
{
    /// <summary>A line of a terminal is no longer than this.</summary>
    private const int MaximumLength = 4096;

    /// <summary>A secret that is asked for when it is read; null where nobody can be asked.</summary>
    public static SecretReference? At(Terminal terminal, bool json, CancellationToken cancel) => terminal is { InputIsTerminal: true, ErrorIsTerminal: true } && !json && !OperatingSystem.IsWindows()
        ? SecretReference.Asked(question => ReadLine(terminal, question, cancel))
        : null;

    private static Secret? ReadLine(Terminal terminal, string question, CancellationToken cancel)
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

    private static Secret? Line()
    {
        var bytes = new byte[MaximumLength];
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        var text = bytes.AsSpan(0, input.Read(bytes));
        text = text.TrimEnd("\r\n"u8);
        var secret = text.IsEmpty ? null : Secret.FromUtf8(text);
        CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }
}
