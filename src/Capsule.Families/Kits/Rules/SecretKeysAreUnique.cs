using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A secret is declared once, as a kit secret or as a vault secret (specs: kits 1.7).</summary>
internal static class SecretKeysAreUnique
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from same in kit.KitSecrets.Concat(kit.VaultSecrets).GroupBy(s => s.Key.Value, StringComparer.Ordinal)
        let inOrder = same.OrderBy(s => s.Key.Span.Line).ToArray()
        from again in inOrder.Skip(1)
        select KitDiagnostics.SecretTwice.At(again.Key.Span, again.Key.Value, inOrder[0].Key.Span.Line);
}
