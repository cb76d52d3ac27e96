using Capsule.Core.Plans;

namespace Capsule.Packaging.Locking;

/// <summary>What a project needs pinned.</summary>
/// <param name="Path">Where its lock lies or would lie.</param>
public sealed record LockRequest(string Path)
{
    /// <summary>Version of the SDK that builds; null when none does.</summary>
    public string? Sdk { get; init; }

    /// <summary>Toolchains that the manifest asks for: name, and version or range or null.</summary>
    public IReadOnlyList<ToolchainPlan> Toolchains { get; init; } = [];

    /// <summary>The repositories that the manifest, and what it depends on, takes packages from.</summary>
    public IReadOnlyList<GitDependency> Dependencies { get; init; } = [];

    /// <summary>Makes absence and staleness errors (CapsuleLocked, --locked).</summary>
    public bool Locked { get; init; }
}
