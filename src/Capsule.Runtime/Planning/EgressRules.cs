using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Planning;

/// <summary>Grants name hosts and ports; a bare wildcard or a whole URL would grant something else than it seems (specs: sandbox 2).</summary>
internal static class EgressRules
{
    public static IEnumerable<Diagnostic> Check(ProcessPlan process) =>
        from rule in process.Network.Egress
        let problem = Problem(rule)
        where problem is not null
        select PlanDiagnostics.Egress.Now(process.Id, rule.Host, problem);

    private static string? Problem(EgressRule rule)
    {
        var name = rule.Host.StartsWith("*.", StringComparison.Ordinal) ? rule.Host[2..] : rule.Host;
        return Uri.CheckHostName(name) is not (UriHostNameType.Dns or UriHostNameType.IPv4) ? "it is not a host name"
            : name.Any(char.IsAsciiLetterUpper) ? "its letters are not lower case"
            : rule.Ports.Any(p => p is < 1 or > ushort.MaxValue) ? "it has a port outside of 1 to 65535"
            : rule.Protocol is not (null or "http" or "https") ? $"'{rule.Protocol}' is neither http nor https"
            : null;
    }
}
