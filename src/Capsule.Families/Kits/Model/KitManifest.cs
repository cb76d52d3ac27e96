using Capsule.Core.Text;

namespace Capsule.Families.Kits.Model;

/// <summary>What a <c>capability.yml</c> says (specs: kits 1), every value with its place. Lists keep the author's order.</summary>
public sealed record KitManifest
{
    /// <summary>The manifest's file name, for example <c>capability.yml</c>.</summary>
    public required string FileName { get; init; }

    public required Field<string> Name { get; init; }

    /// <summary>SPDX expression.</summary>
    public Field<string>? License { get; init; }

    public required IReadOnlyList<Workload> Workloads { get; init; }

    public IReadOnlyList<ExposeEntry> Expose { get; init; } = [];

    public IReadOnlyList<KitOption> Options { get; init; } = [];

    public IReadOnlyList<Dependency> Dependencies { get; init; } = [];

    public IReadOnlyList<HostMount> HostMounts { get; init; } = [];

    public IReadOnlyList<SecretDeclaration> KitSecrets { get; init; } = [];

    public IReadOnlyList<SecretDeclaration> VaultSecrets { get; init; } = [];

    public Workload? FindWorkload(string id) => Workloads.FirstOrDefault(w => w.Id.Value == id);

    public KitOption? FindOption(string id) => Options.FirstOrDefault(o => o.Id.Value == id);

    public HostMount? FindMount(string id) => HostMounts.FirstOrDefault(m => m.Id.Value == id);
}
