using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Runtime.Relays;

/// <summary>What must hold of the exits of any plan. One that is less than it says is an error before anything starts.</summary>
internal static class RelayRules
{
    /// <summary>In the form of a header's value: the secret.</summary>
    public const string SecretPlace = "{secret}";

    public static IEnumerable<Diagnostic> Check(LaunchPlan plan)
    {
        var relays = plan.Relays ?? [];
        foreach (var relay in relays)
        {
            if (Problem(relay) is { } problem)
            {
                yield return RelayDiagnostics.BadExit.Now(relay.Endpoint, relay.Id, problem);
            }
        }

        foreach (var same in relays.GroupBy(r => (r.Id, r.Endpoint)).Where(g => g.Count() > 1))
        {
            yield return RelayDiagnostics.BadExit.Now(same.Key.Endpoint, same.Key.Id, "there are two of them");
        }

        var processes = plan.Cells.SelectMany(c => c.Processes).Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var relay in relays.Where(r => processes.Contains(r.Id)))
        {
            yield return RelayDiagnostics.BadExit.Now(relay.Endpoint, relay.Id, "a process has its name");
        }
    }

    private static string? Problem(RelayPlan relay) =>
        !relay.Endpoint.StartsWith('/') || (relay.Endpoint.Length > 1 && relay.Endpoint.EndsWith('/')) ? "its path is none"
        : Uri.CheckHostName(relay.Host) is not UriHostNameType.Dns || relay.Host.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-')) ? $"'{relay.Host}' is no host"
        : !IsToken(relay.Header) || relay.DropHeaders.Append(relay.PathHeader ?? "x").Any(h => !IsToken(h)) ? "a header of it has no name"
        : relay.HeaderForm.Split(SecretPlace).Length != 2 || relay.HeaderForm.Any(c => c is < ' ' or > '~') ? "its header would not hold the secret once"
        : null;

    private static bool IsToken(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
