using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Core.Plans;
using Capsule.Init.Exec;
using Capsule.Runtime.Sandbox.Refusals;

namespace Capsule.Runtime.Tests.Sandbox.Attacks;

/// <summary>
/// Which refused calls an attack of the corpus must be reported with, read from the attack itself: the numbers and families that it
/// asks the kernel for. What it would only do after something else has worked is not counted.
/// </summary>
internal static partial class ObservableRefusals
{
    /// <summary>Attacks by other programs than perl, and what those ask for.</summary>
    private static readonly Dictionary<string, string> ByProgram = new(StringComparer.Ordinal)
    {
        ["user-namespace"] = "unshare",
        ["mount-namespace"] = "unshare",
        ["network-namespace"] = "unshare",
        ["process-namespace"] = "unshare",
        ["name-namespace"] = "unshare",
        ["ipc-namespace"] = "unshare",
        ["cgroup-namespace"] = "unshare",
        ["time-namespace"] = "unshare",
        ["root-namespaces"] = "unshare",
        ["start-another-sandbox"] = "clone",
        ["make-setuid"] = "set-id",
        ["make-setgid"] = "set-id",
    };

    /// <summary>The workload's own filter answers before ours, with a refusal of its own.</summary>
    private const string OwnAnswer = "own-filter-that-tells";

    /// <param name="attack">A line of the corpus.</param>
    /// <param name="network">The mode that it runs in.</param>
    public static IEnumerable<string> Of(string attack, NetworkMode network)
    {
        var name = attack.Split(' ')[1];
        if (name == OwnAnswer)
        {
            return [];
        }

        var seen = Calls().Matches(attack).Where(m => IsCertain(attack, m)).Select(m => OfCall(Number(m.Groups[1].Value), m.Groups[2].Value))
            .Concat(Sockets().Matches(attack).Where(m => IsCertain(attack, m)).Select(m => OfSocket(m.Groups[1].Value, m.Groups[2].Value, network)))
            .Concat(Terminals().Matches(attack).Where(m => IsCertain(attack, m)).Select(_ => "ioctl"));
        return seen.OfType<string>().Concat(ByProgram.TryGetValue(name, out var target) ? [target] : []);
    }

    private static bool IsCertain(string attack, Match match) => !attack[..match.Index].Contains("or exit", StringComparison.Ordinal);

    private static string? OfCall(uint call, string first) =>
        SystemCallTable.Denied.Contains(call) ? RefusedCalls.Of(call, 0).Target
        : call == SystemCallTable.Clone && (Number(first) & SystemCallTable.NamespaceFlags) != 0 ? "clone"
        : null;

    private static string? OfSocket(string family, string protocol, NetworkMode network)
    {
        const uint Netlink = 16;
        var number = family switch { "AF_UNIX" => 1u, "AF_INET" or "" => 2u, "AF_INET6" => 10u, _ => Number(family) };
        var allowed = number switch
        {
            1 => true,
            2 or 10 => network != NetworkMode.None,
            Netlink => network != NetworkMode.None && protocol == "0",
            _ => false,
        };
        return allowed ? null : RefusedCalls.Of(SystemCallTable.Socket, number).Target;
    }

    private static uint Number(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : uint.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(@"(?: call |syscall\()(\d+)(?:,? ?(0x[0-9a-fA-F]{1,8}\b|\d+))?")]
    private static partial Regex Calls();

    [GeneratedRegex(@"(?:socket\(S, (\w+), \w+, (\w+)\)|IO::Socket::INET->new)")]
    private static partial Regex Sockets();

    [GeneratedRegex(@"ioctl\(STD\w+, 0x541[2C]")]
    private static partial Regex Terminals();
}
