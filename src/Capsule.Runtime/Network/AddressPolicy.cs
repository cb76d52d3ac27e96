using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Capsule.Runtime.Network;

/// <summary>
/// Which addresses a confined program may reach through the egress proxy: public unicast ones only (IANA's
/// special-purpose registries, RFC 6890), and none of this host's own.
/// </summary>
internal static class AddressPolicy
{
    private const long OwnLifetime = 1000;
    private const string Private = "private";
    private const string CarrierNat = "carrier-grade NAT";
    private const string Own = "one of this machine";

    private static readonly (IPNetwork Network, string Why)[] Refused =
    [
        .. Networks("this network", "0.0.0.0/8", "::/128"),
        .. Networks("loopback", "127.0.0.0/8", "::1/128"),
        .. Networks(Private, "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
        .. Networks(CarrierNat, "100.64.0.0/10"),
        .. Networks("link-local, where cloud metadata lives", "169.254.0.0/16", "fe80::/10"),
        .. Networks("a cloud's metadata service", "168.63.129.16/32"),
        .. Networks("reserved", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "2001:db8::/32", "100::/64", "3fff::/20", "5f00::/16"),
        .. Networks("multicast", "224.0.0.0/4", "ff00::/8"),
        .. Networks("an IPv4 address in IPv6 clothes", "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/23", "2002::/16"),
    ];

    private static OwnAddresses _own = new(0, []);

    /// <summary>Why the address is refused, or null when it may be dialled.</summary>
    public static string? Refusal(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            return "an IPv4 address in IPv6 clothes";
        }

        // fd00:ec2::254 and its like are unique local addresses and covered by fc00::/7.
        var plain = address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes()) : address;
        var match = Refused.FirstOrDefault(r => r.Network.BaseAddress.AddressFamily == plain.AddressFamily && r.Network.Contains(plain));
        return match.Why ?? (IsOwn(plain) ? Own : null);
    }

    /// <summary>The same for a host that the user's own settings name: it may be on a network of the user's, yet no metadata service.</summary>
    public static string? RefusalOfGateway(IPAddress address) => Refusal(address) is { } why and not (Private or CarrierNat or Own) ? why : null;

    /// <summary>Asking the system takes a millisecond, as long as all the rest of a connection; its answer serves for one second.</summary>
    private static bool IsOwn(IPAddress address)
    {
        var own = _own;
        if (own.Until <= Environment.TickCount64)
        {
            _own = own = new OwnAddresses(
                Environment.TickCount64 + OwnLifetime,
                [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => new IPAddress(a.Address.GetAddressBytes()))]);
        }

        return own.Addresses.Contains(address);
    }

    private static IEnumerable<(IPNetwork Network, string Why)> Networks(string why, params string[] networks) => networks.Select(n => (IPNetwork.Parse(n), why));

    /// <param name="Until">In milliseconds of <see cref="Environment.TickCount64"/>.</param>
    /// <param name="Addresses">Without scopes.</param>
    private sealed record OwnAddresses(long Until, HashSet<IPAddress> Addresses);
}
