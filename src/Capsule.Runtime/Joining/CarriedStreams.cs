using Capsule.Runtime.Sandbox;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Joining;

/// <summary>Three pipes for a command in a cell, and the caller's own streams at our ends of them.</summary>
internal sealed class CarriedStreams
{
    private readonly SafeFileHandle _input;

    /// <param name="output">Receives the command's standard output.</param>
    /// <param name="error">Receives its standard error.</param>
    public CarriedStreams(Stream output, Stream error)
    {
        (var theirInput, _input) = Descriptors.Pipe();
        var (ourOutput, theirOutput) = Descriptors.Pipe();
        var (ourError, theirError) = Descriptors.Pipe();
        Theirs = new CellStreams(theirInput, theirOutput, theirError);

        // They end with the command's own ends; what waits for input of a terminal ends with this program.
        Read = Task.WhenAll(ReadAsync(ourOutput, output), ReadAsync(ourError, error));
    }

    /// <summary>The command's ends; whoever passes them on closes them here.</summary>
    public CellStreams Theirs { get; }

    /// <summary>Completes when everything is read and nobody holds the command's ends any more.</summary>
    public Task Read { get; }

    /// <summary>From here on the command reads what the caller does.</summary>
    public void Feed(Stream input) => _ = WriteAsync(input, _input);

    /// <summary>There is no command to feed.</summary>
    public void Abandon()
    {
        _input.Dispose();
        Theirs.Dispose();
    }

    private static Task ReadAsync(SafeFileHandle pipe, Stream to)
    {
        var from = new FileStream(pipe, FileAccess.Read, bufferSize: 0);
        return CarryAsync(from, to, from);
    }

    private static Task WriteAsync(Stream from, SafeFileHandle pipe)
    {
        var to = new FileStream(pipe, FileAccess.Write, bufferSize: 0);
        return CarryAsync(from, to, to);
    }

    /// <summary>On a thread of its own: pipes and terminals are read by waiting. Either end may go first.</summary>
    private static Task CarryAsync(Stream from, Stream to, FileStream pipe) => Task.Factory.StartNew(
        () =>
        {
            using var ours = pipe;
            var bytes = new byte[16 * 1024];
            try
            {
                for (int read; (read = from.Read(bytes)) > 0;)
                {
                    to.Write(bytes.AsSpan(0, read));
                    to.Flush();
                }
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException)
            {
                // The other side wants no more; closing ours tells the command so.
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
