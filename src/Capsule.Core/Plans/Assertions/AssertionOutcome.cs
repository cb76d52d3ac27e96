namespace Capsule.Core.Plans.Assertions;

/// <summary>Whether an assertion held, and a sentence that says why not; empty when it held.</summary>
public sealed record AssertionOutcome(bool Passed, string Explanation)
{
    internal static AssertionOutcome Held { get; } = new(true, "");

    internal static AssertionOutcome Failed(string explanation) => new(false, explanation);
}
