namespace Capsule.Runtime.Testing;

/// <summary>How to run the cases of a plan.</summary>
public sealed record TestRunOptions
{
    /// <summary>Ids, patterns with <c>*</c> and <c>?</c>, or expressions (<see cref="Filters.CaseExpression"/>); a case runs when any of them fits. Empty: every case.</summary>
    public IReadOnlyList<string> Filter { get; init; } = [];

    /// <summary>How long one request or command may take.</summary>
    public TimeSpan CaseTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told of each step of the package's life; null for nobody.</summary>
    public Action<TestStage>? Reached { get; init; }

    /// <summary>Bytes of an answer that are read at most, against packages that never stop to answer.</summary>
    public int LargestAnswer { get; init; } = 16 << 20;
}
