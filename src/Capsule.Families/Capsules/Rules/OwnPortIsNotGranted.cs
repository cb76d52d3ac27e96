using System.Globalization;
using Capsule.Core.Diagnostics;
using Capsule.Families.Capsules.Plans;
using Capsule.Families.Capsules.Services;

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
        from own in Own(target, manifest)
        from entry in manifest.Egress
        where EgressHost.Parse(entry.Value) is { } rule && !rule.Host.StartsWith('*') && rule.Ports.Contains(own)
        select CapsuleDiagnostics.OwnPort.At(entry.Span, entry.Value, own.ToString(CultureInfo.InvariantCulture), target.Label.Value);

    private static IEnumerable<int> Own(CapsuleTarget target, CapsuleManifest manifest)
    {
        var probed = target.StartsServices ? manifest.Services.Select(s => ServicePorts.OfProbe(target, s)) : [];
        return probed.Prepend(ProgramNetwork.Port(target)).OfType<int>().Distinct();
    }
}
