using System.Globalization;

namespace Capsule.Runtime.Sandbox;

/// <summary>The users that the namespace of this process knows (user_namespaces(7)); all others show as one and the same.</summary>
internal static class UserNamespaceMap
{
    private const string Map = "/proc/self/uid_map";
    private const string Overflow = "/proc/sys/kernel/overflowuid";

    /// <summary>True when a file shows as the user's that stands for all unknown ones.</summary>
    public static bool HidesOwner(string path) =>
        FileStatus.Of(path) is { } status
        && int.TryParse(File.ReadAllText(Overflow), CultureInfo.InvariantCulture, out var overflow)
        && status.Uid == overflow
        && !Knows(File.ReadLines(Map), overflow);

    /// <param name="map">Lines of first id inside, first id outside, count.</param>
    /// <param name="uid">As seen inside.</param>
    internal static bool Knows(IEnumerable<string> map, int uid) => map
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray())
        .Any(range => uid >= range[0] && uid < range[0] + range[2]);
}
