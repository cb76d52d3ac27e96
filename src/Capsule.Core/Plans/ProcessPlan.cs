namespace Capsule.Core.Plans;

/// <summary>When a process runs.</summary>
public enum ProcessStage
{
    Prepare,
    Hydrate,
    Start,
    Test,
    Exec,
    Service,
    Task,
}

/// <summary>One process of a cell.</summary>
public sealed record ProcessPlan
{
    /// <summary>Cell id, a slash, and the stage: <c>hello/start</c>.</summary>
    public required string Id { get; init; }

    public required ProcessStage Stage { get; init; }

    public ToolchainPlan? Toolchain { get; init; }

    /// <summary>Program and arguments; excludes <see cref="Shell"/>.</summary>
    public IReadOnlyList<string>? Argv { get; init; }

    /// <summary>A line for <c>/bin/sh -c</c>; excludes <see cref="Argv"/>.</summary>
    public string? Shell { get; init; }

    /// <summary>Absolute path inside the sandbox.</summary>
    public required string Cwd { get; init; }

    /// <summary>Literals and option values; never a secret.</summary>
    public IReadOnlyDictionary<string, string> Env { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Variables that must have a value that is not blank, from <see cref="Env"/> or the user, before anything starts.</summary>
    public IReadOnlyList<string> RequiredEnv { get; init; } = [];

    public NetworkPlan Network { get; init; } = new();

    /// <summary>
    /// What the manifest would have to say to let the process reach one more destination, <c>{destination}</c> in the grant; for
    /// denial reports. Null where the manifest cannot grant single destinations.
    /// </summary>
    public Permission? EgressGrant { get; init; }

    public IReadOnlyList<ListenPlan> Listen { get; init; } = [];

    public IReadOnlyList<PeerPlan> Peers { get; init; } = [];

    public IReadOnlyList<SecretPlan> Secrets { get; init; } = [];

    /// <summary>Path inside the sandbox of a unix socket that the runner serves for the family; null for none.</summary>
    public string? Bridge { get; init; }

    public LimitsPlan Limits { get; init; } = new();

    public ReadyPlan Ready { get; init; } = new();

    public StopPlan Stop { get; init; } = new();

    /// <summary>Whether it is started again after its end; null for never. For lasting processes only.</summary>
    public RestartPlan? Restart { get; init; }

    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public Origin? Origin { get; init; }
}

/// <summary>The interpreter a process needs; it comes to stand at <c>/opt/capsule/tc/&lt;name&gt;</c> and first on PATH.</summary>
public sealed record ToolchainPlan(string Name, string? Version = null, string? Integrity = null);
