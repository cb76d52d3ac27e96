using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Packaging.Locking;

namespace Capsule.Runtime.Toolchains;

/// <summary>Between toolchains and <c>capproj.lock</c>: what to pin, and what is pinned for this machine.</summary>
public static class ToolchainLock
{
    /// <summary>The toolchains that a lock pins, by name, with the integrity of this machine's package (CAP5220 when it has none).</summary>
    public static Result<IReadOnlyDictionary<string, ToolchainPlan>> ForThisMachine(LockFile locked)
    {
        var plans = new Dictionary<string, ToolchainPlan>(StringComparer.Ordinal);
        foreach (var toolchain in locked.Toolchains)
        {
            var package = ToolchainTable.Find(toolchain.Name, ToolchainPlatform.Here)?.Package;
            if (package is null || !toolchain.Packages.TryGetValue(package, out var integrity))
            {
                return ToolchainDiagnostics.NotLockedHere.Now(toolchain.Name, ToolchainPlatform.Here);
            }

            plans[toolchain.Name] = new ToolchainPlan(toolchain.Name, toolchain.Version, integrity);
        }

        return plans;
    }

    /// <summary>Pins each toolchain at the registry's newest in its range, for every platform that has that version.</summary>
    public static async Task<Result<IReadOnlyList<LockedToolchain>>> PinAsync(
        ToolchainResolver resolver, IEnumerable<ToolchainPlan> wanted, CancellationToken cancel)
    {
        var pins = new List<LockedToolchain>();
        foreach (var tool in wanted.Where(w => w.Integrity is null).DistinctBy(w => w.Name))
        {
            var here = await resolver.PinAsync(tool, cancel);
            if (!here.Succeeded)
            {
                return Result.Failed<IReadOnlyList<LockedToolchain>>(here.Diagnostics);
            }

            pins.Add(new LockedToolchain(tool.Name, tool.Version, here.Value.Version!, await PackagesAsync(resolver, here.Value, cancel)));
        }

        return pins;
    }

    private static async Task<IReadOnlyDictionary<string, string>> PackagesAsync(ToolchainResolver resolver, ToolchainPlan here, CancellationToken cancel)
    {
        var packages = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [ToolchainTable.Find(here.Name, resolver.Platform)!.Package] = here.Integrity!,
        };
        foreach (var entry in ToolchainTable.Of(here.Name).Where(e => !packages.ContainsKey(e.Package)))
        {
            var platform = new ToolchainPlatform(entry.System, entry.Processor, entry.Musl, Avx2: !entry.Baseline);
            var pin = await resolver.On(platform).PinAsync(new ToolchainPlan(here.Name, here.Version), cancel);
            if (pin.Value?.Integrity is { } integrity)
            {
                packages[entry.Package] = integrity;
            }
        }

        return packages;
    }
}
