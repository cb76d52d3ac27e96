using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Operations.Running;
using Capsule.Operations.Secrets;
using Capsule.Runtime.Supervision;

namespace Capsule.Operations.Testing;

/// <summary>Workloads in variants that the tested package does not start, each prepared once for all commands that run in it.</summary>
internal sealed class VariantRuns : IAsyncDisposable
{
    private readonly Dictionary<string, Result<PreparedRun>> _prepared = new(StringComparer.Ordinal);

    /// <summary>The prepared cell, or why it cannot be prepared.</summary>
    /// <param name="request">The package, with all that the user grants.</param>
    /// <param name="cell">The workload in that variant.</param>
    /// <param name="variant">Its name.</param>
    /// <param name="cancel">Ends the preparation.</param>
    public async Task<Result<PreparedRun>> PrepareAsync(PackageRunRequest request, CellPlan cell, string variant, CancellationToken cancel)
    {
        var key = $"{cell.Id}={variant}";
        return _prepared.TryGetValue(key, out var known) ? known : _prepared[key] = await PackageRunner.PrepareAsync(Of(request, cell), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _prepared.Values.Select(p => p.Value).OfType<PreparedRun>())
        {
            await run.DisposeAsync();
        }

        _prepared.Clear();
    }

    /// <summary>Nothing of it starts: what it calls and waits for need not be there.</summary>
    private static PackageRunRequest Of(PackageRunRequest request, CellPlan cell)
    {
        var plan = request.Package.Launch! with
        {
            Cells = [cell with { Processes = [.. cell.Processes.Select(p => p with { Peers = [], DependsOn = [] })] }],
            Public = [],
            PublicPort = null,
            Relays = null,
            Stubs = null,
        };
        var mounts = plan.Cells[0].Mounts.Where(m => m.Kind is MountKind.Host).Select(m => m.Id).ToHashSet(StringComparer.Ordinal);
        var secrets = UsedSecrets.Of(plan).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return request with
        {
            Package = request.Package with { Launch = plan },
            Grants = request.Grants with { Mounts = request.Grants.Mounts.Where(m => mounts.Contains(m.Key)).ToDictionary() },
            Secrets = new GivenSecrets { Values = request.Secrets.Values.Where(v => secrets.Contains(v.Key)).ToDictionary(), Ask = request.Secrets.Ask, Say = request.Secrets.Say },
            IsCommand = true,
        };
    }
}
