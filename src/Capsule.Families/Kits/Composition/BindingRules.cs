using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;
using Capsule.Core.Text;
using Capsule.Families.Kits.Model;
using Capsule.Families.Kits.Rules;

namespace Capsule.Families.Kits.Composition;

/// <summary>What a Kit gives a dependency is something that the other one has and may have (specs: kits 1.8).</summary>
internal static class BindingRules
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit, Dependency dependency, KitManifest child) =>
        [.. Options(dependency, child), .. Mounts(kit, dependency, child), .. Secrets(kit, dependency, child)];

    private static IEnumerable<Diagnostic> Options(Dependency dependency, KitManifest child)
    {
        foreach (var (key, binding) in dependency.Options)
        {
            if (child.FindOption(key.Value) is not { } option)
            {
                yield return CompositionDiagnostics.UnknownChildOption.At(key.Span, key.Value, dependency.Id.Value, Listed.Names(child.Options.Select(o => o.Id.Value)));
            }
            else if (binding.Literal is { } literal && !OptionValue.Accepts(option, literal.Value))
            {
                yield return CompositionDiagnostics.ChildOptionValue.At(literal.Span, key.Value, literal.Value, dependency.Id.Value, OptionValue.Describe(option));
            }
        }
    }

    private static IEnumerable<Diagnostic> Mounts(KitManifest kit, Dependency dependency, KitManifest child)
    {
        foreach (var (key, own) in dependency.MountBindings)
        {
            if (child.FindMount(key.Value) is not { } mount)
            {
                yield return CompositionDiagnostics.UnknownChildMount.At(key.Span, key.Value, dependency.Id.Value, Listed.Names(child.HostMounts.Select(m => m.Id.Value)));
            }
            else if (mount.Access is MountAccess.ReadWrite && kit.FindMount(own.Value) is { Access: MountAccess.ReadOnly })
            {
                yield return CompositionDiagnostics.MountTooNarrow.At(own.Span, own.Value, dependency.Id.Value, key.Value);
            }
        }
    }

    private static IEnumerable<Diagnostic> Secrets(KitManifest kit, Dependency dependency, KitManifest child)
    {
        foreach (var (key, own) in dependency.SecretBindings)
        {
            if (Kind(child, key) is not { } theirs)
            {
                yield return CompositionDiagnostics.UnknownChildSecret.At(
                    key.Span, key.Value, dependency.Id.Value, Listed.Names(child.KitSecrets.Concat(child.VaultSecrets).Select(s => s.Key.Value)));
            }
            else if (Kind(kit, own) is { } ours && ours != theirs)
            {
                yield return CompositionDiagnostics.SecretKind.At(own.Span, own.Value, ours, dependency.Id.Value, theirs, key.Value);
            }
        }
    }

    private static string? Kind(KitManifest kit, Field<string> key) =>
        kit.KitSecrets.Any(s => s.Key.Value == key.Value) ? "kit" : kit.VaultSecrets.Any(s => s.Key.Value == key.Value) ? "vault" : null;
}
