using Capsule.Core.Diagnostics;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Rules;

/// <summary>A Relay takes its key from a vault secret and has an endpoint of its kind's protocol (specs: kits 1.9).</summary>
internal static class RelaysUseVaultSecrets
{
    public static IEnumerable<Diagnostic> Check(KitManifest kit) =>
        from workload in kit.Workloads
        from relay in workload.Runtimes.SelectMany(r => r.Relays)
        from problem in Check(kit, workload, relay)
        select problem;

    private static IEnumerable<Diagnostic> Check(KitManifest kit, Workload workload, Relay relay)
    {
        if (kit.VaultSecrets.All(s => s.Key.Value != relay.ApiKeySecret.Value))
        {
            yield return KitDiagnostics.RelaySecret.At(
                relay.ApiKeySecret.Span, relay.ApiKeySecret.Value, Listed.Names(kit.VaultSecrets.Select(s => s.Key.Value)));
        }

        var wanted = Relay.Protocols[relay.Kind.Value];
        var declared = workload.Endpoints.FirstOrDefault(e => e.Path == relay.Endpoint.Path)?.Protocol ?? wanted;
        var actual = relay.Endpoint.Protocol != wanted ? relay.Endpoint.Protocol : declared;
        if (actual != wanted)
        {
            yield return KitDiagnostics.RelayProtocol.At(relay.Endpoint.Span, relay.Kind.Value, wanted, actual);
        }
    }
}
