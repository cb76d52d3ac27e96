using System.Net;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Network;

/// <summary>
/// The addresses that granted hosts have inside a cell, for programs that ignore proxies: one of 127.77.0.0/16 each, so that every
/// host can have its own listener at every port (specs: platform 4). A function of the plan alone.
/// </summary>
internal static class LoopbackHosts
{
    private const int PerBlock = 254;
    private const int Most = 255 * PerBlock;

    /// <summary>Exact names to addresses, for all processes of the cell. A suffix has no address: only the proxy reaches it.</summary>
    public static IReadOnlyDictionary<string, IPAddress> Of(CellPlan cell) => cell.Processes
        .Where(p => p.Network.Mode is NetworkMode.Egress)
        .SelectMany(p => p.Network.Egress)
        .Select(rule => rule.Host)
        .Where(IsName)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Order(StringComparer.Ordinal)
        .Take(Most)
        .Select((host, i) => (host, new IPAddress([127, 77, (byte)(i / PerBlock), (byte)(i % PerBlock + 1)])))
        .ToDictionary(p => p.host, p => p.Item2, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that mean the cell itself keep that meaning.</summary>
    private static bool IsName(string host) =>
        !host.StartsWith("*.", StringComparison.Ordinal)
        && host is not ("localhost" or "capsule")
        && !host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        && host.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && !IPAddress.TryParse(host, out _);
}
