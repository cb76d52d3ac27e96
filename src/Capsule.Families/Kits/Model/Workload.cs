using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>One addressable workload: own code or Relays, a path of another Kit, or several variants (specs: kits 1.3).</summary>
public sealed record Workload
{
    public required Field<string> Id { get; init; }

    /// <summary>Set for source and Relay workloads.</summary>
    public WorkloadRuntime? Runtime { get; init; }

    /// <summary>Set for imported workloads.</summary>
    public WorkloadImport? Import { get; init; }

    /// <summary>Not empty for workloads with variants.</summary>
    public IReadOnlyList<WorkloadVariant> Variants { get; init; } = [];

    /// <summary>As declared; <see cref="AllEndpoints"/> adds those of Relays.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; init; } = [];

    public IReadOnlyList<Field<string>> Connections { get; init; } = [];

    public IReadOnlyList<MountGrant> Mounts { get; init; } = [];

    public IReadOnlyList<Field<string>> ExposedSecrets { get; init; } = [];

    /// <summary>The only hosts for each command with network full that names none itself; null: every public one.</summary>
    public EgressList? EgressAllow { get; init; }

    /// <summary>The runtimes of all variants, or the one there is.</summary>
    public IEnumerable<WorkloadRuntime> Runtimes => Runtime is null ? Variants.Select(v => v.Runtime) : [Runtime];

    /// <summary>The runtime that starts when no variant is chosen.</summary>
    public WorkloadRuntime? DefaultRuntime => Runtime ?? DefaultVariant?.Runtime;

    /// <summary>The variant called <c>default</c>, else the first; null for a workload without variants.</summary>
    public WorkloadVariant? DefaultVariant => Variants.FirstOrDefault(v => v.Id.Value == "default") ?? Variants.FirstOrDefault();

    public IReadOnlyList<Endpoint> AllEndpoints =>
        [.. Endpoints.Concat(Runtimes.SelectMany(r => r.Relays).Select(r => r.Endpoint)).DistinctBy(e => e.Path)];

    /// <summary>False for an import without declared endpoints: only the other Kit knows them.</summary>
    public bool EndpointsAreKnown => Import is null || Endpoints.Count > 0;
}
