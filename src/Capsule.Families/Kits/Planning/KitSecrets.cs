using Capsule.Core.Plans;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Planning;

/// <summary>The secrets that a Kit declares, for the plan (specs: kits 1.7).</summary>
internal static class KitSecrets
{
    private const string Password = "password";

    /// <summary>Null for none, so that a Kit without secrets has the plan that it always had.</summary>
    public static IReadOnlyList<DeclaredSecret>? Build(KitManifest kit) => kit.KitSecrets.Count + kit.VaultSecrets.Count == 0 ? null :
    [
        .. kit.KitSecrets.Select(s => Declared(kit, s, SecretKeeping.Package)),
        .. kit.VaultSecrets.Select(s => Declared(kit, s, SecretKeeping.Vault)),
    ];

    private static DeclaredSecret Declared(KitManifest kit, SecretDeclaration secret, SecretKeeping keeping) => new()
    {
        Id = secret.Key.Value,
        Usage = secret.Usage.Value,
        Keeping = keeping,
        Generate = secret.Source is { Value: "generate" },

        // What a Relay writes into a header has to be a line, whatever the manifest calls it.
        Line = keeping is SecretKeeping.Vault || secret.Format is { Value: Password },
        Origin = KitPermission.Origin(kit, secret.Key.Path, secret.Key.Span),
    };
}
