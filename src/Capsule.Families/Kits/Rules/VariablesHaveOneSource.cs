using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A variable has one source, and an option that it takes its value from is declared (specs: kits 1.3).</summary>
internal static class VariablesHaveOneSource
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from command in Commands(kit)
        from problem in Check(kit, command)
        select problem;

    internal static IEnumerable<KitCommand> Commands(KitManifest kit) =>
        from workload in kit.Workloads
        from runtime in workload.Runtimes
        where runtime.Source is not null
        from command in runtime.Source!.Commands
        select command;

    private static IEnumerable<Diagnostic> Check(KitManifest kit, KitCommand command)
    {
        var literal = command.Env.Select(v => v.Key.Value).ToHashSet(StringComparer.Ordinal);
        var twice = command.EnvFromOptions
            .Where(v => literal.Contains(v.Key.Value))
            .Select(v => KitDiagnostics.EnvTwice.At(v.Key.Span, v.Key.Value));
        var unknown = command.EnvFromOptions
            .Where(v => kit.FindOption(v.Value.Value) is null)
            .Select(v => KitDiagnostics.EnvUnknownOption.At(
                v.Value.Span, v.Value.Value, v.Key.Value, Listed.Names(kit.Options.Select(o => o.Id.Value))));
        return twice.Concat(unknown);
    }
}
