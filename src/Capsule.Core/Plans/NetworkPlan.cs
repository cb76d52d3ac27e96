using System.Text.Json.Serialization;

namespace Capsule.Core.Plans;

/// <summary>How far a process reaches (design.md 8).</summary>
public enum NetworkMode
{
    None,
    Loopback,
    Egress,
    Full,
    Host,
}

/// <summary>The network policy of a process.</summary>
public sealed record NetworkPlan
{
    public NetworkMode Mode { get; init; } = NetworkMode.None;

    public IReadOnlyList<EgressRule> Egress { get; init; } = [];

    /// <summary>True when the package registry of this machine's npm settings is one of the hosts of <see cref="NetworkMode.Egress"/>, whatever its name and address are; null otherwise.</summary>
    public bool? Registry { get; init; }

    [JsonIgnore]
    public bool ReachesRegistry => Mode is NetworkMode.Full || (Mode is NetworkMode.Egress && Registry == true);

    public Permission? Permission { get; init; }
}

/// <summary>A host and the ports that may be reached on it.</summary>
/// <param name="Host">Exact name or <c>*.suffix</c>, lower case.</param>
/// <param name="Ports">Empty for 80 and 443.</param>
/// <param name="Protocol">What must be spoken there: <c>https</c> or <c>http</c>; null: http at 80, https at 443, anything elsewhere.</param>
/// <param name="Permission">Which entry of the manifest asks for it.</param>
public sealed record EgressRule(string Host, IReadOnlyList<int> Ports, string? Protocol = null, Permission? Permission = null);

/// <summary>Where a process accepts connections from the runner: a unix socket or a loopback port inside the cell.</summary>
public sealed record ListenPlan
{
    public required string Name { get; init; }

    /// <summary>Unix socket path inside the sandbox; excludes <see cref="Port"/>.</summary>
    public string? Path { get; init; }

    /// <summary>TCP port inside the sandbox on 127.0.0.1.</summary>
    public int? Port { get; init; }

    public string Protocol { get; init; } = "http";
}

/// <summary>An allowed connection to an endpoint of another process.</summary>
/// <param name="Process">Process id of the plan.</param>
/// <param name="Endpoint">Path as the caller knows it; what lies below it is allowed too.</param>
/// <param name="Protocol">http, mcp, oaic or a2a.</param>
/// <param name="Via">Path of the runner's unix socket inside the caller's cell; one for each pair of processes.</param>
/// <param name="Permission">Which entry of the manifest asks for it.</param>
/// <param name="EndpointGrant">Manifest text that would add an endpoint to the other process, <c>{endpoint}</c> in it; for denial reports.</param>
public sealed record PeerPlan(string Process, string Endpoint, string Protocol, string Via, Permission? Permission = null, string? EndpointGrant = null)
{
    /// <summary>The path on the process that stands for <see cref="Endpoint"/>; null when it is the same.</summary>
    public string? Path { get; init; }

    /// <summary>How long a call may take; null for as long as something moves.</summary>
    public int? TimeoutMilliseconds { get; init; }
}
