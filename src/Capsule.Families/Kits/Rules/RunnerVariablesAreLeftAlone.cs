using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Planning;

namespace Capsule.Families.Kits.Rules;

/// <summary>The variables of the contract between runner and workload are the runner's (specs: kits 3.3).</summary>
internal static class RunnerVariablesAreLeftAlone
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from command in VariablesHaveOneSource.Commands(kit)
        from name in command.Env.Concat(command.EnvFromOptions).Select(v => v.Key)
        where WorkloadEnvironment.IsReserved(name.Value)
        select KitDiagnostics.EnvReserved.At(name.Span, name.Value);
}
