using System.IO.Pipes;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>A process of a cell: its pipes and its end.</summary>
internal sealed class CellProcess : ICellProcess
{
    /// <summary>The exit code of a process that SIGKILL ended.</summary>
    public const int Killed = 128 + 9;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<int, int> _signal;
    private ChildEnds? _childEnds;

    public CellProcess(int id, Action<int, int> signal, bool input)
    {
        Id = id;
        _signal = signal;
        var output = Descriptors.Pipe();
        var error = Descriptors.Pipe();
        Output = Reader(output.Read);
        Error = Reader(error.Read);
        if (input)
        {
            var pipe = Descriptors.Pipe();
            Input = new AnonymousPipeClientStream(PipeDirection.Out, PipeHandle(pipe.Write));
            _childEnds = new ChildEnds(pipe.Read, output.Write, error.Write);
        }
        else
        {
            _childEnds = new ChildEnds(Descriptors.Open("/dev/null", 0)!, output.Write, error.Write);
        }
    }

    public int Id { get; }

    public int HostPid { get; set; }

    public Stream Input { get; } = Stream.Null;

    public Stream Output { get; }

    public Stream Error { get; }

    public Task<int> Exited => _exited.Task;

    /// <summary>From a wait status (wait(2)): the code, or 128 and the signal.</summary>
    public static int ExitCodeOf(int status) => (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);

    public Task SignalAsync(int signal, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!Exited.IsCompleted)
        {
            _signal(Id, signal);
        }

        return Task.CompletedTask;
    }

    /// <summary>The ends that the process gets; ours to close once they are sent.</summary>
    public ChildEnds TakeChildEnds() => Interlocked.Exchange(ref _childEnds, null)!;

    public void End(int exitCode) => _exited.TrySetResult(exitCode);

    /// <summary>It never ran: nobody will read its pipes.</summary>
    public void Abandon()
    {
        TakeChildEnds()?.Dispose();
        Input.Dispose();
        Output.Dispose();
        Error.Dispose();
        End(Killed);
    }

    private static AnonymousPipeClientStream Reader(SafeFileHandle handle) => new(PipeDirection.In, PipeHandle(handle));

    private static SafePipeHandle PipeHandle(SafeFileHandle handle)
    {
        var pipe = new SafePipeHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return pipe;
    }

    /// <summary>Standard input, output and error as the process gets them.</summary>
    internal sealed record ChildEnds(SafeFileHandle Input, SafeFileHandle Output, SafeFileHandle Error) : IDisposable
    {
        public void Dispose()
        {
            Input.Dispose();
            Output.Dispose();
            Error.Dispose();
        }
    }
}
