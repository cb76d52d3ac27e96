using System.Net;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>The files by which programs inside a cell turn names into addresses: the granted hosts, and our name server for all others.</summary>
internal static class CellNames
{
    /// <summary>Absolute paths to contents.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files(IReadOnlyDictionary<string, IPAddress> hosts) => new Dictionary<string, string>
    {
        ["/etc/hosts"] = "127.0.0.1 localhost capsule\n::1 localhost\n"
            + string.Concat(hosts.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Value} {h.Key}\n")),
        ["/etc/nsswitch.conf"] = "passwd: files\ngroup: files\nhosts: files dns\n",

        // Where nothing listens there, or no such socket can be made, the answer is a refusal at once.
        ["/etc/resolv.conf"] = $"nameserver {NameServer.Address.Address}\noptions timeout:1 attempts:1\n",
    }.ToDictionary(f => f.Key, f => Encoding.ASCII.GetBytes(f.Value));
}
