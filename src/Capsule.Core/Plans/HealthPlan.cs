namespace Capsule.Core.Plans;

/// <summary>How the runner looks after services that were ready, as the user wants it: whoever gives no answer several times in a row is ended, and its restart rule applies.</summary>
public sealed record HealthPlan
{
    /// <summary>Seconds between two looks; 1 to 3600.</summary>
    public required int EverySeconds { get; init; }

    /// <summary>Path of a request to services of HTTP that declare none of their own; any answer is one. Null: that a connection comes about is enough.</summary>
    public string? Path { get; init; }

    /// <summary>Failures in a row that end it.</summary>
    public int Failures { get; init; } = 3;
}
