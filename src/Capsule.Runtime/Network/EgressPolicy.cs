using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>Where a confined process may connect to: its mode's names and ports, at public addresses, and the configured registry.</summary>
internal sealed class EgressPolicy(NetworkPlan plan, Uri? registry)
{
    private static readonly TimeSpan NameLifetime = TimeSpan.FromSeconds(30);
    private static readonly int[] WebPorts = [80, 443];

    /// <summary>How names become addresses; asked once per connection, and exactly these addresses are checked and dialled.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = new NameLookups(Dns.GetHostAddressesAsync, NameLifetime, TimeProvider.System).FindAsync;

    /// <summary>Why an address may not be dialled. Another rule exists in tests only, which have no public address.</summary>
    public Func<IPAddress, string?> Refusal { get; init; } = AddressPolicy.Refusal;

    /// <summary>True for the package registry, which may be private and is named by the user's own npm setting.</summary>
    public bool IsRegistry(string host, int port) =>
        registry is not null && registry.Port == port && registry.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The addresses to dial, or why there are none.</summary>
    public async Task<EgressVerdict> DecideAsync(string host, int port, CancellationToken cancel)
    {
        var excepted = plan.ReachesRegistry && IsRegistry(host, port);
        if (!excepted && !IsGranted(host, port))
        {
            return EgressVerdict.Refused(plan.Mode is NetworkMode.Egress ? "the manifest grants other hosts or ports" : "the manifest grants no network", grantable: true);
        }

        IPAddress[] found;
        try
        {
            found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Resolve(host, cancel);
        }
        catch (SocketException)
        {
            return EgressVerdict.Refused("its name is unknown");
        }

        if (excepted)
        {
            return new EgressVerdict(found);
        }

        // One bad address taints the name: a resolver that mixes public and private answers is rebinding.
        var refusal = found.Select(Refusal).FirstOrDefault(r => r is not null);
        return found.Length == 0 ? EgressVerdict.Refused("its name has no address")
            : refusal is null ? new EgressVerdict(found)
            : EgressVerdict.Refused($"its address is {refusal}");
    }

    /// <summary>
    /// What a program is told that looks up a name inside its cell, where only the granted hosts have addresses. Package managers look
    /// up the registry ahead of time and use the proxy all the same.
    /// </summary>
    public EgressVerdict DecideLookup(string host) =>
        plan.ReachesRegistry && registry?.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase) == true ? new EgressVerdict([])
        : plan.Mode is NetworkMode.Full ? EgressVerdict.Refused("programs that ignore HTTP_PROXY have no network")
        : plan.Mode is not NetworkMode.Egress ? EgressVerdict.Refused("the manifest grants no network", grantable: true)
        : plan.Egress.Any(rule => Matches(rule.Host, host)) ? EgressVerdict.Refused("programs that ignore HTTP_PROXY reach only hosts that the manifest names in full", grantable: true)
        : EgressVerdict.Refused("the manifest grants other hosts", grantable: true);

    /// <summary>The hosts and ports that get a listener of their own: exact names, each port once.</summary>
    public IEnumerable<(string Host, int Port, EgressProtocol Protocol)> Exact() =>
        from rule in plan.Mode is NetworkMode.Egress ? plan.Egress : []
        from port in Ports(rule)
        group Protocol(rule, port) by (rule.Host, port) into granted
        select (granted.Key.Host, granted.Key.port, granted.Distinct().Count() == 1 ? granted.First() : EgressProtocol.Any);

    /// <summary>True when both allow the same.</summary>
    public bool IsSame(EgressPolicy other) => Mode == other.Mode && ReachesRegistry == other.ReachesRegistry && Rules().SequenceEqual(other.Rules());

    private NetworkMode Mode => plan.Mode;

    private bool ReachesRegistry => plan.ReachesRegistry;

    private IEnumerable<(string Host, string? Protocol, string Ports)> Rules() => plan.Egress.Select(r => (r.Host, r.Protocol, string.Join(',', r.Ports)));

    private bool IsGranted(string host, int port) => plan.Mode switch
    {
        NetworkMode.Full => true,
        NetworkMode.Egress => plan.Egress.Any(rule => Matches(rule.Host, host) && Ports(rule).Contains(port)),
        _ => false,
    };

    private static IReadOnlyList<int> Ports(EgressRule rule) => rule.Ports.Count == 0 ? WebPorts : rule.Ports;

    private static EgressProtocol Protocol(EgressRule rule, int port) => (rule.Protocol, port) switch
    {
        ("https", _) or (null, 443) => EgressProtocol.Https,
        ("http", _) or (null, 80) => EgressProtocol.Http,
        _ => EgressProtocol.Any,
    };

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length > pattern.Length - 1
        : pattern.Equals(host, StringComparison.OrdinalIgnoreCase);
}
