using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Sees that a cell has reached a limit which the kernel holds: the control group counts what it refused, and memory file systems
/// have no room left. What is reached is told once. A process that meets RLIMIT_NPROC or RLIMIT_NOFILE alone learns of it.
/// </summary>
internal sealed class LimitWatch : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);

    /// <summary>From this part of its space on a memory file system is looked at more often.</summary>
    private const int NearlyFull = 8;

    private readonly CellRequest _request;
    private readonly int _initPid;
    private readonly CellCgroup? _cgroup;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ExceededLimit> _exceeded = new(StringComparer.Ordinal);
    private readonly (string Target, string Root, long Size)[] _memoryFiles;
    private readonly Timer _timer;
    private bool _disposed;

    public LimitWatch(CellRequest request, int initPid, CellCgroup? cgroup)
    {
        _request = request;
        _initPid = initPid;
        _cgroup = cgroup;
        _memoryFiles = [.. CellArguments.MemoryFiles(request).Select(m => (m.Target, Inside(m.Target), m.Size))];
        _timer = new Timer(_ => Tick(), null, Soon, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What has been reached until now.</summary>
    public IReadOnlyList<ExceededLimit> Look()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                Find();
            }

            return [.. _exceeded.Values];
        }
    }

    /// <summary>The watchdog over memory says so itself, and ends the cell.</summary>
    public void OutOfMemory(Action? end) => Tell("memory", Bytes(_request.Limits.Memory), SandboxDiagnostics.MemoryExceeded.Now(_request.Name, _request.Limits.Memory), end);

    /// <summary>The limits are held no more: somebody has taken the control groups away.</summary>
    public void NotHeld(Action end) => Tell("limits", null, SandboxDiagnostics.CgroupGone.Now(_request.Name), end);

    /// <summary>Looks once more and never again: after this the cell's numbers may belong to others.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
        {
            if (!_disposed)
            {
                Find();
                _disposed = true;
            }
        }
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _timer.Change(Find() ? Soon : Later, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>True when something may be reached soon.</summary>
    private bool Find()
    {
        if (_cgroup?.RanOutOfMemory ?? false)
        {
            OutOfMemory(null);
        }

        if (_cgroup?.RefusedProcesses ?? false)
        {
            Tell("pids", $"{_request.Limits.Pids} processes", SandboxDiagnostics.TooManyProcesses.Now(_request.Name, _request.Limits.Pids));
        }

        var soon = _cgroup is not null;
        foreach (var (target, root, size) in _memoryFiles)
        {
            var free = Free(root);
            soon |= free * NearlyFull < size;
            if (free == 0)
            {
                Tell(target == CellDefaults.Tmp ? "tmp" : target, Bytes(size), SandboxDiagnostics.MemoryFilesFull.Now(target, _request.Name, size));
            }
        }

        return soon;
    }

    private void Tell(string name, string? value, Diagnostic problem, Action? end = null)
    {
        var limit = new ExceededLimit(name, value, problem);
        lock (_gate)
        {
            // Whoever asks after the end waits until it is told; the end does not wait for a slow log.
            end?.Invoke();
            if (_exceeded.TryAdd(name, limit))
            {
                _request.Exceeded?.Invoke(limit);
            }
        }
    }

    private string Inside(string target) => string.Create(CultureInfo.InvariantCulture, $"/proc/{_initPid}/root{target}");

    private static string Bytes(long? value) => string.Create(CultureInfo.InvariantCulture, $"{value} bytes");

    /// <summary>Bytes left; all of them where the cell is gone.</summary>
    private static long Free(string root)
    {
        try
        {
            return new DriveInfo(root).AvailableFreeSpace;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return long.MaxValue / NearlyFull;
        }
    }
}
