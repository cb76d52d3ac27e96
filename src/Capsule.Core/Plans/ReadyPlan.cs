namespace Capsule.Core.Plans;

/// <summary>How the runner knows that a service answers.</summary>
public enum ReadyKind
{
    /// <summary>Ready once started.</summary>
    Started,

    /// <summary>Ready once <see cref="ReadyPlan.Listener"/> accepts a connection, or the family's bridge says so.</summary>
    Connect,

    /// <summary>Ready once a GET of <see cref="ReadyPlan.Path"/> answers with a status below 500.</summary>
    Http,
}

/// <summary>The readiness rule of a process.</summary>
public sealed record ReadyPlan
{
    public ReadyKind Kind { get; init; } = ReadyKind.Started;

    public string? Listener { get; init; }

    public string? Path { get; init; }

    public int TimeoutSeconds { get; init; } = 120;
}

/// <summary>How a process is asked to stop: a signal to its group, then KILL to the cell.</summary>
public sealed record StopPlan(string Signal = "TERM", int GraceSeconds = 5);
