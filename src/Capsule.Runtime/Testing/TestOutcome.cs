namespace Capsule.Runtime.Testing;

/// <summary>How a case ended.</summary>
public enum TestOutcome
{
    /// <summary>The package answered and everything that was demanded held.</summary>
    Passed,

    /// <summary>The package gave another answer than demanded, or none.</summary>
    Failed,

    /// <summary>The case could not be put to the package: it did not start, or the plan is unusable.</summary>
    Error,

    /// <summary>The filter left it out.</summary>
    Skipped,
}
