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

    /// <summary>To open a socket of a family that the process may not use.</summary>
    Socket,

    /// <summary>To make a system call that no workload may make.</summary>
    Syscall,
}

/// <summary>A refusal that the runner has seen, for the run's log and for programs (design.md 8; specs: sandbox 3).</summary>
/// <param name="Process">Process id of the plan.</param>
/// <param name="Operation">What it tried.</param>
/// <param name="Target">
/// host:port, a host's name, the limit, process and path, a family of sockets (<c>internet</c> for IPv4 and IPv6), or a system call.
/// </param>
/// <param name="Reason">Why it was refused, in words.</param>
/// <param name="Permission">Id of the permission in the plan that decided.</param>
/// <param name="Grant">Manifest text that would allow it; null when none would.</param>
/// <param name="File">The manifest, relative to the package's root; null when the plan does not say.</param>
/// <param name="Line">Where in the manifest the permission stands, from 1; null when it is not there yet.</param>
/// <param name="Column">From 1.</param>
/// <param name="Program">The name that the program gave itself, where the kernel told which one it was.</param>
/// <param name="Value">A limit's value with its unit.</param>
/// <param name="Count">In the summary at the end of a process that was refused the same more than once: how often.</param>
public sealed record Denial(
    string Process,
    DeniedOperation Operation,
    string Target,
    string Reason,
    string? Permission = null,
    string? Grant = null,
    string? File = null,
    int? Line = null,
    int? Column = null,
    string? Program = null,
    string? Value = null,
    long? Count = null)
{
    /// <summary><c>file:line:column</c>, as far as it is known; empty for nothing.</summary>
    [JsonIgnore]
    public string Place => Line is null ? File ?? "" : System.FormattableString.Invariant($"{File}:{Line}:{Column}");
}
