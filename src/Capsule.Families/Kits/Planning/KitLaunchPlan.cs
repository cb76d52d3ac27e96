using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>Compiles a Kit into what runs: one cell for each workload with code, the exits of its Relays, and its public routes.</summary>
internal static class KitLaunchPlan
{
    public static LaunchPlan Build(PackageReference package, KitManifest kit, IReadOnlyDictionary<string, string> options) => new()
    {
        Package = package,
        Selection = new LaunchSelection { Options = options },
        Cells = [.. kit.Workloads.Where(w => w.DefaultRuntime?.Source is not null).Select(w => WorkloadCell.Build(kit, w, w.DefaultRuntime!.Source!, options))],
        Public = PublicRoutes.Build(kit),
        Secrets = KitSecrets.Build(kit),
        Relays = WorkloadRelays.Build(kit),
        Requires = new LaunchRequirements { GpuWish = kit.Workloads.Select(w => Gpu(w.DefaultRuntime?.Gpu, options)).FirstOrDefault(g => g is not null) },
    };

    /// <summary>What a workload would use: Metal, or what its option says; null for none (specs: kits 8).</summary>
    private static string? Gpu(GpuGrant? grant, IReadOnlyDictionary<string, string> options) =>
        (grant?.Value?.Value ?? (grant?.FromOption is { } option ? options.GetValueOrDefault(option.Value) : null)) is { } value and not "none" ? value : null;

    /// <summary>Those that a lock pins: python is the machine's own.</summary>
    public static IReadOnlyList<ToolchainPlan> Toolchains(KitManifest kit) =>
    [
        .. kit.Workloads.SelectMany(w => w.Runtimes).Select(r => r.Source).OfType<SourceRuntime>()
            .SelectMany(s => s.Prepare is null ? [s.Toolchain.Value] : new[] { s.Toolchain.Value, s.PrepareToolchain })
            .Where(name => name is not "python")
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => new ToolchainPlan(name)),
    ];
}
