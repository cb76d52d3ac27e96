using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>An option that decides about the GPU is declared and yields none or metal (specs: kits 1.3).</summary>
internal static class GpuOptionIsKnown
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from runtime in workload.Runtimes
        let reference = runtime.Gpu?.FromOption
        where reference is not null
        let option = kit.FindOption(reference.Value)
        let value = option is null ? null : Stray(option)
        where option is null || value is not null
        select option is null
            ? KitDiagnostics.GpuOption.At(reference.Span, reference.Value, Listed.Names(kit.Options.Select(o => o.Id.Value)))
            : KitDiagnostics.GpuValue.At(reference.Span, reference.Value, value);

    /// <summary>A value of the option that is neither none nor metal; null when there is none.</summary>
    private static string? Stray(KitOption option) => option.Kind.Value switch
    {
        "enum" => option.EnumValues.Select(v => v.Value).FirstOrDefault(v => v is not ("none" or "metal")),
        "string" => option.Default is { } field && OptionValue.Text(field.Value) is not ("none" or "metal") ? OptionValue.Text(field.Value) : null,
        "" => null,
        var kind => "any " + kind,
    };
}
