using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Init.Wire;
using Capsule.Runtime.Sandbox.Refusals;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Runtime.Sandbox;

/// <summary>The way from a request to a cell whose walls have been seen from outside.</summary>
internal sealed class CellOpening(
    CellRequest request, UidLease lease, Spawner.Ready spawner, CgroupHost cgroups, CallWatch calls, IReadOnlyDictionary<string, string> mechanisms, TimeSpan timeout)
{
    private readonly bool _root = Libc.GetEffectiveUid() == 0;

    /// <summary>On success the lease belongs to the cell.</summary>
    public async Task<Result<ICell>> RunAsync(CancellationToken cancel)
    {
        var mounts = MountRules.Open(request, lease.Uid);
        if (!mounts.Succeeded)
        {
            return Result.Failed<ICell>(mounts.Diagnostics);
        }

        var init = MountRules.ForBubblewrap(Descriptors.Open(spawner.Tools.InitPath, Constants.OpenPathOnly)!);
        using var arguments = CellArguments.Build(request, mounts.Value, init, staged: _root);
        if (arguments.Sources.Count + Protocol.FirstSourceDescriptor > Protocol.MaxDescriptors)
        {
            return SandboxDiagnostics.SetupFailed.Now(request.Name, "it has too many mounts");
        }

        request.Policy?.Invoke(SandboxPolicy.Of(request, arguments.Words));
        var (control, theirControl) = Descriptors.PacketPair();
        var (errorRead, errorWrite) = Descriptors.Pipe();
        using var errors = new ErrorTail(errorRead);
        OuterInit.Watch watch;
        using (theirControl)
        using (errorWrite)
        using (var words = Descriptors.Memory(arguments.Encode()))
        {
            var drop = _root ? lease.Uid : -1;
            watch = spawner.Outer.Open(drop, drop, [errorWrite, theirControl, words, .. arguments.Sources]);
        }

        var pid = await ListenInsideAsync(control, cancel);
        if (pid == 0)
        {
            control.Dispose();
            spawner.Outer.Kill(watch);
            await Task.WhenAny(watch.Ended.Task, Task.Delay(timeout, cancel));
            cancel.ThrowIfCancellationRequested();
            var status = watch.Ended.Task.IsCompleted ? await watch.Ended.Task : -(int)InitStep.Spawn;
            return SetupFailure.Precisely(SetupFailure.Explain(request.Name, status, await errors.ReadAsync()));
        }

        var enforcement = new Enforcement
        {
            Backend = "bubblewrap",
            BackendVersion = spawner.Tools.BubblewrapVersion,
            LandlockAbi = spawner.Tools.LandlockAbi,
            Limits = mechanisms,
            Devices = [.. request.Devices.Select(RenderNodes.Inside)],
            Uid = lease.Uid,
        };
        var cell = new BubblewrapCell(request, spawner.Outer, watch, lease, control, pid, enforcement, calls, timeout);
        if (Confine(cell) is not { } problem)
        {
            return cell;
        }

        await cell.DisposeAsync();
        return problem;
    }

    /// <summary>The walls seen from outside, and the limits that only we can put up.</summary>
    private Diagnostic? Confine(BubblewrapCell cell)
    {
        var seen = ProcessStatus.Read(cell.InitPid);
        var open = seen is null ? "its first process is gone" : seen.OpenWall(lease.Uid, request.HostNetwork);
        if (open is not null)
        {
            return SandboxDiagnostics.SealBroken.Now(request.Name, open);
        }

        try
        {
            cell.HoldBy(CellCgroup.Enter(cgroups, request.Limits, cell.InitPid));
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SandboxDiagnostics.SetupFailed.Now(request.Name, problem.Message);
        }
    }

    /// <summary>The host's number of the init inside once it has spoken; 0 when it did not, whether in time, at all, or because of us.</summary>
    private async Task<int> ListenInsideAsync(SafeFileHandle control, CancellationToken cancel)
    {
        var number = control.Number();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(timeout);

        // A blocking read, which ends when the connection does.
        await using var stop = limit.Token.Register(() => Libc.Shutdown(number, Constants.ShutdownBoth));
        return await Task.Run(
            () => PacketSocket.Receive(number, out var packet, [], out _, out var sender)
                && packet is { Kind: PacketKind.Ready, First: Protocol.Version } ? sender.Pid : 0,
            CancellationToken.None);
    }
}
