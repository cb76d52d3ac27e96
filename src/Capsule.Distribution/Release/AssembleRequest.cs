using Capsule.Core.Plans;
using Capsule.Packaging.Locking;

namespace Capsule.Distribution.Release;

/// <summary>A package to make from a project folder.</summary>
/// <param name="Plan">Which files.</param>
/// <param name="ProjectDirectory">Absolute folder the plan's files lie in.</param>
/// <param name="Output">The container to write; replaced when it exists.</param>
public sealed record AssembleRequest(PackPlan Plan, string ProjectDirectory, string Output)
{
    /// <summary>SOURCE_DATE_EPOCH as text; null or empty for none.</summary>
    public string? SourceDateEpoch { get; init; }

    /// <summary>Version of the SDK or program that builds, for the provenance.</summary>
    public required string BuilderVersion { get; init; }

    /// <summary>The project's lock, for the provenance; null where there is none.</summary>
    public LockFile? Lock { get; init; }

    /// <summary>What the user chose: target, options. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}
