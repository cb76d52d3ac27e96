using System.Security.Cryptography;
using Capsule.Trust.Keys;

namespace Capsule.Cli.Shell;

/// <summary>What a person types at a terminal without seeing it.</summary>
internal static class HiddenInput
{
    private const int Longest = 64 * 1024;

    /// <summary>Asks for one line; null for an empty one, the end of the input, and Ctrl-C.</summary>
    public static Secret? Ask(Terminal terminal, string question)
    {
        terminal.Error.Write($"{question}: ");
        var typed = new char[Longest];
        var before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            var length = Read(typed);
            terminal.Error.WriteLine();
            return length > 0 ? Secret.FromText(typed.AsSpan(0, length)) : null;
        }
        finally
        {
            Console.TreatControlCAsInput = before;
            CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(typed.AsSpan()));
        }
    }

    /// <summary>All of the standard input without its last line break, or what is typed at a terminal; null when there is nothing.</summary>
    public static Secret? ReadAll(Terminal terminal, string question)
    {
        if (terminal.InputIsTerminal)
        {
            return Ask(terminal, question);
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

    private static int Read(char[] typed)
    {
        var length = 0;
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return length;
                case { Key: ConsoleKey.Backspace }:
                    length = Math.Max(0, length - 1);
                    break;
                case { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }:
                case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control }:
                case { KeyChar: '\u0003' or '\u0004' }:
                    return 0;
                case { KeyChar: not '\0' } when length < typed.Length:
                    typed[length++] = key.KeyChar;
                    break;
            }
        }
    }
}
