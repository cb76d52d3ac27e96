using System.Globalization;
using System.IO.Pipes;
using Capsule.Core.Plans;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>A process of a cell: its pipes and its end.</summary>
internal sealed class CellProcess : ICellProcess
{
    /// <summary>The exit code of a process that SIGKILL ended.</summary>
    public const int Killed = 128 + SignalKill;

    private const int SignalKill = 9;

    /// <summary>SIGXFSZ, which RLIMIT_FSIZE sends.</summary>
    private const int TooLarge = 128 + 25;

    private readonly TaskCompletionSource<int> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<int, int> _signal;
    private readonly CellProcessRequest _request;
    private readonly LimitsPlan _limits;
    private readonly long _end;
    private readonly Timer? _time;
    private CellStreams? _childEnds;

    public CellProcess(int id, Action<int, int> signal, CellProcessRequest request, LimitsPlan limits)
    {
        Id = id;
        _signal = signal;
        _request = request;
        _limits = limits;
        if (limits.WallSeconds is { } seconds)
        {
            // By a clock that nobody sets.
            _end = Environment.TickCount64 + (seconds * 1000L);
            _time = new Timer(_ => LookAtClock(seconds));
            LookAtClock(seconds);
        }

        if (request.Streams is not null)
        {
            _childEnds = request.Streams;
            return;
        }

        var output = Descriptors.Pipe();
        var error = Descriptors.Pipe();
        Output = Reader(output.Read);
        Error = Reader(error.Read);
        if (request.Input)
        {
            var pipe = Descriptors.Pipe();
            Input = new AnonymousPipeClientStream(PipeDirection.Out, PipeHandle(pipe.Write));
            _childEnds = new CellStreams(pipe.Read, output.Write, error.Write);
        }
        else
        {
            _childEnds = new CellStreams(Descriptors.Open("/dev/null", 0)!, output.Write, error.Write);
        }
    }

    public int Id { get; }

    public int HostPid { get; set; }

    public Stream Input { get; } = Stream.Null;

    public Stream Output { get; } = Stream.Null;

    public Stream Error { get; } = Stream.Null;

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
    public CellStreams TakeChildEnds() => Interlocked.Exchange(ref _childEnds, null)!;

    public void End(int exitCode)
    {
        _time?.Dispose();
        _exited.TrySetResult(exitCode);
    }

    /// <summary>It ended by itself, with a wait status. A shell says of a program that a signal ended the same as the kernel says of it.</summary>
    public void EndWith(int status)
    {
        var code = ExitCodeOf(status);
        if (code == TooLarge && _limits.FileSize is { } size)
        {
            _request.Exceeded?.Invoke(new ExceededLimit(
                "fileSize", string.Create(CultureInfo.InvariantCulture, $"{size} bytes"), SandboxDiagnostics.FileTooLarge.Now(_request.Name, size)));
        }

        End(code);
    }

    /// <summary>It never ran: nobody will read its pipes.</summary>
    public void Abandon()
    {
        TakeChildEnds()?.Dispose();
        Input.Dispose();
        Output.Dispose();
        Error.Dispose();
        End(Killed);
    }

    private void LookAtClock(int seconds)
    {
        var left = _end - Environment.TickCount64;
        if (Exited.IsCompleted)
        {
            return;
        }

        if (left > 0)
        {
            // A timer takes 49 days at most; one that is disposed of meanwhile does nothing.
            _time!.Change((int)Math.Min(left, int.MaxValue), Timeout.Infinite);
        }
        else
        {
            _request.Exceeded?.Invoke(new ExceededLimit(
                "wall", string.Create(CultureInfo.InvariantCulture, $"{seconds} s"), SandboxDiagnostics.TimeIsUp.Now(_request.Name, seconds)));
            _signal(Id, SignalKill);
        }
    }

    private static AnonymousPipeClientStream Reader(SafeFileHandle handle) => new(PipeDirection.In, PipeHandle(handle));

    private static SafePipeHandle PipeHandle(SafeFileHandle handle)
    {
        var pipe = new SafePipeHandle(handle.DangerousGetHandle(), ownsHandle: true);
        handle.SetHandleAsInvalid();
        return pipe;
    }
}
