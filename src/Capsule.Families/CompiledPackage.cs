using Capsule.Core.Diagnostics;
using Capsule.Core.Plans;

namespace Capsule.Families;

/// <summary>A manifest turned into plans. A plan that a family does not have is null.</summary>
public sealed record CompiledPackage
{
    public required PackageReference Package { get; init; }

    public required PackPlan Pack { get; init; }

    public LaunchPlan? Launch { get; init; }

    /// <summary>
    /// Why the package does not run although it can be built: features of a later version, sources that are missing, an option
    /// without value. Empty when it runs. Build and pack ignore it; run and test answer with it.
    /// </summary>
    public IReadOnlyList<Diagnostic> LaunchNotYet { get; init; } = [];

    public TestPlan? Tests { get; init; }

    /// <summary>Toolchains that the package needs, for the lock.</summary>
    public IReadOnlyList<ToolchainPlan> Toolchains { get; init; } = [];

    /// <summary>Packages that the manifest takes from folders, in its order.</summary>
    public IReadOnlyList<LocalDependency> LocalDependencies { get; init; } = [];

    /// <summary>Repositories that the package, or what it depends on, takes packages from, as far as they are known: what lies behind one that is not fetched is not.</summary>
    public IReadOnlyList<GitDependency> GitDependencies { get; init; } = [];

    /// <summary>Where the plan's <see cref="LaunchPlan.Dependencies"/> lie, by their ids.</summary>
    public IReadOnlyDictionary<string, DependencyTree> Dependencies { get; init; } = new Dictionary<string, DependencyTree>();

    /// <summary>Files besides the packed ones whose change changes the plans; absolute paths.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];
}
