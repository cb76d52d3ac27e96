namespace Capsule.Core.Plans;

/// <summary>After which end a lasting process is started again.</summary>
public enum RestartCondition
{
    /// <summary>After none: its end is the end of the run.</summary>
    Never,

    /// <summary>After an exit code other than 0, a signal, and a start that did not become ready.</summary>
    OnFailure,

    /// <summary>After every end.</summary>
    Always,
}

/// <summary>
/// Whether and when a lasting process is started again (design.md 8): in place, so that those who need it find it where it was.
/// The waits grow from <see cref="FirstWaitMilliseconds"/> by doubling.
/// </summary>
public sealed record RestartPlan
{
    public RestartCondition When { get; init; } = RestartCondition.Never;

    /// <summary>Starts after the first one, counted since it last stayed up; null for no bound.</summary>
    public int? Attempts { get; init; }

    public int FirstWaitMilliseconds { get; init; } = 500;

    public int LongestWaitMilliseconds { get; init; } = 30_000;

    /// <summary>Seconds of being ready after which attempts and waits count from their start again.</summary>
    public int StaysUpSeconds { get; init; } = 60;
}
