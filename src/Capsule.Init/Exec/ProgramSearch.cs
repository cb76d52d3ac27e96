using System.Runtime.InteropServices;
using Capsule.Init.Linux;

namespace Capsule.Init.Exec;

/// <summary>Executes a program, found as the shell finds it: by path, or on the PATH of its own environment (execvp(3)).</summary>
internal static unsafe class ProgramSearch
{
    private const int MaxPath = 4096;

    /// <summary>Returns only when nothing could be executed: errno.</summary>
    public static int Execute(byte** arguments, byte** environment)
    {
        var program = Text(arguments[0]);
        if (program.Contains((byte)'/'))
        {
            Libc.Execute(arguments[0], arguments, environment);
            return Marshal.GetLastPInvokeError();
        }

        var result = Constants.NoEntry;
        var rest = SearchPath(environment);
        var candidate = stackalloc byte[MaxPath];
        while (!rest.IsEmpty && !program.IsEmpty)
        {
            var end = rest.IndexOf((byte)':');
            var folder = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (folder.IsEmpty || folder.Length + program.Length + 2 > MaxPath)
            {
                continue;
            }

            folder.CopyTo(new Span<byte>(candidate, MaxPath));
            candidate[folder.Length] = (byte)'/';
            program.CopyTo(new Span<byte>(candidate + folder.Length + 1, program.Length));
            candidate[folder.Length + 1 + program.Length] = 0;
            Libc.Execute(candidate, arguments, environment);
            var error = Marshal.GetLastPInvokeError();
            if (error is not (Constants.NoEntry or Constants.NotDirectory))
            {
                result = error;
            }
        }

        return result;
    }

    private static ReadOnlySpan<byte> SearchPath(byte** environment)
    {
        for (var entry = environment; *entry != null; entry++)
        {
            var text = Text(*entry);
            if (text.StartsWith("PATH="u8))
            {
                return text["PATH=".Length..];
            }
        }

        return "/usr/bin:/bin"u8;
    }

    private static ReadOnlySpan<byte> Text(byte* text) => MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text);
}
