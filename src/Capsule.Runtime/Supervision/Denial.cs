using System.Text.Json.Serialization;

namespace Capsule.Runtime.Supervision;

/// <summary>What a process tried and was refused.</summary>
public enum DeniedOperation
{
    /// <summary>To connect to a host and port.</summary>
    Connect,

    /// <summary>To find a host's address.</summary>
    Resolve,

    /// <summary>To use more than a limit grants.</summary>
    Exceed,

    /// <summary>To call an endpoint of another process.</summary>
    Call,
}

/// <summary>A refusal that the runner has seen, for the run's log and for programs (design.md 8; specs: sandbox 3).</summary>
/// <param name="Process">Process id of the plan.</param>
/// <param name="Operation">What it tried.</param>
/// <param name="Target">host:port, a host's name, the limit, or process and path.</param>
/// <param name="Reason">Why it was refused, in words.</param>
/// <param name="Permission">Id of the permission in the plan that decided.</param>
/// <param name="Grant">Manifest text that would allow it; null when none would.</param>
/// <param name="File">The manifest, relative to the package's root; null when the plan does not say.</param>
/// <param name="Line">Where in the manifest the permission stands, from 1; null when it is not there yet.</param>
/// <param name="Column">From 1.</param>
public sealed record Denial(
    string Process,
    DeniedOperation Operation,
    string Target,
    string Reason,
    string? Permission = null,
    string? Grant = null,
    string? File = null,
    int? Line = null,
    int? Column = null)
{
    /// <summary><c>file:line:column</c>, as far as it is known; empty for nothing.</summary>
    [JsonIgnore]
    public string Place => Line is null ? File ?? "" : System.FormattableString.Invariant($"{File}:{Line}:{Column}");
}
