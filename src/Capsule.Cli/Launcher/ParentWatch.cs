using System.Runtime.InteropServices;

namespace Capsule.Cli.Launcher;

/// <summary>
/// Cancels when the process that started this one is gone. A killed <c>dotnet test</c> sends no signal, and its test host would
/// go on until its case ends.
/// </summary>
internal sealed partial class ParentWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _gone = new();
    private readonly Timer? _timer;

    public ParentWatch()
    {
        // A process of Windows keeps its parent's number; packages run on Linux only.
        if (!OperatingSystem.IsWindows())
        {
            var parent = ParentId();
            _timer = new Timer(_ => Look(parent), null, Interval, Interval);
        }
    }

    public CancellationToken Gone => _gone.Token;

    public void Dispose()
    {
        _timer?.Dispose();
        _gone.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    private void Look(int parent)
    {
        if (ParentId() != parent)
        {
            _gone.Cancel();
        }
    }
}
