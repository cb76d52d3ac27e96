using Capsule.Core.Diagnostics;
using Capsule.Init.Linux;
using Capsule.Runtime.Sandbox.Refusals;

namespace Capsule.Runtime.Sandbox;

/// <summary>
/// Cells by bubblewrap, Landlock and seccomp (specs: platform 1 to 3, 10; sandbox 2). There is no weaker way: what cannot be
/// built is refused with a diagnostic.
/// </summary>
public sealed class BubblewrapSandbox(SandboxOptions options) : ISandbox
{
    private readonly Spawner _spawner = new(options);
    private readonly CallWatch _calls = new();
    private readonly Lazy<CgroupHost> _cgroups = new(() => CgroupHost.Find(options.CgroupRoot, File.ReadLines("/proc/self/cgroup")));

    /// <summary>The process id of the outer init; 0 before the first cell.</summary>
    internal int OuterPid => _spawner.OuterPid;

    public async Task<Result<ICell>> OpenAsync(CellRequest request, CancellationToken cancel)
    {
        var ready = await _spawner.ReadyAsync(cancel);
        if (!ready.Succeeded)
        {
            return Result.Failed<ICell>(ready.Diagnostics);
        }

        var mechanisms = CellLimits.Mechanisms(request.Limits, _cgroups.Value);
        var notes = MountRules.CheckTargets(request)
            .Concat(CellLimits.Check(request.Name, mechanisms, request.Requires.StrictLimits))
            .Concat(MachineRules.Check(request, ready.Value.Tools.LandlockAbi, options.LandlockRequired))
            .ToArray();
        if (notes.Any(d => d.IsError))
        {
            return Result.Failed<ICell>(notes);
        }

        request = request with { Policy = options.Policy };
        if (request.Gpu)
        {
            var nodes = RenderNodes.Find(options.RenderFolder, request.Name);
            if (!nodes.Succeeded)
            {
                return Result.Failed<ICell>(nodes.Diagnostics);
            }

            request = request with { Devices = nodes.Value };
        }

        try
        {
            var cell = await OpenAsync(request, ready.Value, mechanisms, cancel);
            return cell.Value is null ? cell : Result.Of(cell.Value, notes);
        }
        catch (RefusedException refused)
        {
            return refused.Diagnostic;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return SandboxDiagnostics.SetupFailed.Now(request.Name, problem.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _spawner.DisposeAsync();
        _calls.Dispose();
    }

    private async Task<Result<ICell>> OpenAsync(
        CellRequest request, Spawner.Ready ready, IReadOnlyDictionary<string, string> mechanisms, CancellationToken cancel)
    {
        var runner = (int)Libc.GetEffectiveUid();
        Result<UidLease> lease = runner == 0 ? UidLease.Take(options.UidRange, options.LeaseFolder) : UidLease.Own(runner);
        if (!lease.Succeeded)
        {
            return Result.Failed<ICell>(lease.Diagnostics);
        }

        Result<ICell>? cell = null;
        try
        {
            cell = await OpenAsync(ready);
            if (cell.Value is null && !ready.Outer.IsAlive && await _spawner.ReadyAsync(cancel) is { Succeeded: true, Value: { } next })
            {
                // The spawner was killed, and this was the first to notice: a new one has taken its place.
                cell = await OpenAsync(next);
            }

            return cell;
        }
        finally
        {
            if (cell?.Value is null)
            {
                lease.Value.Dispose();
            }
        }

        Task<Result<ICell>> OpenAsync(Spawner.Ready spawner) =>
            new CellOpening(request, lease.Value, spawner, _cgroups.Value, _calls, mechanisms, options.SetupTimeout).RunAsync(cancel);
    }
}
