using System.Text;

namespace Capsule.Runtime.Supervision;

/// <summary>Turns what a process prints into lines. On a thread of its own: a pipe is read by waiting.</summary>
internal static class LogPump
{
    /// <summary>A line longer than this becomes several.</summary>
    internal const int LongestLine = 64 * 1024;

    public static Task RunAsync(Stream from, Action<string> line) => Task.Factory.StartNew(
        () => Pump(from, line), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal static void Pump(Stream from, Action<string> line)
    {
        var text = new StringBuilder();
        var decoder = Encoding.UTF8.GetDecoder();
        var bytes = new byte[16 * 1024];
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        int read;
        while ((read = Read(from, bytes)) > 0)
        {
            foreach (var character in characters.AsSpan(0, decoder.GetChars(bytes, 0, read, characters, 0, flush: false)))
            {
                if (character == '\n' || text.Length >= LongestLine)
                {
                    line(text.ToString().TrimEnd('\r'));
                    text.Clear();
                }

                if (character != '\n')
                {
                    text.Append(character);
                }
            }
        }

        if (text.Length > 0)
        {
            line(text.ToString());
        }
    }

    private static int Read(Stream from, byte[] into)
    {
        try
        {
            return from.Read(into);
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or OperationCanceledException)
        {
            return 0;
        }
    }
}
