using System.Security.Cryptography;
using Capsule.Core.Diagnostics;
using Capsule.Core.Files;

namespace Capsule.Trust.Keys;

/// <summary>Secrets on the lines of a file descriptor.</summary>
internal static class DescriptorSecret
{
    private const int MaximumLength = 64 * 1024;

    /// <summary>The next line, without its end (CAP3222). Read byte by byte, because what follows is the next secret.</summary>
    public static Result<Secret> Read(int number, string what)
    {
        var line = new byte[MaximumLength];
        try
        {
            var descriptor = InheritedDescriptor.Open(number);
            var length = 0;
            for (int next; length < line.Length && (next = descriptor.ReadByte()) is not (-1 or '\n'); length++)
            {
                line[length] = (byte)next;
            }

            var text = line.AsSpan(0, length);
            text = text.EndsWith("\r"u8) ? text[..^1] : text;
            return length == line.Length ? Unusable("the line is too long") : text.IsEmpty ? Unusable("there is no line, or an empty one") : Secret.FromUtf8(text);
        }
        catch (IOException problem)
        {
            return Unusable(problem.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(line);
        }

        Diagnostic Unusable(string why) => KeyDiagnostics.DescriptorUnusable.Now(number, what, why);
    }
}
