using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Cells by bubblewrap, Landlock and seccomp (specs: platform 1 to 3, 10; sandbox 2). There is no weaker way: what cannot be
/// built is refused with a diagnostic.
/// </summary>
public sealed class BubblewrapSandbox(SandboxOptions options) : ISandbox
{
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Lazy<CgroupHost> _cgroups = new(() => CgroupHost.Find(options.CgroupRoot, File.ReadLines("/proc/self/cgroup")));
    private OuterInit? _outer;
    private HostTools? _tools;

    /// <summary>The process id of the outer init; 0 before the first cell.</summary>
    internal int OuterPid => _outer?.Pid ?? 0;

    public async Task<Result<ICell>> OpenAsync(CellRequest request, CancellationToken cancel)
    {
        var ready = await ReadyAsync(cancel);
        if (!ready.Succeeded)
        {
            return Result.Failed<ICell>(ready.Diagnostics);
        }

        var notes = MountRules.CheckTargets(request)
            .Concat(CellLimits.Check(request.Name, CellLimits.Mechanisms(request.Limits, _cgroups.Value), request.Requires.StrictLimits))
            .Concat(MachineRules.Check(request, _tools!.LandlockAbi))
            .ToArray();
        if (notes.Any(d => d.IsError))
        {
            return Result.Failed<ICell>(notes);
        }

        var runner = (int)Libc.GetEffectiveUid();
        Result<UidLease> lease = runner == 0 ? UidLease.Take(options.UidRange, options.LeaseFolder) : UidLease.Own(runner);
        if (!lease.Succeeded)
        {
            return Result.Failed<ICell>(lease.Diagnostics);
        }

        Result<ICell>? cell = null;
        try
        {
            cell = await OpenAsync(request, lease.Value, ready.Value, cancel);
            if (cell.Value is null && !ready.Value.IsAlive && await ReadyAsync(cancel) is { Succeeded: true, Value: { } next })
            {
                // The spawner was killed, and this was the first to notice: a new one has taken its place.
                cell = await OpenAsync(request, lease.Value, next, cancel);
            }

            return cell.Value is null ? cell : Result.Of(cell.Value, notes);
        }
        catch (IOException problem)
        {
            return SandboxDiagnostics.SetupFailed.Now(request.Name, problem.Message);
        }
        finally
        {
            if (cell is not { Succeeded: true })
            {
                lease.Value.Dispose();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_outer is not null)
        {
            await _outer.DisposeAsync();
        }

        _starting.Dispose();
    }

    private async Task<Result<OuterInit>> ReadyAsync(CancellationToken cancel)
    {
        await _starting.WaitAsync(cancel);
        try
        {
            if (_tools is null)
            {
                var tools = await HostTools.FindAsync(options, cancel);
                if (!tools.Succeeded)
                {
                    return Result.Failed<OuterInit>(tools.Diagnostics);
                }

                _tools = tools.Value;
            }

            if (_outer is { IsAlive: true })
            {
                return _outer;
            }

            if (_outer is not null)
            {
                await _outer.DisposeAsync();
                _outer = null;
            }

            var started = await OuterInit.StartAsync(_tools.InitPath, _tools.BubblewrapPath, cancel);
            _outer = started.Value;
            return started;
        }
        finally
        {
            _starting.Release();
        }
    }

    private async Task<Result<ICell>> OpenAsync(CellRequest request, UidLease lease, OuterInit outer, CancellationToken cancel)
    {
        var mounts = MountRules.Open(request, lease.Uid);
        if (!mounts.Succeeded)
        {
            return Result.Failed<ICell>(mounts.Diagnostics);
        }

        var root = Libc.GetEffectiveUid() == 0;
        using var arguments = CellArguments.Build(request, mounts.Value, MountRules.ForBubblewrap(Descriptors.Open(_tools!.InitPath, Constants.OpenPathOnly)!), root);
        if (arguments.Sources.Count + Protocol.FirstSourceDescriptor > Protocol.MaxDescriptors)
        {
            return SandboxDiagnostics.SetupFailed.Now(request.Name, "it has too many mounts");
        }

        using var words = Descriptors.Memory(arguments.Encode());
        var (control, theirControl) = Descriptors.PacketPair();
        var (errorRead, errorWrite) = Descriptors.Pipe();
        using var errors = new ErrorTail(errorRead);
        OuterInit.Watch watch;
        using (theirControl)
        using (errorWrite)
        {
            watch = outer.Open(root ? lease.Uid : -1, root ? lease.Uid : -1, [errorWrite, theirControl, words, .. arguments.Sources]);
        }

        var pid = await ReadyInsideAsync(control, outer, watch, cancel);
        if (pid == 0)
        {
            control.Dispose();
            outer.Kill(watch);
            var status = await watch.Ended.Task.WaitAsync(options.SetupTimeout, cancel);
            return SetupFailure.Explain(request.Name, status, await errors.ReadAsync());
        }

        var enforcement = new Enforcement
        {
            Backend = "bubblewrap",
            BackendVersion = _tools.BubblewrapVersion,
            LandlockAbi = _tools.LandlockAbi,
            Limits = CellLimits.Mechanisms(request.Limits, _cgroups.Value),
            Uid = lease.Uid,
        };
        var cell = new BubblewrapCell(request, outer, watch, lease, control, pid, enforcement, options.SetupTimeout);
        var problem = Confine(cell, request, lease.Uid);
        if (problem is null)
        {
            return cell;
        }

        await cell.DisposeAsync();
        return problem;
    }

    /// <summary>The walls seen from outside, and the limits that only we can put up.</summary>
    private Diagnostic? Confine(BubblewrapCell cell, CellRequest request, int uid)
    {
        var seen = ProcessStatus.Read(cell.InitPid);
        if (seen is null || seen.OpenWall(uid) is not null)
        {
            return SandboxDiagnostics.SealBroken.Now(request.Name, seen?.OpenWall(uid) ?? "its first process is gone");
        }

        try
        {
            cell.Cgroup = CellCgroup.Enter(_cgroups.Value, request.Limits, cell.InitPid);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SandboxDiagnostics.SetupFailed.Now(request.Name, problem.Message);
        }
    }

    /// <summary>The host's number of the init inside once it has spoken; 0 when it did not.</summary>
    private async Task<int> ReadyInsideAsync(SafeFileHandle control, OuterInit outer, OuterInit.Watch watch, CancellationToken cancel)
    {
        var number = control.Number();
        try
        {
            var speaking = Task.Run(
                () => PacketSocket.Receive(number, out var packet, [], out _, out var sender)
                    && packet is { Kind: PacketKind.Ready, First: Protocol.Version } ? sender.Pid : 0,
                CancellationToken.None);
            return await speaking.WaitAsync(options.SetupTimeout, cancel);
        }
        catch (Exception problem) when (problem is TimeoutException or OperationCanceledException)
        {
            outer.Kill(watch);
            Libc.Shutdown(number, Constants.ShutdownBoth);
            if (cancel.IsCancellationRequested)
            {
                control.Dispose();
                throw;
            }

            return 0;
        }
    }
}
