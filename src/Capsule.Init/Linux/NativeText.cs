using System.Runtime.InteropServices;
using System.Text;

namespace Capsule.Init.Linux;

/// <summary>NUL-terminated text for the C library. What is allocated here lives until the process ends or executes.</summary>
internal static unsafe class NativeText
{
    public static byte* Of(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        var memory = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(memory, length));
        memory[length] = 0;
        return memory;
    }

    /// <summary>A NULL-terminated vector of texts.</summary>
    public static byte** Vector(params ReadOnlySpan<string> texts)
    {
        var vector = (byte**)NativeMemory.AllocZeroed((nuint)texts.Length + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < texts.Length; i++)
        {
            vector[i] = Of(texts[i]);
        }

        return vector;
    }
}
