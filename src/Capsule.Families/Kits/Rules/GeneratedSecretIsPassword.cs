using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A generated secret is a password; a kit secret must say so, since its default is opaque (specs: kits 1.7).</summary>
internal static class GeneratedSecretIsPassword
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        Check(kit.KitSecrets, "opaque").Concat(Check(kit.VaultSecrets, "password"));

    private static IEnumerable<Diagnostic> Check(IEnumerable<SecretDeclaration> secrets, string defaultFormat) =>
        from secret in secrets
        let format = secret.Format?.Value ?? defaultFormat
        where secret.Source is { Value: "generate" } && format != "password"
        select KitDiagnostics.GenerateNeedsPassword.At(secret.Format?.Span ?? secret.Source!.Span, secret.Key.Value, format);
}
