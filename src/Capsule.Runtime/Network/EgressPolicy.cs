using System.Net;
using System.Net.Sockets;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>Where a confined process may connect to: its mode's names and ports, at public addresses, and the configured registry.</summary>
internal sealed class EgressPolicy(NetworkPlan plan, Uri? registry)
{
    private static readonly TimeSpan NameLifetime = TimeSpan.FromSeconds(30);

    /// <summary>How names become addresses; asked once per connection, and exactly these addresses are checked and dialled.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = new NameLookups(Dns.GetHostAddressesAsync, NameLifetime, TimeProvider.System).FindAsync;

    /// <summary>True for the package registry, which may be private and is named by the user's own npm setting.</summary>
    public bool IsRegistry(string host, int port) =>
        registry is not null && registry.Port == port && registry.IdnHost.Equals(host, StringComparison.OrdinalIgnoreCase);

    /// <summary>The addresses to dial, or why there are none.</summary>
    public async Task<(IReadOnlyList<IPAddress> Addresses, string? Refusal)> DecideAsync(string host, int port, CancellationToken cancel)
    {
        var excepted = plan.Mode is NetworkMode.Full && IsRegistry(host, port);
        if (!excepted && !IsGranted(host, port))
        {
            return ([], plan.Mode is NetworkMode.Egress ? "the manifest grants other hosts or ports" : "the manifest grants no network");
        }

        IPAddress[] found;
        try
        {
            found = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await Resolve(host, cancel);
        }
        catch (SocketException)
        {
            return ([], "its name is unknown");
        }

        if (excepted)
        {
            return (found, null);
        }

        // One bad address taints the name: a resolver that mixes public and private answers is rebinding.
        var refusal = found.Select(AddressPolicy.Refusal).FirstOrDefault(r => r is not null);
        return found.Length == 0 ? ([], "its name has no address") : refusal is null ? (found, null) : ([], $"its address is {refusal}");
    }

    private bool IsGranted(string host, int port) => plan.Mode switch
    {
        NetworkMode.Full => true,
        NetworkMode.Egress => plan.Egress.Any(rule => Matches(rule.Host, host) && (rule.Ports.Count == 0 ? port is 80 or 443 : rule.Ports.Contains(port))),
        _ => false,
    };

    private static bool Matches(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase) && host.Length > pattern.Length - 1
        : pattern.Equals(host, StringComparison.OrdinalIgnoreCase);
}
