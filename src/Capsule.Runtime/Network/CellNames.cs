using System.Net;
using System.Text;

namespace Capsule.Runtime.Network;

/// <summary>The files by which programs inside a cell turn names into addresses: the granted hosts, and our name server for all others.</summary>
internal static class CellNames
{
    private const string NameService = "/etc/nsswitch.conf";
    private static readonly byte[] FilesThenServers = "passwd: files\ngroup: files\nhosts: files dns\n"u8.ToArray();

    /// <summary>For a cell in the machine's network: what the machine itself asks, and its own list of hosts.</summary>
    public static IReadOnlyDictionary<string, byte[]> OfTheMachine() =>
        new[] { "/etc/hosts", "/etc/resolv.conf" }.Where(File.Exists).ToDictionary(f => f, File.ReadAllBytes)
            .Append(KeyValuePair.Create(NameService, FilesThenServers)).ToDictionary();

    /// <summary>Absolute paths to contents.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files(IReadOnlyDictionary<string, IPAddress> hosts) => new Dictionary<string, string>
    {
        ["/etc/hosts"] = "127.0.0.1 localhost capsule\n::1 localhost\n"
            + string.Concat(hosts.OrderBy(h => h.Key, StringComparer.Ordinal).Select(h => $"{h.Value} {h.Key}\n")),
        [NameService] = Encoding.ASCII.GetString(FilesThenServers),

        // Where nothing listens there, or no such socket can be made, the answer is a refusal at once.
        ["/etc/resolv.conf"] = $"nameserver {NameServer.Address.Address}\noptions timeout:1 attempts:1\n",
    }.ToDictionary(f => f.Key, f => Encoding.ASCII.GetBytes(f.Value));
}
