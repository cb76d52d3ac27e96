using System.Globalization;

namespace Capsule.Runtime.Network;

/// <summary>What was decided about one attempt to leave a cell; each destination is one line of the run's log.</summary>
/// <param name="Process">Who asked.</param>
/// <param name="Host">Name or address as asked for, printable.</param>
/// <param name="Port">0 where only the name was looked up.</param>
/// <param name="Refusal">Why not; null when it was allowed.</param>
/// <param name="Grantable">True when a line of the manifest would allow it.</param>
internal sealed record EgressDecision(string Process, string Host, int Port, string? Refusal, bool Grantable = false)
{
    public bool IsLookup => Port == 0;

    public string Destination => IsLookup ? Host
        : string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>Text of a workload's for a line of the log: no spaces, no controls, no longer than a name.</summary>
    public static string Printable(string text) => string.Concat(text.Where(c => c is > ' ' and <= '~').Take(253));

    public override string ToString() => Refusal is null ? $"allowed {Destination}" : $"denied {Destination}: {Refusal}";
}
