using System.Runtime.InteropServices;

namespace Capsule.Core.Files;

/// <summary>
/// A file descriptor that whoever started this program has opened for it, as a shell does for <c>3&lt;FILE</c>. Descriptors of our own are
/// refused: the runtime opens each so that no program inherits it, and what we inherited is not marked so. What fails is an <see cref="IOException"/>.
/// </summary>
public sealed partial class InheritedDescriptor
{
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int Interrupted = 4;

    private readonly int _number;

    private InheritedDescriptor(int number) => _number = number;

    public static InheritedDescriptor Open(int number)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new IOException("this system has no numbered descriptors");
        }

        var flags = Control(number, GetFlags);
        if (flags < 0 || (flags & CloseOnExec) != 0)
        {
            throw new IOException("nothing was opened there for this program");
        }

        return IsTerminal(number) == 1 ? throw new IOException("it is a terminal, which would show what is typed") : new InheritedDescriptor(number);
    }

    /// <summary>The next byte; -1 at the end. Nothing is read ahead: what follows belongs to the next reader, and a stream of .NET would keep a place of its own.</summary>
    public int ReadByte()
    {
        byte next = 0;
        nint count;
        do
        {
            count = Read(_number, ref next, 1);
        }
        while (count < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        return count switch
        {
            1 => next,
            0 => -1,
            _ => throw new IOException(Marshal.GetLastPInvokeErrorMessage()),
        };
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command);

    [LibraryImport("libc", EntryPoint = "isatty")]
    private static partial int IsTerminal(int descriptor);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, ref byte next, nint length);
}
