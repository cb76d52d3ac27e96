using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Families.Capsules.Plans;

namespace Capsule.Families.Capsules.Rules;

/// <summary>
/// A granted host's ports are taken inside the sandbox, on an address of its own: a server on the same port of all addresses
/// could not start (specs: sandbox 1, hole 6).
/// </summary>
internal static class OwnPortIsNotGranted
{
    public static IEnumerable<Diagnostic> Check(CapsuleManifest manifest) =>
        from target in manifest.Targets
        where target.EffectiveDriver != "static"
        let own = ProgramNetwork.Port(target)
        where own is not null
        from entry in manifest.Egress
        where EgressHost.Parse(entry.Value) is { } rule && !rule.Host.StartsWith('*') && rule.Ports.Contains(own.Value)
        select CapsuleDiagnostics.OwnPort.At(entry.Span, entry.Value, own.Value.ToString(CultureInfo.InvariantCulture), target.Label.Value);
}
