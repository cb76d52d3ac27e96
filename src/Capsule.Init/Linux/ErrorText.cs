using System.Text;

namespace Capsule.Init.Linux;

/// <summary>One line on standard error, which the runner reads.</summary>
internal static unsafe class ErrorText
{
    private const int StandardError = 2;

    public static void Write(string line)
    {
        var bytes = Encoding.UTF8.GetBytes($"capsule-init: {line}\n");
        fixed (byte* start = bytes)
        {
            Libc.Write(StandardError, start, (nuint)bytes.Length);
        }
    }
}
