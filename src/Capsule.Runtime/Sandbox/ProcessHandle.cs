using Capsule.Init.Linux;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>A process by identity instead of number (pidfd_open(2)).</summary>
internal sealed class ProcessHandle : IDisposable
{
    private readonly SafeFileHandle? _pidfd;

    private ProcessHandle(SafeFileHandle? pidfd) => _pidfd = pidfd;

    public static ProcessHandle Open(int pid)
    {
        var descriptor = (int)Libc.SystemCall(CallNumbers.PidfdOpen, pid, 0, 0, 0, 0);
        return new ProcessHandle(descriptor < 0 ? null : Descriptors.Own(descriptor));
    }

    /// <summary>True when the process has ended within the time.</summary>
    public Task<bool> WaitForEndAsync(TimeSpan timeout) =>
        _pidfd is null ? Task.FromResult(true) : Task.Run(() => ReadablePoll.Wait(_pidfd.Number(), timeout));

    public void Dispose() => _pidfd?.Dispose();
}
