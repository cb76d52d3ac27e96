using System.IO.Pipes;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>What bubblewrap and the init wrote to their standard error, as far as a message needs it.</summary>
internal sealed class ErrorTail : IDisposable
{
    private const int Enough = 2048;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly AnonymousPipeClientStream _pipe;

    public ErrorTail(SafeFileHandle read)
    {
        _pipe = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(read.DangerousGetHandle(), ownsHandle: true));
        read.SetHandleAsInvalid();
    }

    /// <summary>To be called once the writers are gone.</summary>
    public async Task<string> ReadAsync()
    {
        var buffer = new byte[Enough];
        var length = 0;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            int read;
            while (length < Enough && (read = await _pipe.ReadAsync(buffer.AsMemory(length), limit.Token)) > 0)
            {
                length += read;
            }
        }
        catch (OperationCanceledException)
        {
            // What came so far must do.
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    public void Dispose() => _pipe.Dispose();
}
