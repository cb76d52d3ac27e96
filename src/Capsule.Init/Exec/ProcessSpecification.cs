using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Capsule.Init.Linux;
using Capsule.Init.Wire;

namespace Capsule.Init.Exec;

/// <summary>What to run and how to confine it, read from a memory file (<see cref="ProcessTag"/>). Texts point into it.</summary>
internal sealed unsafe class ProcessSpecification
{
    private readonly List<nint> _arguments = [];
    private readonly List<nint> _environment = [];

    public byte* WorkingDirectory { get; private set; }

    public SocketRule Sockets { get; private set; }

    public List<(int Resource, ulong Value)> Limits { get; } = [];

    public List<(LandlockAccess Access, nint Path)> Rules { get; } = [];

    public byte** Arguments => Vector(_arguments);

    public byte** Environment => Vector(_environment);

    /// <summary>Null when it is damaged, incomplete, or holds something this copy does not know.</summary>
    public static ProcessSpecification? Read(int descriptor)
    {
        var length = Libc.Seek(descriptor, 0, Constants.SeekEnd);
        Libc.Seek(descriptor, 0, Constants.SeekSet);
        if (length <= 0 || length > int.MaxValue)
        {
            return null;
        }

        var memory = (byte*)NativeMemory.Alloc((nuint)length);
        for (long at = 0; at < length;)
        {
            var read = Libc.Read(descriptor, memory + at, (nuint)(length - at));
            if (read <= 0)
            {
                return null;
            }

            at += read;
        }

        var specification = new ProcessSpecification();
        return memory[length - 1] == 0 && specification.Parse(memory, (int)length) ? specification : null;
    }

    private bool Parse(byte* memory, int length)
    {
        for (var at = 0; at < length;)
        {
            var text = memory + at + 1;
            var size = new ReadOnlySpan<byte>(memory + at, length - at).IndexOf((byte)0) - 1;
            if (size < 0 || !Add(memory[at], text, size))
            {
                return false;
            }

            at += size + 2;
        }

        return _arguments.Count > 0 && WorkingDirectory != null && Sockets != 0;
    }

    private bool Add(byte tag, byte* text, int size)
    {
        switch (tag)
        {
            case ProcessTag.Argument:
                _arguments.Add((nint)text);
                return true;
            case ProcessTag.Environment:
                _environment.Add((nint)text);
                return true;
            case ProcessTag.WorkingDirectory:
                WorkingDirectory = text;
                return true;
            case ProcessTag.Sockets:
                Sockets = TryNumber(text, size, out var rule) ? (SocketRule)rule : 0;
                return Sockets is SocketRule.Unix or SocketRule.Internet;
            case ProcessTag.Limit:
                var colon = Colon(text, size);
                if (colon < 0 || !TryNumber(text, colon, out var resource) || !TryNumber(text + colon + 1, size - colon - 1, out var value))
                {
                    return false;
                }

                Limits.Add(((int)resource, value));
                return true;
            case ProcessTag.Landlock:
                var end = Colon(text, size);
                if (end < 0 || !TryNumber(text, end, out var access))
                {
                    return false;
                }

                Rules.Add(((LandlockAccess)access, (nint)(text + end + 1)));
                return true;
            default:
                return false;
        }
    }

    private static int Colon(byte* text, int size) => new ReadOnlySpan<byte>(text, size).IndexOf((byte)':');

    private static bool TryNumber(byte* text, int size, out ulong value) =>
        ulong.TryParse(Encoding.ASCII.GetString(text, size), NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static byte** Vector(List<nint> texts)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)texts.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Count; i++)
        {
            vector[i] = (byte*)texts[i];
        }

        return vector;
    }
}
