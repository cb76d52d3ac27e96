using Capsule.Core.Plans;
using Capsule.Families.Kits.Composition;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>The secrets that a Kit and those that it depends on declare, for the plan (specs: kits 1.7, 1.8).</summary>
internal static class KitSecrets
{
    private const string Password = "password";

    /// <summary>Null for none, so that a Kit without secrets has the plan that it always had.</summary>
    public static IReadOnlyList<DeclaredSecret>? Build(KitTree kit)
    {
        DeclaredSecret[] declared = [.. kit.All.SelectMany(Unbound).DistinctBy(s => s.Id, StringComparer.Ordinal)];
        return declared.Length == 0 ? null : declared;
    }

    /// <summary>Those of a dependency that stand for another of the run are declared there.</summary>
    private static IEnumerable<DeclaredSecret> Unbound(KitTree kit) =>
    [
        .. kit.Manifest.KitSecrets.Where(s => !kit.SecretNames.ContainsKey(s.Key.Value)).Select(s => Declared(kit, s, SecretKeeping.Package)),
        .. kit.Manifest.VaultSecrets.Where(s => !kit.SecretNames.ContainsKey(s.Key.Value)).Select(s => Declared(kit, s, SecretKeeping.Vault)),
    ];

    private static DeclaredSecret Declared(KitTree kit, SecretDeclaration secret, SecretKeeping keeping) => new()
    {
        Id = kit.Secret(secret.Key.Value),
        Usage = secret.Usage.Value,
        Keeping = keeping,
        Generate = secret.Source is { Value: "generate" },

        // What a Relay writes into a header has to be a line, whatever the manifest calls it.
        Line = keeping is SecretKeeping.Vault || secret.Format is { Value: Password },
        Origin = KitPermission.Origin(kit, secret.Key.Path, secret.Key.Span),
    };
}
