using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>Compiles a Kit, with those that it depends on, into what runs: one cell for each workload with code, the exits of its Relays, and its public routes.</summary>
internal static class KitLaunchPlan
{
    public static LaunchPlan Build(PackageReference package, KitTree kit) => new()
    {
        Package = package,
        Selection = new LaunchSelection { Options = Chosen(kit, k => k.Options), Variants = Chosen(kit, Variants) },
        Dependencies = [.. kit.All.Skip(1).Select(k => new DependencyPlan(k.Id, new PackageReference(FamilyNames.Kit, null, k.Manifest.Name.Value, null)))],
        Cells = [.. kit.All.SelectMany(Cells)],
        Public = PublicRoutes.Build(kit),
        Secrets = KitSecrets.Build(kit),
        Relays = WorkloadRelays.Build(kit),
        Requires = new LaunchRequirements { GpuWish = kit.All.SelectMany(k => k.Manifest.Workloads.Select(w => Gpu(k.RuntimeOf(w)?.Gpu, k.Options))).FirstOrDefault(g => g is not null) },
    };

    /// <summary>Those that a lock pins: python and dotnet are the machine's own.</summary>
    public static IReadOnlyList<ToolchainPlan> Toolchains(KitTree kit) =>
    [
        .. kit.All.SelectMany(k => k.Manifest.Workloads).SelectMany(w => w.Runtimes).Select(r => r.Source).OfType<SourceRuntime>()
            .SelectMany(s => s.Prepare is null ? [s.Toolchain.Value] : new[] { s.Toolchain.Value, s.PrepareToolchain })
            .Where(name => name is not ("python" or "dotnet"))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new ToolchainPlan(name)),
    ];

    private static IEnumerable<CellPlan> Cells(KitTree kit) =>
        from workload in kit.Manifest.Workloads
        let source = kit.RuntimeOf(workload)?.Source
        where source is not null
        select WorkloadCell.Build(kit, workload, source);

    private static SortedDictionary<string, string> Chosen(KitTree kit, Func<KitTree, IReadOnlyDictionary<string, string>> what) =>
        new(kit.All.SelectMany(k => what(k).Select(v => KeyValuePair.Create(k.Name(v.Key), v.Value))).ToDictionary(), StringComparer.Ordinal);

    /// <summary>The variant of each workload that has several, the default ones too.</summary>
    private static Dictionary<string, string> Variants(KitTree kit) => kit.Manifest.Workloads
        .Where(w => w.Variants.Count > 0)
        .ToDictionary(w => w.Id.Value, w => kit.Variants.GetValueOrDefault(w.Id.Value) ?? w.DefaultVariant!.Id.Value, StringComparer.Ordinal);

    /// <summary>What a workload would use: Metal, or what its option says; null for none (specs: kits 8).</summary>
    private static string? Gpu(GpuGrant? grant, IReadOnlyDictionary<string, string> options) =>
        (grant?.Value?.Value ?? (grant?.FromOption is { } option ? options.GetValueOrDefault(option.Value) : null)) is { } value and not "none" ? value : null;
}
