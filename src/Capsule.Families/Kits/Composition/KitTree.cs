using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Composition;

/// <summary>A Kit with the Kits that it depends on, and what each of them was given (specs: kits 1.8).</summary>
internal sealed record KitTree
{
    /// <summary>
    /// Empty for the Kit itself; else the names of dependencies on the way there, joined by dots: <c>voice.llama</c>. No id has
    /// a dot, so no name made of them is taken.
    /// </summary>
    public string Id { get; init; } = "";

    public required KitManifest Manifest { get; init; }

    /// <summary>Its files; null for the Kit itself, whose files are the package's.</summary>
    public DependencyTree? Files { get; init; }

    /// <summary>True when it lies outside of the folders of those that depend on it, so that a package has to carry it.</summary>
    public bool IsCarried { get; init; }

    /// <summary>Values by option.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Chosen variants by workload.</summary>
    public IReadOnlyDictionary<string, string> Variants { get; init; } = new Dictionary<string, string>();

    /// <summary>Its mounts that stand for others of the run; one that nothing is bound to is asked for by its own name.</summary>
    public IReadOnlyDictionary<string, string> MountNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Its secrets that stand for others of the run; one that nothing is bound to is asked for by its own name.</summary>
    public IReadOnlyDictionary<string, string> SecretNames { get; init; } = new Dictionary<string, string>();

    /// <summary>What the Kit that runs calls secrets of its own; empty for that Kit.</summary>
    public IReadOnlySet<string> OwnSecrets { get; init; } = new HashSet<string>();

    /// <summary>By the name of the dependency; those that are not there are missing.</summary>
    public IReadOnlyDictionary<string, KitTree> Children { get; init; } = new Dictionary<string, KitTree>();

    /// <summary>The Kit and all below it, each before those that it depends on.</summary>
    public IEnumerable<KitTree> All => Children.Values.SelectMany(c => c.All).Prepend(this);

    /// <summary>What something of this Kit's is called in the run.</summary>
    public string Name(string id) => Id.Length == 0 ? id : $"{Id}.{id}";

    public string Cell(Workload workload) => Name(workload.Id.Value);

    public string StartProcess(Workload workload) => $"{Cell(workload)}/start";

    public string Mount(string id) => MountNames.GetValueOrDefault(id) ?? Name(id);

    /// <summary>Nobody binds a vault secret to have it: Kits share them by their names. Where the Kit itself calls a secret of its own so, that one is not meant.</summary>
    public string Secret(string id) => SecretNames.GetValueOrDefault(id)
        ?? (Manifest.VaultSecrets.Any(s => s.Key.Value == id) && !OwnSecrets.Contains(id) ? id : Name(id));

    /// <summary>The runtime that starts: of the variant that was chosen, else the default one.</summary>
    public WorkloadRuntime? RuntimeOf(Workload workload) => Variants.TryGetValue(workload.Id.Value, out var chosen)
        ? workload.Variants.FirstOrDefault(v => v.Id.Value == chosen)?.Runtime
        : workload.DefaultRuntime;

    /// <summary>A mount of the Kit, where it is declared, and what a workload may do with it.</summary>
    public MountAccess Access(MountGrant grant) => grant.Access?.Value ?? Manifest.FindMount(grant.Mount.Value)!.Access;
}
