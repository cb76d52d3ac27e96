using System.Runtime.InteropServices;

namespace Capsule.Cli.Shell;

/// <summary>
/// Keeps a terminal from showing what is typed, until disposed. Lines are still edited and Ctrl-C still interrupts: only the echo is off. The
/// console class of .NET turns it off around single keys alone, and shows what is typed in between.
/// </summary>
internal sealed unsafe partial class TerminalEcho : IDisposable
{
    private const int Input = 0;

    /// <summary>After the output, with what was typed ahead thrown away.</summary>
    private const int AfterFlush = 2;

    private const uint Echo = 0x8;

    /// <summary>More than any system's struct termios.</summary>
    private const int Size = 256;

    /// <summary>The place of c_lflag: behind three flags of 4 bytes, on macOS of 8. Little-endian.</summary>
    private static readonly int Flags = OperatingSystem.IsMacOS() ? 24 : 12;

    private readonly byte[] _before;

    private TerminalEcho(byte[] before) => _before = before;

    /// <summary>Null when standard input is no terminal.</summary>
    public static TerminalEcho? Off()
    {
        var before = new byte[Size];
        fixed (byte* settings = before)
        {
            if (OperatingSystem.IsWindows() || Get(Input, settings) != 0)
            {
                return null;
            }
        }

        byte[] silent = [.. before];
        silent[Flags] &= unchecked((byte)~Echo);
        return Set(silent) ? new TerminalEcho(before) : null;
    }

    public void Dispose() => Set(_before);

    private static bool Set(byte[] settings)
    {
        fixed (byte* first = settings)
        {
            return Set(Input, AfterFlush, first) == 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr")]
    private static partial int Get(int descriptor, byte* settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr")]
    private static partial int Set(int descriptor, int when, byte* settings);
}
