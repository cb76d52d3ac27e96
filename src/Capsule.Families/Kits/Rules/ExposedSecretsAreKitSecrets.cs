using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>Only kit secrets reach a workload's code (specs: kits 1.3).</summary>
internal static class ExposedSecretsAreKitSecrets
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from problem in workload.ExposedSecrets.Select(s => Check(kit, workload, s)).OfType<Diagnostic>().Concat(Listed.Twice(workload.ExposedSecrets))
        select problem;

    private static Diagnostic? Check(KitManifest kit, Workload workload, Field<string> secret)
    {
        if (kit.KitSecrets.Any(s => s.Key.Value == secret.Value))
        {
            return null;
        }

        return kit.VaultSecrets.Any(s => s.Key.Value == secret.Value)
            ? KitDiagnostics.VaultSecretExposed.At(secret.Span, secret.Value, workload.Id.Value)
            : KitDiagnostics.UnknownSecret.At(secret.Span, secret.Value, Listed.Names(kit.KitSecrets.Select(s => s.Key.Value)));
    }
}
