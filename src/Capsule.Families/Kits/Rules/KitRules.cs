using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>All rules that look at more than one field. Each is a pure function in a file of its own.</summary>
internal static class KitRules
{
    private static readonly IReadOnlyList<Func<KitManifest, IEnumerable<Diagnostic>>> All =
    [
        ConnectionsNameWorkloads.Check,
        ConnectionsHaveNoCircle.Check,
        ImportNamesDependency.Check,
        EndpointPathsAreUnique.Check,
        ExposeTargetExists.Check,
        ExposedEndpointIsDeclared.Check,
        PublicPathsAreUnique.Check,
        OneDefaultMcp.Check,
        VariablesHaveOneSource.Check,
        RunnerVariablesAreLeftAlone.Check,
        OptionDefaultFitsItsKind.Check,
        EnumValuesDiffer.Check,
        GpuOptionIsKnown.Check,
        GrantedMountsAreDeclared.Check,
        MountVariablesDiffer.Check,
        SecretKeysAreUnique.Check,
        GeneratedSecretIsPassword.Check,
        ExposedSecretsAreKitSecrets.Check,
        RelaysUseVaultSecrets.Check,
        RelayEndpointsAreUnique.Check,
        BindingsNameOurOwn.Check,
        ListedHostsAreReached.Check,
    ];

    public static IEnumerable<Diagnostic> Check(KitManifest kit) => All.SelectMany(rule => rule(kit));
}
