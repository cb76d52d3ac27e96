using Capsule.Core.Diagnostics;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>What a dependency is given, this Kit has declared (specs: kits 1.8). The child's own names are checked when it is read.</summary>
internal static class BindingsNameOurOwn
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) => kit.Dependencies.SelectMany(d => Check(kit, d));

    private static IEnumerable<Diagnostic> Check(KitManifest kit, Dependency dependency)
    {
        var options = kit.Options.Select(o => o.Id.Value).ToArray();
        var mounts = kit.HostMounts.Select(m => m.Id.Value).ToArray();
        var secrets = kit.KitSecrets.Concat(kit.VaultSecrets).Select(s => s.Key.Value).ToArray();
        return Unknown(KitDiagnostics.BindingOption, dependency.Options.Select(o => o.Value.FromOption).OfType<Field<string>>(), options, dependency)
            .Concat(Unknown(KitDiagnostics.BindingMount, dependency.MountBindings.Select(b => b.Value), mounts, dependency))
            .Concat(Unknown(KitDiagnostics.BindingSecret, dependency.SecretBindings.Select(b => b.Value), secrets, dependency));
    }

    private static IEnumerable<Diagnostic> Unknown(DiagnosticKind kind, IEnumerable<Field<string>> used, string[] declared, Dependency dependency) =>
        from name in used
        where !declared.Contains(name.Value, StringComparer.Ordinal)
        select kind.At(name.Span, name.Value, dependency.Id.Value, Listed.Names(declared));
}
