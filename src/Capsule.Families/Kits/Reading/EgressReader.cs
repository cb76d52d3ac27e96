using Capsule.Core.Text;
using Capsule.Families.Kits.Model;

namespace Capsule.Families.Kits.Reading;

/// <summary>Reads <c>egress_allow</c> of a workload or a command.</summary>
internal static class EgressReader
{
    public static EgressList? Read(FieldReader at)
    {
        if (at.Strings("egress_allow") is not { } hosts)
        {
            return null;
        }

        var list = new EgressList(at.Path.Key("egress_allow"), at.KeySpan("egress_allow")!.Value, hosts);
        if (hosts.Count == 0)
        {
            at.Report(KitDiagnostics.NoHosts.At(list.Span));
        }

        foreach (var host in hosts.Where(h => h.Value != EgressList.Registry && EgressHost.Parse(h.Value) is null))
        {
            at.Report(KitDiagnostics.EgressHost.At(host.Span, host.Value));
        }

        return list;
    }
}
